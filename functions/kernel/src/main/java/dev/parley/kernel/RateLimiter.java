package dev.parley.kernel;

import java.time.Duration;
import java.util.Optional;

/**
 * The generic cell rate algorithm: per key one instant, the theoretical arrival time. A request at {@code now} fits while that instant
 * is at most {@code now + (burst - 1) * interval}, and moves it on by {@code interval}. With burst 3 and interval 10 s, three requests
 * fit at once and the fourth must wait until 10 s after the first.
 */
public interface RateLimiter {
    /**
     * Asks for room for one request.
     *
     * @return empty when it fits, else how long to wait until one fits
     * @throws ApiException 503 {@code store.unavailable} when the state cannot be read: a caller that must stay closed lets it pass, one
     *     that may stay open catches it
     */
    Optional<Duration> acquire(String key, Rate rate);

    /** As {@link #acquire}, but a refusal is 429 {@code rate.limited}. */
    default void check(String key, Rate rate) {
        acquire(key, rate).ifPresent(wait -> {
            throw Errors.limited(wait);
        });
    }

    /** The limits in force, which say what the rates are. */
    default Limits limits() {
        return Limits.usual();
    }

    /** As {@link #acquire(String, Rate)}, at the rate in force. */
    default Optional<Duration> acquire(String key, Limit limit) {
        return acquire(key, limits().rate(limit));
    }

    /** As {@link #check(String, Rate)}, at the rate in force. */
    default void check(String key, Limit limit) {
        check(key, limits().rate(limit));
    }

    /** Lets everything pass: for load tests, by setting {@code RATE_LIMITS=off}. */
    static RateLimiter unlimited() {
        return (key, rate) -> Optional.empty();
    }
}
