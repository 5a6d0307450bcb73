package dev.parley.bench.roads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoadFigureTest {
    @Test
    void slowTurnsDoNotCountAndNeitherDoesTheBestOne() {
        assertThat(RoadFigure.better(new double[] {5, 1, 9, 7, 3, 2, 8, 6, 4, 10, 11}))
                .isEqualTo(10);
        assertThat(RoadFigure.better(new double[] {7})).isEqualTo(7);
    }

    @Test
    void theRatioIsThatOfTheBetterTurns() {
        double[] turns = IntStream.range(0, 11).mapToDouble(i -> 2000 * i).toArray();
        double[] against = IntStream.range(0, 11).mapToDouble(i -> 1000 * i).toArray();
        RoadFigure figure = RoadFigure.of("other", 5, turns, against);
        assertThat(figure.ratio()).isEqualTo(2);
        assertThat(figure.cell()).isEqualTo("18 k (2.00)");
    }
}
