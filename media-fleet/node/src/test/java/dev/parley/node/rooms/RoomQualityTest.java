package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.HandMovedClock;
import dev.parley.platform.nodes.LayerCounts;
import dev.parley.platform.nodes.QualityBucket;
import dev.parley.platform.nodes.QualityMinute;
import dev.parley.sfu.ConnectionQuality;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomQualityTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final LayerCounts TWO = new LayerCounts(0, 1, 1, 0, 0);

    private final HandMovedClock clock = new HandMovedClock(NOON);
    private final List<QualityMinute> kept = new ArrayList<>();
    private final RoomQuality quality = new RoomQuality("abc-defg-hij", clock, kept::add);

    private void sample(String participant, long upBps, double loss, long roundTripMillis) {
        quality.sample(
                participant,
                "Name of " + participant,
                new ConnectionQuality(
                        upBps,
                        2 * upBps,
                        9_000_000,
                        loss,
                        loss / 2,
                        roundTripMillis < 0 ? -1 : roundTripMillis * 1_000_000),
                TWO);
    }

    private void pass(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        quality.tick();
    }

    @Test
    void aBucketTellsTheWorstOfItsSamplesAndTheMeanOfTheBitrates() {
        sample("p_1", 1_000_000, 0.01, 40);
        pass(2);
        sample("p_1", 2_000_000, 0.2, 90);
        pass(2);
        sample("p_1", 3_000_000, 0, -1);
        quality.froze("p_1", 2);
        pass(56);

        assertThat(kept)
                .containsExactly(new QualityMinute(
                        "abc-defg-hij",
                        NOON,
                        List.of(new QualityMinute.Person(
                                "p_1",
                                "Name of p_1",
                                List.of(new QualityBucket(0, 2_000, 4_000, 9_000, 200, 100, 90, 2, TWO, false))))));
    }

    @Test
    void ofMediaThatGoesToTheOtherPersonTheirClientTellsUntilItSaysNothingOrThatItGoesByTheNode() {
        ConnectionQuality said = new ConnectionQuality(700_000, 800_000, 0, 0.03, 0.04, 12_000_000);
        quality.direct("p_1", said);
        quality.direct("p_2", said);
        quality.direct("p_3", new ConnectionQuality(Long.MAX_VALUE, -1, 0, 0, 0, -1));
        for (String participant : List.of("p_1", "p_2", "p_3")) {
            sample(participant, 0, 0.5, 400);
        }
        pass(10);
        quality.byNode("p_2");
        sample("p_1", 0, 0.5, 400);
        sample("p_2", 1_000, 0.5, 400);
        pass(10);
        sample("p_1", 2_000, 0, 20);
        quality.end();

        QualityBucket direct = new QualityBucket(0, 700, 800, 9_000, 30, 40, 12, 0, TWO, true);
        assertThat(kept.getFirst().people())
                .extracting(QualityMinute.Person::buckets)
                .containsExactly(
                        List.of(
                                direct,
                                new QualityBucket(1, 700, 800, 9_000, 30, 40, 12, 0, TWO, true),
                                new QualityBucket(2, 2, 4, 9_000, 0, 0, 20, 0, TWO, false)),
                        List.of(direct, new QualityBucket(1, 1, 2, 9_000, 500, 250, 400, 0, TWO, false)),
                        List.of(new QualityBucket(0, 10_000_000, 0, 9_000, 0, 0, QualityBucket.UNKNOWN, 0, TWO, true)));
    }

    @Test
    void eachMinuteOfTheClockIsHandedOnOnceItIsOver() {
        pass(35);
        sample("p_1", 1_000, 0, -1);
        pass(24);
        sample("p_2", 1_000, 0, -1);
        assertThat(kept).isEmpty();
        pass(1);
        assertThat(kept).hasSize(1);
        sample("p_1", 1_000, 0, -1);
        pass(60);
        pass(60);

        assertThat(kept).extracting(QualityMinute::at).containsExactly(NOON, NOON.plusSeconds(60));
        assertThat(kept.getFirst().people())
                .extracting(person -> person.buckets().getFirst().index())
                .containsExactly(3, 5);
        assertThat(kept.getLast().people())
                .extracting(QualityMinute.Person::participantId)
                .containsExactly("p_1");
        assertThat(kept.getFirst().people().getFirst().buckets().getFirst().roundTripMillis())
                .isEqualTo(QualityBucket.UNKNOWN);
    }

    @Test
    void whatThereIsIsHandedOnWithTheRoom() {
        sample("p_1", 1_000, 0, 1);
        quality.end();
        quality.end();
        pass(60);

        assertThat(kept).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackLosesNothing() {
        sample("p_1", 1_000, 0, 1);
        pass(-3_600);
        sample("p_1", 1_000, 0, 1);
        quality.end();

        assertThat(kept).extracting(QualityMinute::at).containsExactly(NOON, NOON.minusSeconds(3_600));
    }

    @Test
    void numbersThatAreNoneAndFreezesOfNobodyDoNoHarm() {
        quality.froze("p_9", 3);
        quality.sample(
                "p_1",
                "A",
                new ConnectionQuality(-5, Long.MAX_VALUE, -1, Double.NaN, Double.POSITIVE_INFINITY, Long.MAX_VALUE),
                LayerCounts.NONE);
        quality.end();

        assertThat(kept.getFirst().people().getFirst().buckets())
                .containsExactly(new QualityBucket(0, 0, 10_000_000, 0, 0, 1_000, 60_000, 0, LayerCounts.NONE, false));
        assertThat(kept.getFirst().people()).hasSize(1);
    }
}
