package dev.parley.meetings.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.media.MediaPath;
import dev.parley.contracts.meetings.QualityPerson;
import dev.parley.contracts.meetings.QualitySample;
import dev.parley.kernel.Bookmark;
import dev.parley.kernel.HandMovedClock;
import dev.parley.local.stores.Stores;
import dev.parley.meetings.QualityHistory.Entry;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.nodes.DynamoQualityLog;
import dev.parley.platform.nodes.LayerCounts;
import dev.parley.platform.nodes.QualityBucket;
import dev.parley.platform.nodes.QualityLog;
import dev.parley.platform.nodes.QualityMinute;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What nodes write is what is read, over a real table. */
@Tag("component")
class DynamoQualityHistoryTest {
    private static final String ID = "abc-defg-hij";
    private static final Instant NOON = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private static final QualityBucket BUCKET =
            new QualityBucket(3, 1_500, 2_500, 4_000, 20, 5, 45, 2, new LayerCounts(1, 0, 2, 0, 1), true);

    private final Stores stores = Stores.temporary();
    private final HandMovedClock clock = new HandMovedClock(Instant.now());
    private final Dynamo dynamo = Dynamo.of(stores.settings());
    private final QualityLog log = new DynamoQualityLog(dynamo, Duration.ofDays(30));
    private final DynamoQualityHistory history = new DynamoQualityHistory(dynamo, clock);

    @AfterEach
    void stop() {
        dynamo.close();
        stores.close();
    }

    private static QualityMinute minute(int number, String... people) {
        return new QualityMinute(
                ID,
                NOON.plusSeconds(60L * number),
                Stream.of(people)
                        .map(id -> new QualityMinute.Person(id, "Name of " + id, List.of(BUCKET)))
                        .toList());
    }

    private List<Entry> all() {
        return history.of(ID, Instant.EPOCH, Optional.empty(), 100);
    }

    private List<String> people() {
        return all().stream()
                .flatMap(entry -> entry.people().stream())
                .map(QualityPerson::participantId)
                .sorted()
                .toList();
    }

    @Test
    void aMinuteIsReadAsItWasWrittenHoweverOftenThatWas() {
        log.write(minute(0, "p_1"), "node-1.i1.0");
        log.write(minute(0, "p_1"), "node-1.i1.0");

        assertThat(all()).hasSize(1);
        assertThat(all().getFirst().people()).containsExactly(new QualityPerson("p_1", "Name of p_1"));
        assertThat(all().getFirst().samples())
                .containsExactly(new QualitySample(
                        "p_1",
                        NOON.plusSeconds(30),
                        1_500_000,
                        2_500_000,
                        4_000_000,
                        0.02,
                        0.005,
                        45,
                        2,
                        new QualitySample.Layers(1, 0, 2, 0, 1),
                        MediaPath.DIRECT));
        assertThat(history.of("zzz-zzzz-zzz", Instant.EPOCH, Optional.empty(), 100))
                .isEmpty();
    }

    @Test
    void pagesGoBackThroughMinutesOfSeveralNodes() {
        for (int i = 0; i < 7; i++) {
            log.write(minute(i, "p_1"), "node-1.i1." + i);
            log.write(minute(i, "p_2"), "node-2.i1." + i);
        }
        List<Bookmark> places = new ArrayList<>();
        Optional<Bookmark> after = Optional.empty();
        List<Entry> page;
        do {
            page = history.of(ID, NOON, after, 3);
            page.forEach(entry -> places.add(entry.place()));
            after = page.isEmpty()
                    ? after
                    : Bookmark.of(Optional.of(page.getLast().place().text()));
        } while (!page.isEmpty());

        assertThat(places).hasSize(14).doesNotHaveDuplicates();
        assertThat(places).extracting(Bookmark::at).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(history.of(ID, NOON.plusSeconds(310), Optional.empty(), 100)).hasSize(4);
        assertThat(history.of(ID, NOON.plusSeconds(310), Optional.of(places.getLast()), 100))
                .isEmpty();
    }

    @Test
    void whoIsForgottenIsInNoMinuteNorInOneThatComesLater() {
        log.write(minute(0, "p_1", "p_2"), "node-1.i1.0");
        log.write(minute(1, "p_2"), "node-1.i1.1");
        log.write(minute(2, "p_1"), "node-1.i1.2");
        history.forget(ID, "p_1");
        history.forget(ID, "p_1");
        assertThat(people()).containsExactly("p_2", "p_2");
        // A node that could not reach the table.
        log.write(minute(3, "p_1", "p_3"), "node-1.i1.3");

        assertThat(people()).containsExactly("p_2", "p_2", "p_3");
        assertThat(all().stream().flatMap(entry -> entry.samples().stream()))
                .extracting(QualitySample::participantId)
                .doesNotContain("p_1");
        history.forget(ID, "p_3");
        assertThat(people()).containsExactly("p_2", "p_2");
    }

    @Test
    void theLargestRoomFits() {
        String[] crowd =
                IntStream.range(0, 1_000).mapToObj(i -> "p_%020d".formatted(i)).toArray(String[]::new);
        List<QualityBucket> worst = IntStream.range(0, 6)
                .mapToObj(i -> new QualityBucket(
                        i, 10_000_000, 10_000_000, 10_000_000, 1_000, 1_000, 60_000, 1_000, LayerCounts.NONE, false))
                .toList();
        QualityMinute minute = new QualityMinute(
                ID,
                NOON,
                Stream.of(crowd)
                        .map(id -> new QualityMinute.Person(id, "名".repeat(50), worst))
                        .toList());
        log.write(minute, "node-1.i1.0");

        assertThat(people()).hasSize(1_000);
        assertThat(all()).hasSize(2);
    }

    @Test
    void whatHasExpiredIsNotRead() {
        log.write(minute(0, "p_1"), "node-1.i1.0");
        clock.advance(Duration.ofDays(31));

        assertThat(all()).isEmpty();
    }
}
