package dev.parley.meetings;

import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.kernel.Bookmark;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A meeting's plan and what became of it.
 *
 * @param id the public code, {@code abc-defg-hij}
 * @param series when it takes place again; its times are those of {@code startTime} and {@code endTime}
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
        Optional<Series> series,
        long version) {
    /** The same meeting, going on since {@code now}. */
    public Meeting started(Instant now) {
        return moved(MeetingStatus.ACTIVE, Optional.of(startedAt.orElse(now)), Optional.empty(), now);
    }

    /** The same meeting, a series whose past times are passed over; a time that is over already does not come back. */
    public Meeting upToDate(Instant now) {
        return series.filter(one -> status == MeetingStatus.SCHEDULED)
                .flatMap(one -> one.current(now, length()))
                .filter(current ->
                        startTime.filter(planned -> !current.isAfter(planned)).isEmpty())
                .map(this::at)
                .orElse(this);
    }

    /** Its place in a list that goes back in time. */
    public Bookmark bookmark() {
        return new Bookmark(startTime.orElse(createdAt), id);
    }

    /** How long it is planned to take; an hour when nobody said. */
    public Duration length() {
        return startTime.isPresent() && endTime.isPresent()
                ? Duration.between(startTime.get(), endTime.get())
                : Duration.ofHours(1);
    }

    /** The same meeting at another time, as long as before. */
    private Meeting at(Instant start) {
        Optional<Instant> end = endTime.map(before -> start.plus(length()));
        return with(status, Optional.of(start), end, startedAt, endedAt, updatedAt, series, version);
    }

    /**
     * The same series waiting for its next time, after one that was over at {@code endedOn}; over itself when that was the last.
     */
    public Meeting afterOccurrence(Instant endedOn) {
        Instant begun = startTime.or(() -> startedAt).orElse(endedOn);
        Optional<Instant> next = series.flatMap(one -> one.nextAfter(begun, endedOn));
        if (next.isEmpty()) {
            return ended(endedOn);
        }
        Optional<Instant> end = endTime.map(before -> next.get().plus(length()));
        return with(
                MeetingStatus.SCHEDULED,
                next,
                end,
                Optional.empty(),
                Optional.empty(),
                endedOn,
                series.map(Series::following),
                version + 1);
    }

    /** The same meeting, over since {@code now}. */
    public Meeting ended(Instant now) {
        return moved(MeetingStatus.ENDED, startedAt, Optional.of(endedAt.orElse(now)), now);
    }

    /** The same meeting, which will not take place. */
    public Meeting cancelled(Instant now) {
        return moved(MeetingStatus.CANCELLED, startedAt, endedAt, now);
    }

    /** What anybody with the code may know of it. */
    public Meeting asCard() {
        return new Meeting(
                id,
                title,
                "",
                hostId,
                hostName,
                status,
                type,
                maxParticipants,
                passwordHash,
                settings,
                startTime,
                endTime,
                startedAt,
                endedAt,
                createdAt,
                updatedAt,
                series,
                version);
    }

    private Meeting moved(MeetingStatus next, Optional<Instant> started, Optional<Instant> ended, Instant now) {
        return with(next, startTime, endTime, started, ended, now, series, version + 1);
    }

    private Meeting with(
            MeetingStatus next,
            Optional<Instant> start,
            Optional<Instant> end,
            Optional<Instant> started,
            Optional<Instant> ended,
            Instant changedAt,
            Optional<Series> nextSeries,
            long nextVersion) {
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
                start,
                end,
                started,
                ended,
                createdAt,
                changedAt,
                nextSeries,
                nextVersion);
    }
}
