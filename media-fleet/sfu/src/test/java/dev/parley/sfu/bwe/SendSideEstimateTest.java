package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendSideEstimateTest {
    private static final long START = 2_000_000;

    @Test
    void aPathThatCarriesLessThanTheStartIsFoundOut() {
        Path path = new Path(START);
        path.capacityBps = 1e6;
        path.demandBps = 5e6;
        path.run(6000);
        assertThat(path.estimate.bitrateBps()).isBetween(550_000L, 1_150_000L);
        path.run(10_000);
        assertThat(path.estimate.bitrateBps()).isBetween(550_000L, 1_150_000L);
        long worst = 0;
        for (int i = 0; i < 100; i++) {
            path.run(100);
            worst = Math.max(worst, path.queueingNanos());
        }
        assertThat(worst).as("the queue stays short").isLessThan(150_000_000L);
    }

    @Test
    void probingFindsAWidePathInSeconds() {
        Path path = new Path(START);
        path.demandBps = 1.5e6;
        path.wantedBps = 6_000_000;
        path.run(8000);
        assertThat(path.estimate.bitrateBps()).isGreaterThan(5_000_000L);
    }

    @Test
    void probingFindsTheLimitOfTheMiddleOfThePath() {
        Path path = new Path(START);
        path.capacityBps = 3e6;
        path.demandBps = 1.5e6;
        path.wantedBps = 10_000_000;
        path.run(8000);
        assertThat(path.estimate.bitrateBps()).isBetween(2_300_000L, 3_400_000L);
        assertThat(path.queueingNanos()).isLessThan(100_000_000L);
    }

    @Test
    void whoWantsNoMoreDoesNotProbe() {
        Path path = new Path(START);
        path.demandBps = 300_000;
        path.wantedBps = 300_000;
        path.run(10_000);
        assertThat(path.takeSentBps(10)).isLessThan(320_000);
        assertThat(path.estimate.bitrateBps()).as("silence proves nothing").isEqualTo(START);
    }

    @Test
    void heavyLossLowersTheEstimateAndLightLossDoesNot() {
        Path light = new Path(START);
        light.lossRate = 0.05;
        light.demandBps = 2e6;
        light.run(5000);
        assertThat(light.estimate.bitrateBps()).isGreaterThanOrEqualTo(START);
        assertThat(light.estimate.loss()).isBetween(0.01, 0.12);
        Path heavy = new Path(START);
        heavy.lossRate = 0.25;
        heavy.demandBps = 2e6;
        heavy.run(5000);
        assertThat(heavy.estimate.bitrateBps()).isLessThan(700_000L);
        heavy.lossRate = 0;
        heavy.wantedBps = 2_000_000;
        heavy.run(20_000);
        assertThat(heavy.estimate.bitrateBps()).as("and comes back").isGreaterThan(1_200_000L);
    }

    @Test
    void aPathThatNarrowsIsFollowed() {
        Path path = new Path(START);
        path.demandBps = 4e6;
        path.wantedBps = 4_000_000;
        path.run(8000);
        assertThat(path.estimate.bitrateBps()).isGreaterThan(3_500_000L);
        path.capacityBps = 800_000;
        path.run(6000);
        assertThat(path.estimate.bitrateBps()).isLessThan(950_000L);
        assertThat(path.estimate.bitrateBps()).isGreaterThan(300_000L);
    }

    @ParameterizedTest
    @CsvSource({"300, 30", "300, 60", "150, 60", "100, 40", "600, 120"})
    void aReceiverThatStumblesIsNotTakenForANarrowPath(long everyMillis, long stallMillis) {
        Path path = new Path(START);
        path.capacityBps = 100e6;
        path.demandBps = 1.8e6;
        path.wantedBps = 1_800_000;
        path.stallEveryNanos = everyMillis * 1_000_000;
        path.stallNanos = stallMillis * 1_000_000;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 300; i++) {
            path.run(100);
            least = Math.min(least, path.estimate.bitrateBps());
        }
        assertThat(least).isGreaterThanOrEqualTo(START * 9 / 10);
    }

    @Test
    void withoutTransportFeedbackReceiverReportsDecide() {
        SendSideEstimate estimate = new SendSideEstimate(START, 20_000_000);
        for (int second = 0; second < 10; second++) {
            estimate.onReportedLoss(0, second * 1_000_000_000L);
        }
        assertThat(estimate.bitrateBps()).isGreaterThan(3_000_000L);
        for (int second = 10; second < 20; second++) {
            estimate.onReportedLoss(0.3, second * 1_000_000_000L);
        }
        assertThat(estimate.bitrateBps()).isLessThan(1_000_000L);
        assertThat(estimate.paddingBytes(5_000_000, 20_000_000_000L)).isZero();
    }

    @Test
    void theEstimateKeepsItsBounds() {
        SendSideEstimate estimate = new SendSideEstimate(START, 3_000_000);
        for (int second = 0; second < 100; second++) {
            estimate.onReportedLoss(0, second * 1_000_000_000L);
        }
        assertThat(estimate.bitrateBps()).isEqualTo(3_000_000L);
        for (int second = 100; second < 200; second++) {
            estimate.onReportedLoss(1, second * 1_000_000_000L);
        }
        assertThat(estimate.bitrateBps()).isEqualTo(SendSideEstimate.MIN_BPS);
    }
}
