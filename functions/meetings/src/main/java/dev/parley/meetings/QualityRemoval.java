package dev.parley.meetings;

import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.kernel.OutboxEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** Takes people whose account is gone out of what is kept of how connections did. Told twice, it is done once. */
public final class QualityRemoval {
    /** Nothing of a meeting is kept for longer than a node may be told to, a year, and the day that it may go on for. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private final LiveMeetings live;
    private final MeetingRepository meetings;
    private final QualityHistory history;
    private final InstantSource clock;

    public QualityRemoval(LiveMeetings live, MeetingRepository meetings, QualityHistory history, InstantSource clock) {
        this.live = Objects.requireNonNull(live);
        this.meetings = Objects.requireNonNull(meetings);
        this.history = Objects.requireNonNull(history);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Takes one event; those about anything else are passed over.
     *
     * @throws dev.parley.kernel.ApiException 503: tell it again
     */
    public void accept(OutboxEvent event) {
        if (!event.type().equals("account.deleted")) {
            return;
        }
        String userId = event.data().get("user_id");
        Set<String> known = new LinkedHashSet<>(live.meetingsOf(userId));
        known.addAll(meetings.attendedSince(userId, clock.instant().minus(LONGEST)));
        known.forEach(meetingId -> history.forget(meetingId, ParticipantIds.of(meetingId, userId)));
    }
}
