package dev.parley.notifications;

/** The services that carry messages to browsers, each browser's maker its own. */
public interface PushServices {
    /** What a service said to a message. */
    enum Answer {
        TAKEN,
        /** There is no such subscription any more. */
        GONE,
        /** Perhaps later. */
        LATER,
        /** Not this one. */
        REFUSED
    }

    /** @param why one word; empty when it was taken */
    record Outcome(Answer answer, String why) {}

    /** Whether an address is of a service that we send to. */
    boolean know(String endpoint);

    /** Sends one. Nothing that a service does or fails to do makes it throw. */
    Outcome push(Subscription to, PushMessage message);
}
