package dev.parley.sfu.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResendBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    private final ResendBudget budget = new ResendBudget();

    private int taken(long pathBps, long nowNanos) {
        int taken = 0;
        while (budget.take(1000, pathBps, nowNanos)) {
            taken++;
        }
        return taken;
    }

    @Test
    void carriesAKeyFrameAtOnceAndThenWhatThePathDoes() {
        assertThat(taken(800_000, 5 * SECOND)).isEqualTo(262);
        assertThat(taken(800_000, 6 * SECOND)).isEqualTo(100);
        assertThat(taken(800_000, 6 * SECOND)).isZero();
    }

    @Test
    void savesUpASecondAtMost() {
        assertThat(taken(8_000_000, 0)).isEqualTo(1000);
        assertThat(taken(8_000_000, 3600 * SECOND)).isEqualTo(1000);
    }
}
