package dev.parley.meetings;

import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.ParticipantView;
import java.time.Instant;
import java.util.Optional;

/**
 * One person in one meeting, however often they come and go.
 *
 * @param csrc the number in their packets, unique in the meeting; 0 until they first have a seat
 * @param revision rises with every change of this person, from 1
 */
public record Participant(
        String participantId,
        String userId,
        Optional<String> guestKey,
        String displayName,
        MeetingRole role,
        ParticipantState state,
        int csrc,
        Optional<Instant> joinedAt,
        Optional<Instant> leftAt,
        long revision) {
    /** Whether this person counts towards the meeting's limit. */
    public boolean seated() {
        return state == ParticipantState.JOINED;
    }

    /** The same person in another state, as of {@code now}. */
    public Participant moved(ParticipantState next, Instant now) {
        boolean goes = seated() && next != ParticipantState.JOINED;
        return new Participant(
                participantId,
                userId,
                guestKey,
                displayName,
                role,
                next,
                csrc,
                joinedAt,
                goes ? Optional.of(now) : leftAt,
                revision + 1);
    }

    /** The same person with a seat, under this name. */
    public Participant seatedAs(String name, MeetingRole currentRole, int number, Instant now) {
        return new Participant(
                participantId,
                userId,
                guestKey,
                name,
                currentRole,
                ParticipantState.JOINED,
                number,
                Optional.of(joinedAt.orElse(now)),
                Optional.empty(),
                revision + 1);
    }

    /** The same person in another role. */
    public Participant as(MeetingRole next) {
        return new Participant(
                participantId, userId, guestKey, displayName, next, state, csrc, joinedAt, leftAt, revision + 1);
    }

    /** The same person, who holds a seat and has come back to it: whoever saw them before may not take it from them now. */
    public Participant returned() {
        return new Participant(
                participantId, userId, guestKey, displayName, role, state, csrc, joinedAt, leftAt, revision + 1);
    }

    /** As others may read it: without the guest key. */
    public ParticipantView view() {
        return new ParticipantView(
                participantId,
                userId,
                displayName,
                role.wire(),
                state.wire(),
                csrc == 0 ? null : csrc,
                joinedAt.orElse(null),
                leftAt.orElse(null));
    }
}
