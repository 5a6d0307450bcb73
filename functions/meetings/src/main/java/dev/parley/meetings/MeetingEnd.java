package dev.parley.meetings;

import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is left to do when a live meeting is over: its media end, who was there is kept, and a series waits for its next time. Each step
 * may be done twice; the meeting stays {@link LiveMeetings#unsettled()} until the last one is done.
 */
public final class MeetingEnd {
    private final MeetingRepository meetings;
    private final LiveMeetings live;
    private final RoomMedia media;
    private final InstantSource clock;

    public MeetingEnd(MeetingRepository meetings, LiveMeetings live, RoomMedia media, InstantSource clock) {
        this.meetings = Objects.requireNonNull(meetings);
        this.live = Objects.requireNonNull(live);
        this.media = Objects.requireNonNull(media);
        this.clock = Objects.requireNonNull(clock);
    }

    /** As {@link #finish(String, String)}, of a meeting that nobody ended: everybody had left. */
    public Meeting finish(String meetingId) {
        return finish(meetingId, null);
    }

    /**
     * Finishes a meeting whose live state is over.
     *
     * @param by participant id of who ended it
     * @return the plan as it is now
     * @throws ApiException 503 {@code fleet.unavailable} when the room's node was not reached; everything else is done all the same
     */
    public Meeting finish(String meetingId, String by) {
        Meeting plan = meetings.find(meetingId).orElseThrow(MeetingErrors.NOT_FOUND::exception);
        Optional<LiveMeeting> over = live.find(meetingId);
        if (over.filter(LiveMeeting::active).isPresent()) {
            // The next time of a series has begun meanwhile.
            return plan;
        }
        Optional<ApiException> unreached = endMedia(meetingId, by);
        Meeting after = plan.status() == MeetingStatus.ACTIVE ? keep(plan, over) : plan;
        if (unreached.isPresent()) {
            throw unreached.get();
        }
        live.settled(meetingId);
        if (after.status() == MeetingStatus.SCHEDULED) {
            over.ifPresent(live::clear);
        }
        return after;
    }

    /** Keeps who was there. A series whose next time was started already is left as it is. */
    private Meeting keep(Meeting plan, Optional<LiveMeeting> over) {
        Instant endedAt = over.flatMap(LiveMeeting::endedAt).orElseGet(clock::instant);
        int occurrence = plan.series().map(Series::occurrence).orElse(0);
        if (over.filter(room -> room.occurrence() != occurrence).isPresent()) {
            return plan;
        }
        List<Participant> people = live.participants(plan.id());
        Meeting after = plan.series().isPresent() ? plan.afterOccurrence(endedAt) : plan.ended(endedAt);
        if (after.status() == MeetingStatus.ENDED) {
            meetings.finish(after, people);
        } else if (!meetings.repeat(after, endedAt, people)) {
            throw MeetingErrors.CHANGED.exception();
        }
        return after;
    }

    private Optional<ApiException> endMedia(String meetingId, String by) {
        try {
            media.apply(meetingId, new RoomAct(RoomAct.Kind.END, null, null, null, 0, by));
            media.forget(meetingId);
            return Optional.empty();
        } catch (ApiException e) {
            return Optional.of(e);
        }
    }
}
