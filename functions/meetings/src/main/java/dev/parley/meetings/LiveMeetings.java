package dev.parley.meetings;

import java.util.List;
import java.util.Optional;

/**
 * Live meetings and the people in them. Every write holds under the condition that what the caller saw is still so: of the
 * meeting its {@link LiveMeeting#acts()}, of a person their {@link Participant#revision()}. Reads are consistent.
 */
public interface LiveMeetings {
    /** What became of asking for a seat. */
    enum Seating {
        /** The person has a seat. */
        SEATED,
        /** Every seat is taken. */
        FULL,
        /** Somebody acted in between: look again and decide again. */
        CHANGED
    }

    /** Opens a meeting, which is unsettled from then on. @return false when it is live, or over, already */
    boolean open(LiveMeeting meeting);

    /** The meeting, going on or over since a short while. */
    Optional<LiveMeeting> find(String meetingId);

    Optional<Participant> participant(String meetingId, String participantId);

    /** Everybody who ever asked to come in, in order of their number, those without one last. */
    List<Participant> participants(String meetingId);

    /** The meetings somebody ever asked to come into, of those that are kept here; one of the last moment may be missing. */
    List<String> meetingsOf(String userId);

    /** The next person's number: 1, 2, 3 …, each given out once. */
    int nextCsrc(String meetingId);

    /**
     * Gives a seat to somebody who has none. The limit is exact however many ask at once.
     *
     * @param before the person as seen, empty for somebody new
     * @param seated the same person, {@link ParticipantState#JOINED}
     */
    Seating seat(LiveMeeting seen, Optional<Participant> before, Participant seated);

    /**
     * Writes a person who takes no seat they had not, and frees the one they give up.
     *
     * @return false when they changed in between
     */
    boolean move(String meetingId, Optional<Participant> before, Participant after);

    /** Writes an act on the meeting. @return false when somebody acted in between */
    boolean change(LiveMeeting after);

    /** Ends the meeting if nobody has a seat. @return false when somebody has, or somebody acted in between */
    boolean endIfEmpty(LiveMeeting after);

    /** The ids of meetings that go on or whose end is not finished. */
    List<String> unsettled();

    /** Notes that nothing of the meeting is left to do, if it does not go on. */
    void settled(String meetingId);

    /** Forgets a meeting that is over, with everybody in it, so that it can be opened again; numbers are not given out twice. */
    void clear(LiveMeeting over);

    /** A person as they were seen and as they are to be. */
    record Change(Participant before, Participant after) {}

    /** Writes an act on the meeting and on people together. @return false when any of them changed in between */
    boolean change(LiveMeeting after, List<Change> people);

    /** Writes an act on the meeting and on a person together. @return false when either changed in between */
    default boolean change(LiveMeeting after, Participant before, Participant afterwards) {
        return change(after, List.of(new Change(before, afterwards)));
    }
}
