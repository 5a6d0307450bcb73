package dev.parley.identity;

import java.time.Instant;
import java.util.Optional;

/** Where sessions are kept. A session whose time is over, or that was ended, is absent at once. */
public interface SessionStore {
    void add(Session session);

    /** The session, unless it is over or was ended with the others of its user. */
    Optional<Session> find(String id);

    /**
     * Writes the next state of a session if its refresh token is still the one that {@code expectedHash} is of.
     *
     * @return false when somebody else was faster, or it is gone
     */
    boolean rotate(Session next, String expectedHash);

    void end(String id);

    /** Ends every session of a user that was opened until {@code now}, except one. */
    void endAll(String userId, Optional<String> except, Instant now);

    /** Changes the name that the user's sessions put into access tokens. */
    void rename(String userId, String name);
}
