package dev.parley.agent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: twice as long after each failure, up to a limit, and anything between half of that and all of it, so that many do not come at once. */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** The wait after one more failure; never less than the server asked for. */
    Duration next(Duration askedFor) {
        long full = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures, 20));
        failures++;
        Duration wait = Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
        return wait.compareTo(askedFor) < 0 ? askedFor.plusMillis(random.nextLong(500)) : wait;
    }

    int failures() {
        return failures;
    }

    void succeeded() {
        failures = 0;
    }
}
