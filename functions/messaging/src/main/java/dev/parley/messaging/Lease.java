package dev.parley.messaging;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a device said that it is, and for how long that holds.
 *
 * @param connectionId the socket on which it was said; empty where it is about no socket
 * @param awayAt from when on the device is away at most: it should have been heard of by then
 * @param until from when on the device is not there
 */
public record Lease(PresenceState state, Optional<String> connectionId, Instant awayAt, Instant until) {
    public Lease {
        Objects.requireNonNull(state);
        Objects.requireNonNull(connectionId);
        Objects.requireNonNull(awayAt);
        Objects.requireNonNull(until);
    }

    /** Whether the device is said to be there, and to answer when it is asked: one that says how soon it is heard of again does. */
    boolean answers() {
        return state.compareTo(PresenceState.AWAY) > 0 && connectionId.isPresent() && awayAt.isBefore(until);
    }

    /** The same, of which something should be heard by then. */
    Lease asked(Instant answerBy) {
        return new Lease(state, connectionId, answerBy, until);
    }

    /** How the device is to be taken now. */
    PresenceState at(Instant now) {
        if (!now.isBefore(until)) {
            return PresenceState.OFFLINE;
        }
        return now.isBefore(awayAt) || state.compareTo(PresenceState.AWAY) < 0 ? state : PresenceState.AWAY;
    }
}
