package dev.parley.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void theWaitDoublesUpToTenSecondsAndIsShortAgainAfterAGoodRun() {
        var backoff = new Backoff();
        assertThat(IntStream.range(0, 6)
                        .mapToObj(n -> backoff.after(Duration.ofSeconds(1)).toMillis())
                        .toList())
                .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L);
        assertThat(backoff.after(Duration.ofSeconds(30))).isEqualTo(Duration.ofMillis(500));
    }
}
