package dev.parley.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a delivery is tried again: short at first, four hours at last, about 13 tries in a day. Each is drawn from the
 * time and a fifth more, so that the deliveries of a server that comes back do not come all at once.
 */
final class Pauses {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4));

    private static final int SPREAD = 5;

    private Pauses() {}

    /** @param attempts tries so far, from 1 */
    static Duration after(int attempts, RandomGenerator random) {
        Duration pause = PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
        return pause.plusMillis(random.nextLong(pause.toMillis() / SPREAD));
    }
}
