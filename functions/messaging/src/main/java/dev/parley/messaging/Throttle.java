package dev.parley.messaging;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Limits that stay open when their store does not answer: that somebody writes is worth more than that nobody writes too much. */
record Throttle(RateLimiter limiter) {
    Throttle {
        Objects.requireNonNull(limiter);
    }

    /** @throws ApiException 429 {@code rate.limited} with the time to wait */
    void check(String key, Rate rate) {
        Optional<Duration> wait;
        try {
            wait = limiter.acquire(key, rate);
        } catch (ApiException e) {
            return;
        }
        if (wait.isPresent()) {
            throw Errors.limited(wait.get());
        }
    }

    /** As {@link #check(String, Rate)}, at the rate in force. */
    void check(String key, Limit limit) {
        check(key, limiter.limits().rate(limit));
    }

    /** Whether it fits now; what is only a courtesy to others is left out while that is not known. */
    boolean fits(String key, Rate rate) {
        try {
            return limiter.acquire(key, rate).isEmpty();
        } catch (ApiException e) {
            return false;
        }
    }
}
