package dev.parley.messaging;

/** Sends to single sockets. Thread-safe. */
public interface Outlet {
    /** @return false when the socket is gone for good */
    boolean send(String connectionId, String text);
}
