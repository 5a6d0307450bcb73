package dev.parley.node.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.Errors;
import dev.parley.platform.nodes.LayerCounts;
import dev.parley.platform.nodes.QualityBucket;
import dev.parley.platform.nodes.QualityLog;
import dev.parley.platform.nodes.QualityMinute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityWriterTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Table table = new Table();
    private long nowNanos = Long.MAX_VALUE - 5 * SECOND_NANOS;
    private final QualityWriter writer = new QualityWriter(table, "node-1.i1", () -> nowNanos);

    /** A table that may be away. */
    private static final class Table implements QualityLog {
        private final List<QualityMinute> minutes = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private int asked;
        private boolean away;

        @Override
        public void write(QualityMinute minute, String name) {
            asked++;
            if (away) {
                throw Errors.STORE_UNAVAILABLE.exception();
            }
            minutes.add(minute);
            names.add(name);
        }
    }

    private static QualityMinute minute(int number, int people) {
        QualityBucket bucket = new QualityBucket(0, 1, 1, 1, 0, 0, 1, 0, LayerCounts.NONE, false);
        return new QualityMinute(
                "room",
                NOON.plusSeconds(60L * number),
                IntStream.range(0, people)
                        .mapToObj(i -> new QualityMinute.Person("p_" + i, "A", List.of(bucket)))
                        .toList());
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            nowNanos += SECOND_NANOS;
            writer.step();
        }
    }

    @Test
    void minutesAreWrittenInOrderEachUnderANameOfItsOwn() {
        writer.keep(minute(0, 1));
        writer.keep(minute(1, 1));
        pass(1);

        assertThat(table.minutes).containsExactly(minute(0, 1), minute(1, 1));
        assertThat(table.names).containsExactly("node-1.i1.0", "node-1.i1.1");
        assertThat(writer.written()).isEqualTo(2);
        assertThat(writer.waiting()).isZero();
    }

    @Test
    void aDarkStoreIsAskedLessAndLessOftenAndGetsEverythingWhenItIsBack() {
        table.away = true;
        writer.keep(minute(0, 3));
        pass(600);
        writer.keep(minute(9, 3));
        assertThat(table.asked).isLessThan(20);
        table.away = false;
        pass(60);

        assertThat(table.minutes).containsExactly(minute(0, 3), minute(9, 3));
        assertThat(table.names).containsExactly("node-1.i1.0", "node-1.i1.1");
        assertThat(writer.dropped()).isZero();
    }

    @Test
    void whatIsTooOldIsDroppedAndCounted() {
        table.away = true;
        writer.keep(minute(0, 1));
        pass(1_000);
        writer.keep(minute(17, 1));
        pass(900);
        assertThat(writer.dropped()).isEqualTo(1);
        table.away = false;
        pass(60);

        assertThat(table.minutes).containsExactly(minute(17, 1));
    }

    @Test
    void whatIsTooMuchIsDroppedTheOldestFirst() {
        table.away = true;
        for (int i = 0; i < 5; i++) {
            writer.keep(minute(i, QualityWriter.MOST_WAITING / 4));
        }
        assertThat(writer.waiting()).isEqualTo(4);
        assertThat(writer.dropped()).isEqualTo(1);
        table.away = false;
        pass(1);

        assertThat(table.minutes).extracting(QualityMinute::at).first().isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void whatWaitsIsWrittenBeforeItStops() {
        table.away = true;
        writer.keep(minute(0, 1));
        pass(1);
        table.away = false;
        writer.close();

        assertThat(table.minutes).containsExactly(minute(0, 1));
        assertThat(writer.dropped()).isZero();
    }
}
