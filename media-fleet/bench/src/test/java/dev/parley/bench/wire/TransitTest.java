package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TransitTest {
    private final Transit transit = new Transit();

    @Test
    void percentilesAreOfTheSamples() {
        assertThat(transit.millis(0.5)).isNaN();
        for (int i = 100; i >= 1; i--) {
            transit.add(i * 1_000_000L);
        }
        assertThat(transit.millis(0.5)).isCloseTo(50, Percentage.withPercentage(1));
        assertThat(transit.millis(0.99)).isCloseTo(99, Percentage.withPercentage(1));
        assertThat(transit.millis(1)).isCloseTo(100, Percentage.withPercentage(1));
        Transit copy = transit.copy();
        transit.clear();
        assertThat(transit.count()).isZero();
        assertThat(copy.count()).isEqualTo(100);
    }

    @Test
    void everyTimeIsToldToOnePercent() {
        for (long nanos = 1; nanos < Long.MAX_VALUE / 3; nanos = nanos * 3 + 1) {
            transit.clear();
            transit.add(nanos);
            assertThat(transit.millis(0.5) * 1e6).isCloseTo(nanos, Percentage.withPercentage(1));
        }
        transit.clear();
        transit.add(-5);
        assertThat(transit.millis(0.5)).isCloseTo(0, within(1e-9));
    }
}
