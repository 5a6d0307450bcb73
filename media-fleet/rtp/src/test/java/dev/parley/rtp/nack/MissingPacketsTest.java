package dev.parley.rtp.nack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MissingPacketsTest {
    private static final long MILLI = 1_000_000L;

    private final MissingPackets missing = new MissingPackets(100, 5 * MILLI);
    private final int[] numbers = new int[50];

    private int[] due(long nowMillis, long roundTripMillis) {
        return Arrays.copyOf(numbers, missing.due(nowMillis * MILLI, roundTripMillis * MILLI, numbers));
    }

    @Test
    void asksForAGapAfterTheReorderTimeAndAgainAfterARoundTrip() {
        missing.onPacket(65535, 0);
        missing.onPacket(2, 0);
        assertThat(due(4, 50)).isEmpty();
        assertThat(due(5, 50)).containsExactly(0, 1);
        assertThat(due(54, 50)).isEmpty();
        assertThat(missing.onPacket(0, 54 * MILLI)).isTrue();
        assertThat(due(55, 50)).containsExactly(1);
    }

    @Test
    void letsReorderedPacketsCloseTheGap() {
        missing.onPacket(1, 0);
        missing.onPacket(3, 0);
        assertThat(missing.onPacket(2, MILLI)).isTrue();
        assertThat(due(100, 0)).isEmpty();
        assertThat(missing.lost()).isZero();
    }

    @Test
    void givesUpAfterTenTries() {
        missing.onPacket(1, 0);
        missing.onPacket(3, 0);
        for (int i = 0; i < 10; i++) {
            assertThat(due(5 + 20 * i, 0)).containsExactly(2);
        }
        assertThat(due(1000, 0)).isEmpty();
        assertThat(missing.lost()).isEqualTo(1);
        assertThat(missing.size()).isZero();
    }

    @Test
    void countsAGapThatIsTooLargeAsLost() {
        missing.onPacket(1, 0);
        missing.onPacket(3, 0);
        missing.onPacket(1000, 0);
        assertThat(missing.size()).isZero();
        assertThat(missing.lost()).isEqualTo(997);
        assertThat(due(1000, 0)).isEmpty();
    }
}
