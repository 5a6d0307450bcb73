package dev.parley.platform.push;

/** Sends to single connections. Thread-safe; each call is one request of the account's shared quota. */
public interface Push {
    /** The largest message that one frame carries, in bytes of UTF-8. */
    int LARGEST_BYTES = 32 * 1024;

    /** Sends a text to one connection. */
    PushOutcome send(String connectionId, String text);

    /** Closes a connection, if it is still open. */
    PushOutcome close(String connectionId);
}
