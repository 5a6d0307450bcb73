package dev.parley.sfu.tracks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.Codec;
import dev.parley.sfu.PayloadFormat;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketCacheTest {
    private static final PayloadFormat VP8 = new PayloadFormat(96, Codec.VP8, "", 97);
    private static final long MILLI = 1_000_000L;

    private final PacketCache cache = new PacketCache();
    private final MediaPacket packet = new MediaPacket();
    private final MediaPacket found = new MediaPacket();

    private static ByteBuffer payload(long sequence, int length) {
        ByteBuffer payload = ByteBuffer.allocate(length + 5);
        new Random(sequence).nextBytes(payload.array());
        return payload;
    }

    private void put(long sequence, int length, long nowNanos) {
        packet.payload(payload(sequence, length), 5, length)
                .header(sequence, sequence * 3000 & 0xFFFF_FFFFL, sequence % 3 == 0, VP8)
                .extensions(MediaPacket.ABSENT, sequence % 2 == 0 ? 3 : MediaPacket.ABSENT)
                .keyFrameStart(sequence % 50 == 0);
        cache.put(packet, nowNanos);
    }

    private void assertKept(long sequence, int length) {
        assertThat(cache.find(sequence, found)).as("packet %d", sequence).isTrue();
        assertThat(found.sequence()).isEqualTo(sequence);
        assertThat(found.timestamp()).isEqualTo(sequence * 3000 & 0xFFFF_FFFFL);
        assertThat(found.marker()).isEqualTo(sequence % 3 == 0);
        assertThat(found.keyFrameStart()).isEqualTo(sequence % 50 == 0);
        assertThat(found.orientation()).isEqualTo(sequence % 2 == 0 ? 3 : MediaPacket.ABSENT);
        assertThat(found.format()).isSameAs(VP8);
        assertThat(found.payloadLength()).isEqualTo(length);
        ByteBuffer expected = payload(sequence, length);
        for (int i = 0; i < length; i++) {
            assertThat(found.buffer().get(found.payloadOffset() + i)).isEqualTo(expected.get(5 + i));
        }
    }

    @Test
    void whatWasPutIsFoundUntouched() {
        for (long sequence = 65_530; sequence < 65_560; sequence++) {
            put(sequence, 1 + (int) (sequence % 1200), sequence * MILLI);
        }
        for (long sequence = 65_530; sequence < 65_560; sequence++) {
            assertKept(sequence, 1 + (int) (sequence % 1200));
        }
        assertThat(cache.find(65_560, found)).isFalse();
        assertThat(cache.find(65_530 + 1024, found)).isFalse();
        assertThat(cache.find(-1, found)).isFalse();
    }

    @Test
    void aSlowStreamKeepsASmallRing() {
        for (long sequence = 0; sequence < 2000; sequence++) {
            put(sequence, 1000, sequence * 50 * MILLI);
        }
        assertThat(cache.capacity()).isEqualTo(1 << 16);
        assertKept(1999 - 20, 1000);
    }

    @Test
    void aFastStreamGetsRoomForASecond() {
        // 3.2 Mb/s: 400 packets a second.
        for (long sequence = 0; sequence < 4000; sequence++) {
            put(sequence, 1000, sequence * 5 / 2 * MILLI);
        }
        assertThat(cache.capacity()).isBetween(400_000, PacketCache.MAX_BYTES);
        for (long sequence = 3999; sequence > 3600; sequence--) {
            assertKept(sequence, 1000);
        }
    }

    @Test
    void aFloodOverwritesTheOldestAndNeverGrowsBeyondTheLimit() {
        for (long sequence = 0; sequence < 20_000; sequence++) {
            put(sequence, 1200, sequence * MILLI / 10);
        }
        assertThat(cache.capacity()).isEqualTo(PacketCache.MAX_BYTES);
        assertKept(19_999 - 700, 1200);
        assertThat(cache.find(19_999 - 1000, found)).isFalse();
    }

    @Test
    void anEmptyPayloadIsAPacketToo() {
        put(7, 0, 0);
        assertKept(7, 0);
    }
}
