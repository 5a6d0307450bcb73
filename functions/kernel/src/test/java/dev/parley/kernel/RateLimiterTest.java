package dev.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private final HandMovedClock clock = new HandMovedClock();
    private final RateLimiter limiter = new InMemoryRateLimiter(clock);
    private final Rate rate = new Rate(3, Duration.ofSeconds(10));

    @Test
    void threeFitAtOnceAndTheFourthWaits() {
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.acquire("k", rate)).isEmpty();
        }

        assertThat(limiter.acquire("k", rate)).contains(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(10));
        assertThat(limiter.acquire("k", rate)).isEmpty();
        assertThat(limiter.acquire("k", rate)).contains(Duration.ofSeconds(10));
    }

    @Test
    void aRefusalIsAnAnswerWithItsWait() {
        Rate one = Rate.of(1, Duration.ofMinutes(1));
        limiter.check("k", one);

        assertThatThrownBy(() -> limiter.check("k", one)).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.code()).isEqualTo("rate.limited");
            assertThat(refused.retryAfter()).contains(Duration.ofMinutes(1));
        });
        RateLimiter.unlimited().check("k", one);
    }
}
