package dev.parley.platform.nodes;

import java.util.Optional;

/** Reads live meetings, always consistently: who was removed a moment ago is out now. */
public interface Doors {
    /** The live meeting; empty when it was never started, or ended long ago. */
    Optional<Door> find(String meetingId);

    /** Somebody's seat in it. */
    Optional<Seat> seat(String meetingId, String participantId);
}
