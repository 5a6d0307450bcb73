package dev.parley.bench.roads;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WordsTest {
    private final MemorySegment memory = Arena.ofAuto().allocate(128, 64);

    private String hex(int bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(memory.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void anAddressHasItsPortInTheOrderOfTheNetwork() {
        Words.sockaddr(memory, 0, Words.LOOPBACK, 10_000);
        assertThat(hex(Words.SOCKADDR_BYTES)).isEqualTo("02 00 27 10 7f 00 00 01 00 00 00 00 00 00 00 00");
        assertThat(Words.port(memory, 0)).isEqualTo(10_000);
    }

    @Test
    void aSegmentSizeIsAControlMessageOfTwoBytes() {
        Words.segment(memory, 0, 1200);
        assertThat(hex(18)).isEqualTo("12 00 00 00 00 00 00 00 11 00 00 00 67 00 00 00 b0 04");
    }

    @Test
    void aMessageWithoutNameAndControlSaysThatTheyAreEmpty() {
        memory.fill((byte) 0x55);
        Words.mmsghdr(memory, 0, 0, 0x1000, 5, 0);
        assertThat(memory.get(ValueLayout.JAVA_LONG, 0)).isZero();
        assertThat(memory.get(ValueLayout.JAVA_INT, 8)).isZero();
        assertThat(memory.get(ValueLayout.JAVA_LONG, 16)).isEqualTo(0x1000);
        assertThat(memory.get(ValueLayout.JAVA_LONG, 24)).isEqualTo(5);
        assertThat(memory.get(ValueLayout.JAVA_LONG, 40)).isZero();
    }

    @Test
    void aMessageWithThemSaysHowLongTheyAre() {
        Words.mmsghdr(memory, 0, 0x2000, 0x1000, 1, 0x3000);
        assertThat(memory.get(ValueLayout.JAVA_INT, 8)).isEqualTo(16);
        assertThat(memory.get(ValueLayout.JAVA_LONG, 32)).isEqualTo(0x3000);
        assertThat(memory.get(ValueLayout.JAVA_LONG, 40)).isEqualTo(18);
    }
}
