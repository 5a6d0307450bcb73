package dev.parley.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where sessions are kept. A session whose time is over, or that was ended, is absent at once. Beside them the store keeps, per user, the
 * epoch that a session must have been opened in; raising it ends all that were opened before, in one write.
 */
public interface SessionStore {
    void add(Session session);

    /** The session, unless it is over or was ended with the others of its user. */
    Optional<Session> find(String id);

    /** A user's sessions that are not over, the newest of which may be missing for a moment, and the lowest epoch that they may have. */
    record Open(List<Session> sessions, long lowestEpoch) {}

    /** What is open of a user's. */
    Open open(String userId);

    /**
     * Writes the next state of a session if its refresh token is still the one that {@code expectedHash} is of.
     *
     * @return false when somebody else was faster, or it is gone
     */
    boolean rotate(Session next, String expectedHash);

    /**
     * Makes a session over, and keeps that it was this user's until {@link #end} removes it.
     *
     * @return false when there is none of that id, or it is somebody else's
     */
    boolean close(String userId, String id);

    /** Removes a session. */
    void end(String id);

    /** Removes the sessions of a user, except one. Those that the store does not list yet it leaves. */
    void endAll(String userId, Optional<String> except);

    /** The lowest epoch that a session of this user may have. */
    long lowestEpoch(String userId);

    /**
     * From now on a session of this user is over when its epoch is lower, unless it is {@code except}.
     *
     * @return false when the lowest epoch is that high already
     */
    boolean raiseEpoch(String userId, long lowest, Optional<String> except, Instant now);

    /** Changes the name that the user's sessions put into access tokens. */
    void rename(String userId, String name);
}
