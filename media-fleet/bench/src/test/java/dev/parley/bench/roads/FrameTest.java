package dev.parley.bench.roads;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void aFrameHasItsHeadersInOrderAndAnIpChecksumThatHolds() {
        MemorySegment frame = Arena.ofAuto().allocate(64);
        byte[] from = {2, 0, 0, 0, 0, 1};
        byte[] to = {2, 0, 0, 0, 0, 2};
        Frame.write(frame, from, to, Veth.HERE, Veth.THERE, 20_000, 1200);
        assertThat(HexFormat.ofDelimiter(" ").formatHex(frame.asSlice(0, 14).toArray(ValueLayout.JAVA_BYTE)))
                .isEqualTo("02 00 00 00 00 02 02 00 00 00 00 01 08 00");
        assertThat(Frame.checksum(frame, 14, 20)).isZero();
        assertThat(HexFormat.ofDelimiter(" ").formatHex(frame.asSlice(26, 16).toArray(ValueLayout.JAVA_BYTE)))
                .isEqualTo("0a 09 00 01 0a 09 00 02 27 10 4e 20 04 b8 00 00");
    }

    @Test
    void theChecksumIsThatOfTheExampleOfRfc1071() {
        MemorySegment example = MemorySegment.ofArray(HexFormat.of().parseHex("0001f203f4f5f6f7"));
        assertThat(Frame.checksum(example, 0, 8)).isEqualTo(~0xDDF2 & 0xFFFF);
    }
}
