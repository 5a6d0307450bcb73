package dev.parley.contracts.meetings;

import java.time.Instant;

/**
 * A meeting as its people read it: never with the password. To others with the code, its card: title, host's name, times, status.
 *
 * @param meetingId the public code, {@code abc-defg-hij}
 * @param status {@code scheduled}, {@code active}, {@code ended} or {@code cancelled}
 * @param startTime of a series, when it takes place next
 * @param link where a browser opens it
 * @param recurrence absent when it takes place once
 */
public record MeetingView(
        String meetingId,
        String title,
        String description,
        String hostId,
        String hostName,
        String status,
        String meetingType,
        Integer maxParticipants,
        boolean hasPassword,
        MeetingSettings settings,
        Instant startTime,
        Instant endTime,
        Instant startedAt,
        Instant endedAt,
        Instant createdAt,
        Instant updatedAt,
        String link,
        RecurrenceView recurrence) {}
