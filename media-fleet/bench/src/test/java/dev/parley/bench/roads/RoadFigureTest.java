package dev.parley.bench.roads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoadFigureTest {
    @Test
    void theMedianIsTheMiddleOrBetweenTheMiddleTwo() {
        assertThat(RoadFigure.median(new double[] {9, 1, 5})).isEqualTo(5);
        assertThat(RoadFigure.median(new double[] {9, 1, 5, 7})).isEqualTo(6);
    }

    @Test
    void theRatioIsTakenTurnByTurnSoThatASlowSpellOfTheMachineCountsForBoth() {
        RoadFigure figure = RoadFigure.of("other", 5, new double[] {200, 20, 2000}, new double[] {100, 10, 1000});
        assertThat(figure.ratio()).isEqualTo(2);
        assertThat(figure.packetsPerCpuSecond()).isEqualTo(200);
        assertThat(figure.cell()).isEqualTo("0 k (2.00)");
    }
}
