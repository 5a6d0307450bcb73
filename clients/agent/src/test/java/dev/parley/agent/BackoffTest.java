package dev.parley.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsGrowToALimitAndDiffer() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(1));
        for (long full : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(backoff.next(Duration.ZERO)).isBetween(Duration.ofMillis(full * 500), Duration.ofSeconds(full));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(60));
        }
        backoff.succeeded();
        assertThat(backoff.next(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theServersWishIsHonoured() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(1));
        assertThat(backoff.next(Duration.ofSeconds(90))).isBetween(Duration.ofSeconds(90), Duration.ofMillis(90_500));
    }
}
