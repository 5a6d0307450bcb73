package dev.parley.kernel;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The port's in-memory twin, for tests. */
public final class InMemoryRateLimiter implements RateLimiter {
    private final Map<String, Long> arrivalMillis = new HashMap<>();
    private final InstantSource clock;

    public InMemoryRateLimiter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Duration> acquire(String key, Rate rate) {
        long now = clock.millis();
        long interval = rate.interval().toMillis();
        long arrival = Math.max(now, arrivalMillis.getOrDefault(key, now));
        long limit = now + (rate.burst() - 1) * interval;
        if (arrival > limit) {
            return Optional.of(Duration.ofMillis(arrival - limit));
        }
        arrivalMillis.put(key, arrival + interval);
        return Optional.empty();
    }
}
