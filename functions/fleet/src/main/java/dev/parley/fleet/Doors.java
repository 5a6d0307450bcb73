package dev.parley.fleet;

import dev.parley.contracts.node.Breakouts;
import java.util.Optional;

/** Reads live meetings, always consistently: who was removed a moment ago is out now. */
public interface Doors {
    Optional<Door> find(String meetingId);

    /** Whether this participant holds a seat. */
    boolean isSeated(String meetingId, String participantId);

    /** Whether this participant ever asked to come in. */
    boolean isKnown(String meetingId, String participantId);

    /** The meeting's breakout rooms with the place of this user or guest; empty when it never had any. */
    Optional<Breakouts> breakouts(String meetingId, String userId);
}
