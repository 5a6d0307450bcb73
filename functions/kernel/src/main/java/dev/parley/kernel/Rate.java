package dev.parley.kernel;

import java.time.Duration;

/**
 * How much is allowed: {@code burst} requests at once, and one more every {@code interval}.
 *
 * @param burst at least 1
 * @param interval positive
 */
public record Rate(int burst, Duration interval) {
    public Rate {
        if (burst < 1) {
            throw new IllegalArgumentException("burst must be at least 1, not " + burst);
        }
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException("interval must be at least a millisecond, not " + interval);
        }
    }

    /** {@code count} requests in {@code period}, all of them at once if one likes. */
    public static Rate of(int count, Duration period) {
        return new Rate(count, period.dividedBy(count));
    }
}
