package dev.parley.meetings;

import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.OutboxEvent;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes people out of every meeting that goes on, once their account was banned or removed: as a kick does it, for good, the host's own
 * account included. The meeting goes on without them. Told twice, it reaches a node that was not reached before.
 */
public final class AccountRemoval {
    private final LiveMeetings live;
    private final RoomMedia media;
    private final InstantSource clock;

    public AccountRemoval(LiveMeetings live, RoomMedia media, InstantSource clock) {
        this.live = Objects.requireNonNull(live);
        this.media = Objects.requireNonNull(media);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Takes one event; those about anything else are passed over.
     *
     * @throws ApiException when a meeting could not be dealt with, after all the others were: tell it again
     */
    public void accept(OutboxEvent event) {
        if (!event.type().equals("account.banned") && !event.type().equals("account.deleted")) {
            return;
        }
        String userId = event.data().get("user_id");
        Optional<ApiException> failed = Optional.empty();
        for (String meetingId : live.meetingsOf(userId)) {
            try {
                remove(meetingId, userId);
            } catch (ApiException e) {
                failed = Optional.of(e);
            }
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
    }

    private void remove(String meetingId, String userId) {
        String participantId = ParticipantIds.of(meetingId, userId);
        for (int attempt = 0; attempt < LiveActs.ATTEMPTS; attempt++) {
            Optional<LiveMeeting> room = live.find(meetingId).filter(LiveMeeting::active);
            Optional<Participant> person = live.participant(meetingId, participantId);
            if (room.isEmpty() || person.isEmpty()) {
                return;
            }
            boolean again = person.get().state() == ParticipantState.KICKED;
            LiveMeeting without = again ? room.get() : room.get().without(person.get());
            if (again
                    || live.change(
                            without, person.get(), person.get().moved(ParticipantState.KICKED, clock.instant()))) {
                media.apply(
                        meetingId,
                        new RoomAct(RoomAct.Kind.KICK, userId, null, null, without.admission(), participantId));
                return;
            }
        }
        throw MeetingErrors.CHANGED.exception();
    }
}
