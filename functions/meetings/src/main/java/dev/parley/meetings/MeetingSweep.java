package dev.parley.meetings;

import dev.parley.contracts.meetings.MeetingRole;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import dev.parley.meetings.LiveMeetings.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Looks after meetings that nobody looks after: ends those which everybody has left, finishes ends that could not be finished, and gives
 * a meeting whose host has left another host. A planned end ends nothing: people may go on. Run every minute; running it twice at once
 * is running it once, as every step holds only if what was seen is still so. What it does is kept as what hosts do is.
 */
public final class MeetingSweep {
    private static final int NO_HEIR = 2;

    private final LiveMeetings live;
    private final MeetingEnd end;
    private final RoomMedia media;
    private final MeetingNews news;
    private final Chronicle chronicle;
    private final InstantSource clock;
    private final Duration emptyFor;
    private final Duration hostAwayFor;

    /**
     * A sweep.
     *
     * @param emptyFor how long nobody was in before a meeting ends by itself
     * @param hostAwayFor how long the host has been away before somebody else is the host
     */
    public MeetingSweep(
            LiveMeetings live,
            MeetingEnd end,
            RoomMedia media,
            MeetingNews news,
            Chronicle chronicle,
            InstantSource clock,
            Duration emptyFor,
            Duration hostAwayFor) {
        this.live = Objects.requireNonNull(live);
        this.end = Objects.requireNonNull(end);
        this.media = Objects.requireNonNull(media);
        this.news = Objects.requireNonNull(news);
        this.chronicle = Objects.requireNonNull(chronicle);
        this.clock = Objects.requireNonNull(clock);
        this.emptyFor = Objects.requireNonNull(emptyFor);
        this.hostAwayFor = Objects.requireNonNull(hostAwayFor);
    }

    /** What one sweep did. */
    public record Swept(int seen, int ended, int handedOver, int failed) {}

    /** Looks at every meeting that goes on. One that fails, for a store or a node that does not answer, is left to the next sweep. */
    public Swept sweep() {
        int ended = 0;
        int handedOver = 0;
        int failed = 0;
        List<String> going = new ArrayList<>(live.unsettled());
        // When there are more than one sweep has time for, every one has its turn.
        Collections.shuffle(going, new Random(clock.millis()));
        for (String meetingId : going) {
            try {
                switch (tend(meetingId)) {
                    case ENDED -> ended++;
                    case HANDED_OVER -> handedOver++;
                    case NOTHING -> {
                        // Somebody is in, and somebody hosts.
                    }
                }
            } catch (ApiException e) {
                failed++;
            }
        }
        return new Swept(going.size(), ended, handedOver, failed);
    }

    private enum Done {
        NOTHING,
        ENDED,
        HANDED_OVER
    }

    private Done tend(String meetingId) {
        Optional<LiveMeeting> found = live.find(meetingId);
        if (found.filter(LiveMeeting::active).isEmpty()) {
            end.finish(meetingId);
            return Done.ENDED;
        }
        LiveMeeting room = found.get();
        if (room.joined() == 0) {
            return endIfLeft(room) ? Done.ENDED : Done.NOTHING;
        }
        return handOver(room) ? Done.HANDED_OVER : Done.NOTHING;
    }

    private boolean endIfLeft(LiveMeeting room) {
        Instant now = clock.instant();
        Instant lastLeft = live.participants(room.meetingId()).stream()
                .flatMap(person -> person.leftAt().stream())
                .max(Comparator.naturalOrder())
                .orElse(room.startedAt());
        if (lastLeft.plus(emptyFor).isAfter(now)) {
            return false;
        }
        boolean ended = kept(
                "meeting.end", room.meetingId(), Map.of("because", "empty"), () -> live.endIfEmpty(room.ended(now)));
        if (!ended) {
            return false;
        }
        end.finish(room.meetingId());
        news.changed(room.meetingId(), "end");
        return true;
    }

    /** Whoever hosts from now on: the oldest co-host, else the oldest of those with an account who take part. */
    private boolean handOver(LiveMeeting room) {
        String meetingId = room.meetingId();
        Optional<Participant> host = live.participant(meetingId, ParticipantIds.of(meetingId, room.hostId()));
        boolean away = host.filter(person -> !person.seated())
                .flatMap(Participant::leftAt)
                .filter(left -> !left.plus(hostAwayFor).isAfter(clock.instant()))
                .isPresent();
        if (!away) {
            return false;
        }
        Optional<Participant> heir = live.participants(meetingId).stream()
                .filter(Participant::seated)
                .filter(person -> rank(person) < NO_HEIR)
                .min(Comparator.comparingInt(MeetingSweep::rank)
                        .thenComparing(person -> person.joinedAt().orElse(Instant.MAX))
                        .thenComparingInt(Participant::csrc));
        if (heir.isEmpty()) {
            return false;
        }
        LiveMeeting after = room.handedTo(heir.get().userId());
        Change raised = new Change(heir.get(), heir.get().as(MeetingRole.HOST));
        Change lowered = new Change(host.get(), host.get().as(MeetingRole.CO_HOST));
        boolean handed = kept(
                "meeting.role",
                meetingId + "/" + heir.get().userId(),
                Map.of("role", MeetingRole.HOST.wire(), "because", "host_away"),
                () -> live.change(after, List.of(raised, lowered)));
        if (!handed) {
            return false;
        }
        news.changed(meetingId, "role");
        RoomAct act = RoleService.act(after, raised.after(), raised.after().participantId());
        media.apply(meetingId, act);
        return true;
    }

    /** @return whether it was done: not where somebody did something else meanwhile, which is kept as well */
    private boolean kept(String act, String subject, Map<String, String> details, BooleanSupplier step) {
        try {
            chronicle.during(act, subject, details, () -> {
                if (!step.getAsBoolean()) {
                    throw MeetingErrors.CHANGED.exception();
                }
            });
            return true;
        } catch (ApiException e) {
            if (e.error() == MeetingErrors.CHANGED) {
                return false;
            }
            throw e;
        }
    }

    private static int rank(Participant person) {
        if (person.guestKey().isPresent()) {
            return NO_HEIR;
        }
        return switch (person.role()) {
            case CO_HOST -> 0;
            case PRESENTER, PARTICIPANT -> 1;
            case HOST, GUEST, VIEWER -> NO_HEIR;
        };
    }
}
