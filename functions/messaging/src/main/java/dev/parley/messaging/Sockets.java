package dev.parley.messaging;

import java.util.List;

/** The open sockets of people. */
public interface Sockets {
    /** The sockets of a user; one that was opened within the last moment may be missing. */
    List<String> ofUser(String userId);

    /** Forgets a socket that is gone. */
    void forget(String connectionId);
}
