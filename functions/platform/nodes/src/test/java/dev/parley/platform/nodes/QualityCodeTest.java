package dev.parley.platform.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QualityCodeTest {
    private static final int ROUNDS = 20_000;

    private static final QualityBucket USUAL =
            new QualityBucket(2, 1_850, 4_210, 5_000, 13, 4, 48, 1, new LayerCounts(1, 2, 3, 4, 5), true);

    private static QualityMinute.Person person(String name, QualityBucket... buckets) {
        return new QualityMinute.Person("p_1", name, List.of(buckets));
    }

    @Test
    void whatWasWrittenIsRead() {
        QualityBucket silent = new QualityBucket(0, 0, 0, 0, 0, 0, QualityBucket.UNKNOWN, 0, LayerCounts.NONE, false);
        QualityMinute.Person person = person("安娜 Ana", silent, USUAL);
        byte[] bytes = QualityCode.write(person);

        assertThat(QualityCode.read("p_1", bytes)).contains(person);
        assertThat(bytes.length).isEqualTo(2 + "安娜 Ana".getBytes(StandardCharsets.UTF_8).length + 13 + 16);
    }

    @Test
    void numbersStayWithinTheirBounds() {
        QualityBucket wild = new QualityBucket(
                99,
                Integer.MAX_VALUE,
                -5,
                Integer.MIN_VALUE,
                4_000,
                -1,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                new LayerCounts(-1, 300, 0, 0, 0),
                false);

        assertThat(wild)
                .isEqualTo(new QualityBucket(
                        5, 10_000_000, 0, 0, 1_000, 0, 60_000, 1_000, new LayerCounts(0, 255, 0, 0, 0), false));
        assertThat(QualityCode.read("p_1", QualityCode.write(person("A", wild))))
                .contains(person("A", wild));
    }

    @Test
    void aNameThatIsTooLongIsCutBetweenCharacters() {
        String name = QualityCode.read("p_1", QualityCode.write(person("😀".repeat(80), USUAL)))
                .orElseThrow()
                .name();

        assertThat(name).isEqualTo("😀".repeat(62));
    }

    @Test
    void theFirstVersionKnewOfNothingThatWentDirectly() {
        QualityBucket byNode = new QualityBucket(5, 1, 2, 3, 4, 5, 6, 7, LayerCounts.NONE, false);
        byte[] bytes = QualityCode.write(person("Ana", byNode));
        bytes[0] = 1;

        assertThat(QualityCode.read("p_1", bytes)).contains(person("Ana", byNode));
    }

    @Test
    void anotherVersionAndWhatIsCutOffAreNotRead() {
        byte[] bytes = QualityCode.write(person("Ana", USUAL));
        byte[] newer = bytes.clone();
        newer[0] = 3;

        assertThat(QualityCode.read("p_1", newer)).isEmpty();
        assertThat(QualityCode.read("p_1", new byte[0])).isEmpty();
        for (int length = 0; length < bytes.length; length++) {
            boolean whole = length == "Ana".length() + 2;
            assertThat(QualityCode.read("p_1", Arrays.copyOf(bytes, length)).isPresent())
                    .as("%d bytes", length)
                    .isEqualTo(whole);
        }
    }

    @Test
    void anyBytesAreReadWithinBoundsOrNotAtAll() {
        Random random = new Random(7);
        byte[] good = QualityCode.write(person("Ana", USUAL, USUAL));
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = good.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            QualityCode.read("p_1", bytes)
                    .ifPresent(person -> assertThat(person.buckets()).allSatisfy(bucket -> {
                        assertThat(bucket.index()).isBetween(0, 5);
                        assertThat(bucket.upLossPermille()).isBetween(0, 1_000);
                        assertThat(bucket.roundTripMillis()).isBetween(-1, 60_000);
                    }));
        }
    }
}
