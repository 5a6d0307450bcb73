package dev.parley.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceNumbersTest {
    @Test
    void comparesAcrossTheWrap() {
        assertThat(SequenceNumbers.isNewer(0, 65535)).isTrue();
        assertThat(SequenceNumbers.isNewer(65535, 0)).isFalse();
        assertThat(SequenceNumbers.isNewer(5, 5)).isFalse();
        assertThat(SequenceNumbers.distance(65534, 3)).isEqualTo(5);
        assertThat(SequenceNumbers.plus(65535, 2)).isEqualTo(1);
        assertThat(SequenceNumbers.plus(1, -2)).isEqualTo(65535);
        assertThat(SequenceNumbers.timestampDistance(0xffff_ffffL, 1)).isEqualTo(2);
        assertThat(SequenceNumbers.timestampPlus(0xffff_ffffL, 2)).isEqualTo(1);
    }

    @Test
    void unwrapsForwardsAndBackwards() {
        SequenceUnwrapper unwrapper = new SequenceUnwrapper();
        assertThat(unwrapper.unwrap(65534)).isEqualTo(65536 + 65534);
        assertThat(unwrapper.unwrap(1)).isEqualTo(2 * 65536 + 1);
        assertThat(unwrapper.unwrap(65535)).isEqualTo(65536 + 65535);
        assertThat(unwrapper.highest()).isEqualTo(2 * 65536 + 1);
        assertThat(unwrapper.unwrap(2)).isEqualTo(2 * 65536 + 2);
    }

    @Test
    void unwrapsTimestamps() {
        TimestampUnwrapper unwrapper = new TimestampUnwrapper();
        long first = unwrapper.unwrap(0xffff_fff0L);
        assertThat(unwrapper.unwrap(0x10) - first).isEqualTo(0x20);
    }
}
