package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long MILLI = 1_000_000L;
    private final RateMeter meter = new RateMeter();

    @Test
    void aSteadyStreamIsMeasuredAfterATenthOfASecond() {
        for (int i = 0; i <= 110; i += 10) {
            meter.add(1250, i * MILLI);
        }
        assertThat(meter.bitrateBps(110 * MILLI)).isCloseTo(1_000_000L, within(1L));
    }

    @Test
    void aStreamThatEndedIsForgottenWithinASecond() {
        for (int i = 0; i < 2000; i += 10) {
            meter.add(1250, i * MILLI);
        }
        assertThat(meter.bitrateBps(2500 * MILLI)).isCloseTo(500_000L, within(60_000L));
        assertThat(meter.bitrateBps(3200 * MILLI)).isZero();
        assertThat(meter.bitrateBps(100_000 * MILLI)).isZero();
    }

    @Test
    void negativeTimesAreTimesToo() {
        for (int i = 0; i < 500; i += 10) {
            meter.add(1250, (i - 250) * MILLI);
        }
        assertThat(meter.bitrateBps(250 * MILLI)).isCloseTo(1_000_000L, within(1L));
    }
}
