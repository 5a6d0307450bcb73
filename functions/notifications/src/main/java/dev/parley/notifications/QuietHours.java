package dev.parley.notifications;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * A part of every day in which nobody is to be disturbed.
 *
 * @param until on the next day when it is not after {@code from}
 */
public record QuietHours(LocalTime from, LocalTime until, ZoneId zone) {
    public QuietHours {
        Objects.requireNonNull(from);
        Objects.requireNonNull(until);
        Objects.requireNonNull(zone);
        if (from.equals(until)) {
            throw new IllegalArgumentException("Quiet hours that never end");
        }
    }

    /** When they end, if a moment is in them. A clock that is put forward or back makes them shorter or longer. */
    Optional<Instant> endOf(Instant moment) {
        ZonedDateTime now = moment.atZone(zone);
        boolean overMidnight = until.isBefore(from);
        for (LocalDate day = now.toLocalDate().minusDays(1); !day.isAfter(now.toLocalDate()); day = day.plusDays(1)) {
            Instant begins = day.atTime(from).atZone(zone).toInstant();
            Instant ends = day.plusDays(overMidnight ? 1 : 0)
                    .atTime(until)
                    .atZone(zone)
                    .toInstant();
            if (!moment.isBefore(begins) && moment.isBefore(ends)) {
                return Optional.of(ends);
            }
        }
        return Optional.empty();
    }
}
