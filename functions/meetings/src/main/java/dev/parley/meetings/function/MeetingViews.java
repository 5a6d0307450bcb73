package dev.parley.meetings.function;

import dev.parley.contracts.meetings.MeetingView;
import dev.parley.contracts.meetings.RecurrenceView;
import dev.parley.meetings.Meeting;
import java.time.InstantSource;

/** A meeting as the API shows it. */
final class MeetingViews {
    private final InstantSource clock;
    private final String publicUrl;

    /** @param publicUrl where browsers open the web app, for links */
    MeetingViews(InstantSource clock, String publicUrl) {
        this.clock = clock;
        this.publicUrl = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    }

    /** For those who are involved in it. */
    MeetingView view(Meeting stored) {
        Meeting meeting = stored.upToDate(clock.instant());
        return new MeetingView(
                meeting.id(),
                meeting.title(),
                meeting.description(),
                meeting.hostId(),
                meeting.hostName(),
                meeting.status().wire(),
                meeting.type().wire(),
                meeting.maxParticipants(),
                meeting.passwordHash().isPresent(),
                meeting.settings(),
                meeting.startTime().orElse(null),
                meeting.endTime().orElse(null),
                meeting.startedAt().orElse(null),
                meeting.endedAt().orElse(null),
                meeting.createdAt(),
                meeting.updatedAt(),
                link(meeting),
                recurrence(meeting));
    }

    /** What anybody with the code may know before joining. */
    MeetingView card(Meeting stored) {
        Meeting meeting = stored.upToDate(clock.instant());
        return new MeetingView(
                meeting.id(),
                meeting.title(),
                null,
                null,
                meeting.hostName(),
                meeting.status().wire(),
                meeting.type().wire(),
                null,
                meeting.passwordHash().isPresent(),
                null,
                meeting.startTime().orElse(null),
                meeting.endTime().orElse(null),
                null,
                null,
                null,
                null,
                link(meeting),
                recurrence(meeting));
    }

    private RecurrenceView recurrence(Meeting meeting) {
        return meeting.series().map(series -> series.view(clock.instant())).orElse(null);
    }

    private String link(Meeting meeting) {
        return publicUrl + "/m/" + meeting.id();
    }
}
