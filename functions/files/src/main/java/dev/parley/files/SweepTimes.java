package dev.parley.files;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Ephemeral;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * When the sweep has to look next. It is kept beside the database and not in it, so that a database that sleeps is not woken every minute to
 * be asked whether there is anything to do. Once a day it is looked all the same: a time that could not be kept costs a day at most.
 */
final class SweepTimes {
    /** How long a sweep has before another begins. */
    static final Duration CLAIM = Duration.ofMinutes(5);

    static final Duration AT_THE_LATEST = Duration.ofDays(1);

    private static final Duration KEPT = Duration.ofDays(2);
    private static final String KEY = "sweep#files";
    private static final String AT = "at";
    private static final int ATTEMPTS = 5;

    private final Ephemeral store;

    SweepTimes(Ephemeral store) {
        this.store = Objects.requireNonNull(store);
    }

    /** Something will be to do then. Never fails: what is to be done stands in the database. */
    void wanted(Instant at) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Instant> known = known();
                // Where no time is kept the next sweep looks anyway.
                if (known.isEmpty() || !at.isBefore(known.get()) || move(known.get(), at)) {
                    return;
                }
            }
        } catch (ApiException e) {
            // The store does not answer; the day's sweep finds it.
        }
    }

    /** Takes the sweep that is due, if one is. @return until when it is taken */
    Optional<Instant> take(Instant now) {
        Optional<Instant> known = known();
        Instant until = now.plus(CLAIM);
        if (known.isEmpty()) {
            return store.putIfAbsent(KEY, Map.of(AT, until.toString()), KEPT) ? Optional.of(until) : Optional.empty();
        }
        return !now.isBefore(known.get()) && move(known.get(), until) ? Optional.of(until) : Optional.empty();
    }

    /** A sweep has ended. @param taken as {@link #take} said @param next when there will be something to do, as far as is known */
    void done(Instant taken, Instant now, Optional<Instant> next) {
        Instant latest = now.plus(AT_THE_LATEST);
        // What was wanted meanwhile is sooner, and stays.
        move(taken, next.filter(latest::isAfter).orElse(latest));
    }

    private Optional<Instant> known() {
        return store.find(KEY).map(entry -> Instant.parse(entry.get(AT)));
    }

    private boolean move(Instant from, Instant to) {
        return store.putIf(KEY, AT, from.toString(), Map.of(AT, to.toString()), KEPT);
    }
}
