package dev.parley.meetings;

import dev.parley.contracts.meetings.RecurrenceView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A meeting that takes place again and again under one code.
 *
 * @param rule as {@link Recurrence#rule()} writes it
 * @param zone whose clock on the wall counts
 * @param first when it takes place for the first time
 * @param occurrence the number of the next time, or of the one going on, from 1
 */
public record Series(String rule, ZoneId zone, Instant first, int occurrence) {
    /** Whoever ends a meeting longer than this before its time was not in that one yet. */
    private static final Duration EARLY = Duration.ofHours(1);

    public Series {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(zone);
        Objects.requireNonNull(first);
    }

    /** The first times after a moment. */
    public List<Instant> after(Instant moment, int most) {
        return Recurrence.parse(rule).next(first, zone, moment, most);
    }

    /** The time that is next or goes on at {@code now}, of a meeting of this length; empty when all are past. */
    public Optional<Instant> current(Instant now, Duration length) {
        return after(now.minus(length).minusSeconds(1), 1).stream().findFirst();
    }

    /**
     * When it takes place next.
     *
     * @param start when the one that has ended was to begin
     * @return empty when that was the last one
     */
    Optional<Instant> nextAfter(Instant start, Instant endedAt) {
        if (endedAt.isBefore(start.minus(EARLY))) {
            return Optional.of(start);
        }
        Instant past = endedAt.isAfter(start) ? endedAt : start;
        return after(past, 1).stream().findFirst();
    }

    Series following() {
        return new Series(rule, zone, first, occurrence + 1);
    }

    /** As it is read: with the times that come after {@code now}. */
    public RecurrenceView view(Instant now) {
        return new RecurrenceView(rule, zone.getId(), first, after(now, 5));
    }
}
