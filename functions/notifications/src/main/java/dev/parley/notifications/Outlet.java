package dev.parley.notifications;

/** Sends to single sockets. */
public interface Outlet {
    /** @return false when the socket is gone */
    boolean send(String connectionId, String text);
}
