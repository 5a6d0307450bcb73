package dev.parley.notifications;

import java.util.List;

/** The sockets of people, which signaling keeps. */
public interface Sockets {
    /** The ids of the sockets that somebody has open. */
    List<String> ofUser(String userId);

    /** A socket is gone. */
    void forget(String connectionId);
}
