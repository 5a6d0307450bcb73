package dev.parley.meetings;

import dev.parley.contracts.meetings.MeetingSettings;
import java.time.Instant;
import java.util.Optional;

/**
 * A meeting's plan and what became of it.
 *
 * @param id the public code, {@code abc-defg-hij}
 * @param version rises with every change, from 1
 */
public record Meeting(
        String id,
        String title,
        String description,
        String hostId,
        String hostName,
        MeetingStatus status,
        MeetingType type,
        int maxParticipants,
        Optional<String> passwordHash,
        MeetingSettings settings,
        Optional<Instant> startTime,
        Optional<Instant> endTime,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    /** The same meeting, going on since {@code now}. */
    public Meeting started(Instant now) {
        return moved(MeetingStatus.ACTIVE, Optional.of(startedAt.orElse(now)), Optional.empty(), now);
    }

    /** The same meeting, over since {@code now}. */
    public Meeting ended(Instant now) {
        return moved(MeetingStatus.ENDED, startedAt, Optional.of(endedAt.orElse(now)), now);
    }

    /** The same meeting, which will not take place. */
    public Meeting cancelled(Instant now) {
        return moved(MeetingStatus.CANCELLED, startedAt, endedAt, now);
    }

    private Meeting moved(MeetingStatus next, Optional<Instant> started, Optional<Instant> ended, Instant now) {
        return new Meeting(
                id,
                title,
                description,
                hostId,
                hostName,
                next,
                type,
                maxParticipants,
                passwordHash,
                settings,
                startTime,
                endTime,
                started,
                ended,
                createdAt,
                now,
                version + 1);
    }
}
