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
                                List.of(new QualityBucket(0, 2_000, 4_000, 9_000, 200, 100, 90, 2, TWO))))));
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
                .containsExactly(new QualityBucket(0, 0, 10_000_000, 0, 0, 1_000, 60_000, 0, LayerCounts.NONE));
        assertThat(kept.getFirst().people()).hasSize(1);
    }
}
