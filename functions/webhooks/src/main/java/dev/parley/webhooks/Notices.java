package dev.parley.webhooks;

/** Tells an owner what became of a webhook. */
public interface Notices {
    /** Nothing is told to it any more. */
    void disabled(Webhook hook);
}
