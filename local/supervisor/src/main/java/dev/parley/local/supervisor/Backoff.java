package dev.parley.local.supervisor;

import java.time.Duration;

/** How long to wait before a crashed child is started again: twice as long each time, short again after it has run well for a while. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration WELL = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /** The wait after a run of this length. */
    Duration after(Duration run) {
        if (run.compareTo(WELL) >= 0) {
            next = FIRST;
        }
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
