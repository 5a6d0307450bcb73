package dev.parley.fleet;

import java.util.Optional;

/** Reads live meetings, always consistently: who was removed a moment ago is out now. */
public interface Doors {
    Optional<Door> find(String meetingId);

    /** Whether this participant holds a seat. */
    boolean isSeated(String meetingId, String participantId);

    /** Whether this participant ever asked to come in. */
    boolean isKnown(String meetingId, String participantId);
}
