package dev.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void withinItsTimeARequestAsksItsStores() {
        assertThat(Deadline.<Integer>within(Duration.ofMinutes(1), () -> {
                    Deadline.check();
                    assertThat(Deadline.isOver()).isFalse();
                    return 7;
                }))
                .isEqualTo(7);
    }

    @Test
    void afterItsTimeItAsksNoneAndSaysWhenToTryAgain() {
        assertThatThrownBy(() -> Deadline.within(Duration.ZERO, () -> {
                    long before = System.nanoTime();
                    while (System.nanoTime() == before) {
                        Thread.onSpinWait();
                    }
                    assertThat(Deadline.isOver()).isTrue();
                    Deadline.check();
                    return null;
                }))
                .isInstanceOfSatisfying(ApiException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("store.unavailable");
                    assertThat(refusal.retryAfter()).isPresent();
                });
    }

    @Test
    void whatServesNoRequestHasAllTheTime() {
        assertThat(Deadline.isOver()).isFalse();
        Deadline.check();
    }
}
