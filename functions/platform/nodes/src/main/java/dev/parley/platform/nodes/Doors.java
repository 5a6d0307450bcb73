package dev.parley.platform.nodes;

import dev.parley.contracts.node.Breakouts;
import java.time.Instant;
import java.util.Optional;

/** Reads live meetings, always consistently: who was removed a moment ago is out now. */
public interface Doors {
    /** The live meeting; empty when it was never started, or ended long ago. */
    Optional<Door> find(String meetingId);

    /** Somebody's seat in it. */
    Optional<Seat> seat(String meetingId, String participantId);

    /** The meeting's breakout rooms as of now, with everybody's places; empty when it never had any. */
    Optional<Breakouts> breakouts(String meetingId, Instant now);
}
