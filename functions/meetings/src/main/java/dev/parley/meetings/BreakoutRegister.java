package dev.parley.meetings;

import java.util.Optional;

/** The breakout rooms of live meetings. Reads are consistent. */
public interface BreakoutRegister {
    /** Those of a meeting, closed ones too; empty when it never had any. */
    Optional<Breakouts> find(String meetingId);

    /** Writes the rooms as an act made them. @return false when somebody acted in between: their revision is not the one before any more */
    boolean change(Breakouts after);

    /**
     * Notes that somebody went to a room, or back to the main room. Hundreds do so in the same moment, and none is in another's way.
     *
     * @param place a room's id, or {@link Breakouts#MAIN}
     * @return the rooms as they are then; empty when those that were seen are closed, or others were opened since
     */
    Optional<Breakouts> visit(Breakouts seen, String userId, String place);
}
