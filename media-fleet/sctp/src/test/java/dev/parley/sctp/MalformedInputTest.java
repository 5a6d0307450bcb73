package dev.parley.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class MalformedInputTest {

    /** Sets the checksum of a packet that was changed, so that it is looked at. */
    static byte[] sealed(byte[] packet) {
        if (packet.length >= PacketWriter.COMMON_HEADER) {
            ByteBuffer.wrap(packet).putInt(8, 0);
            CRC32C crc = new CRC32C();
            crc.update(packet);
            ByteBuffer.wrap(packet).putInt(8, Integer.reverseBytes((int) crc.getValue()));
        }
        return packet;
    }

    /** Real packets of a conversation, from INIT to SHUTDOWN. */
    static List<byte[]> conversation(long seed) {
        Link link = new Link(SctpConfig.defaults(), Link.Quality.BAD, seed);
        List<byte[]> packets = new ArrayList<>();
        link.lose = packet -> {
            packets.add(packet);
            return false;
        };
        link.left.connect(link.nowNanos);
        link.right.connect(link.nowNanos);
        link.runFor(5);
        link.left.sendText(0, "hello", link.nowNanos);
        link.left.sendText(1, "lossy".repeat(500), link.nowNanos);
        int id = link.left.open("channel", "protocol", Reliability.UNORDERED, link.nowNanos);
        link.runFor(5);
        link.left.close(id, link.nowNanos);
        link.runFor(5);
        link.left.shutdown(link.nowNanos);
        link.runFor(10);
        return packets;
    }

    @Test
    void aWrongChecksumIsNoPacket() {
        Link link = Link.connected(Link.Quality.PERFECT, 1);
        link.left.sendText(0, "original", link.nowNanos);
        byte[] packet = link.leftHeard.packets.remove();
        packet[packet.length - 4] ^= 1;
        link.right.receive(packet, 0, packet.length, link.nowNanos);
        link.runFor(0.1);

        assertThat(link.rightHeard.texts).isEmpty();
        link.runFor(3);
        assertThat(link.rightHeard.textsOn(0)).containsExactly("original");
    }

    @Test
    void aWrongVerificationTagIsNoPacket() {
        Link link = Link.connected(Link.Quality.PERFECT, 2);
        byte[] abort = new byte[16];
        ByteBuffer.wrap(abort)
                .putShort((short) 5000)
                .putShort((short) 5000)
                .putInt(12345)
                .putInt(0)
                .put((byte) ChunkType.ABORT)
                .put((byte) 0)
                .putShort((short) 4);
        link.right.receive(sealed(abort), 0, abort.length, link.nowNanos);

        assertThat(link.rightHeard.closed).isEmpty();
    }

    @Test
    void aForgedCookieOpensNothing() {
        Link link = new Link(SctpConfig.defaults(), Link.Quality.PERFECT, 3);
        link.lose = packet -> {
            if (packet[12] == ChunkType.COOKIE_ECHO) {
                packet[40] ^= 1;
                sealed(packet);
            }
            return false;
        };
        link.left.connect(link.nowNanos);
        link.runFor(20);

        assertThat(link.right.isEstablished()).isFalse();
    }

    @Test
    void changedPacketsNeverThrow() {
        List<byte[]> corpus = conversation(7);
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            Link link = round % 3 == 0
                    ? new Link(SctpConfig.defaults(), Link.Quality.PERFECT, round)
                    : Link.connected(Link.Quality.PERFECT, round);
            for (int i = 0; i < 30; i++) {
                byte[] packet = corpus.get(random.nextInt(corpus.size())).clone();
                for (int change = random.nextInt(6); change > 0; change--) {
                    packet[12 + random.nextInt(packet.length - 12)] = (byte) random.nextInt();
                }
                if (random.nextInt(4) == 0) {
                    packet = java.util.Arrays.copyOf(packet, random.nextInt(packet.length));
                }
                link.right.receive(sealed(packet), 0, packet.length, link.nowNanos);
                link.runFor(0.01);
            }
        }
    }

    @Test
    void messagesWhoseTurnNeverComesDoNotPileUp() {
        Link link = Link.connected(Link.Quality.PERFECT, 10);
        link.left.sendText(0, "a", link.nowNanos);
        byte[] real = link.leftHeard.packets.remove();
        int firstTsn = ByteBuffer.wrap(real).getInt(16);
        int payload = 1024;
        for (int i = 0; i < 4096 && link.rightHeard.closed.isEmpty(); i++) {
            // Whole, in the order of their TSNs, and numbered from 2 in a stream that begins with 0.
            ByteBuffer packet = ByteBuffer.allocate(12 + 16 + payload);
            packet.put(real, 0, 12)
                    .put((byte) ChunkType.DATA)
                    .put((byte) (DataChunk.FLAG_BEGIN | DataChunk.FLAG_END))
                    .putShort((short) (16 + payload))
                    .putInt(firstTsn + i)
                    .putShort((short) 3)
                    .putShort((short) (i + 2))
                    .putInt(51);
            link.right.receive(sealed(packet.array()), 0, packet.capacity(), link.nowNanos);
        }

        assertThat(link.rightHeard.closed)
                .singleElement()
                .extracting(CloseReason::kind)
                .isEqualTo(CloseReason.Kind.PROTOCOL_VIOLATION);
    }

    @Test
    void unknownChunksAreReportedOrSkippedAsTheirTypeSays() {
        Link link = Link.connected(Link.Quality.PERFECT, 9);
        List<byte[]> answers = new ArrayList<>();
        link.left.sendText(0, "x", link.nowNanos);
        byte[] real = link.leftHeard.packets.remove();
        ByteBuffer packet = ByteBuffer.allocate(12 + 8);
        packet.put(real, 0, 12)
                .put((byte) 0xC5)
                .put((byte) 0)
                .putShort((short) 8)
                .putInt(0xCAFE);
        link.right.receive(sealed(packet.array()), 0, packet.capacity(), link.nowNanos);
        answers.addAll(link.rightHeard.packets);

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst()[12]).isEqualTo((byte) ChunkType.ERROR);
        link.runFor(3);
        assertThat(link.rightHeard.textsOn(0)).containsExactly("x");
    }
}
