package dev.parley.signaling;

/** Sends to single sockets. */
public interface Outlet {
    /** @return false when the socket is gone for good */
    boolean send(String connectionId, String text);

    /** Closes a socket, if it is still open. */
    void close(String connectionId);
}
