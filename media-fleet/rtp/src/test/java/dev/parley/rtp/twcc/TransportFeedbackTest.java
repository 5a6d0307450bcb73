package dev.parley.rtp.twcc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.Hex;
import dev.parley.rtp.rtcp.RtcpReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TransportFeedbackTest {
    private static final long MILLI = 1_000_000L;

    private final ArrivalLog log = new ArrivalLog(1024);
    private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
    private final ByteBuffer buffer = ByteBuffer.allocate(1200);
    private final RtcpReader rtcp = new RtcpReader();
    private final TransportFeedbackReader feedback = new TransportFeedbackReader();

    @Test
    void writesTheWorkedExample() {
        log.onPacket(10, 64 * MILLI);
        log.onPacket(11, 64 * MILLI + 500_000);
        log.onPacket(13, 70 * MILLI);
        int length = writer.write(log, buffer, 0, 1200, 1, 2);
        // Base 10, count 4, reference 1; one-bit vector 1101; deltas 0, 2, 22; three bytes to the 32-bit boundary.
        assertThat(Hex.text(buffer, 0, length))
                .isEqualTo(
                        "8fcd0006" + "00000001" + "00000002" + "000a0004" + "00000100" + "b400" + "000216" + "000000");
        assertThat(writer.write(log, buffer, 0, 1200, 1, 2)).isZero();
    }

    @Test
    void readsRunLengthAndTwoBitChunks() {
        // Base 65535, 9 statuses: run of 2 small; then two-bit vector small, lost, large, lost, lost, small, small.
        ByteBuffer packet = Hex.buffer("8fcd0008 00000001 00000002 ffff0009 ffffff05 2002 d205 01 02 03 fff0 04 05 00");
        packet.putShort(2, (short) (packet.capacity() / 4 - 1));
        assertThat(packet.capacity() % 4).isZero();
        rtcp.wrap(packet, 0, packet.capacity()).next();
        assertThat(feedback.tryWrap(rtcp)).isTrue();
        assertThat(feedback.feedbackNumber()).isEqualTo(5);
        assertThat(feedback.referenceTime()).isEqualTo(-1);
        List<String> statuses = new ArrayList<>();
        while (feedback.next()) {
            statuses.add(
                    feedback.received()
                            ? feedback.sequenceNumber() + "@" + (feedback.arrivalNanos() + 64 * MILLI) / 250_000
                            : String.valueOf(feedback.sequenceNumber()));
        }
        assertThat(statuses).containsExactly("65535@1", "0@3", "1@6", "2", "3@-10", "4", "5", "6@-6", "7@-1");
    }

    @Test
    void tellsEveryArrivalOnceWhateverTheOrder() {
        Random random = new Random(3);
        Map<Integer, Long> sent = new TreeMap<>();
        Map<Integer, Long> told = new TreeMap<>();
        long now = 5_000 * MILLI;
        for (int i = 0; i < 20_000; i++) {
            int sequence = 65_000 + i & 0xFFFF;
            now += random.nextInt(3) == 0 ? random.nextInt(30) * MILLI : 10_000;
            if (random.nextInt(10) != 0) {
                log.onPacket(sequence, now);
                sent.putIfAbsent(sequence, now);
            }
            if (random.nextInt(50) == 0) {
                int late = sequence - random.nextInt(20) & 0xFFFF;
                log.onPacket(late, now);
                sent.putIfAbsent(late, now);
            }
            if (i % 100 == 99) {
                drain(told);
            }
        }
        drain(told);
        assertThat(told.keySet()).isEqualTo(sent.keySet());
        told.forEach((sequence, at) -> assertThat(at).isBetween(sent.get(sequence) - 250_000, sent.get(sequence)));
    }

    private void drain(Map<Integer, Long> told) {
        for (int length; (length = writer.write(log, buffer, 0, 300, 1, 2)) > 0; ) {
            assertThat(length).isLessThanOrEqualTo(300);
            rtcp.wrap(buffer, 0, length).next();
            assertThat(feedback.tryWrap(rtcp)).isTrue();
            while (feedback.next()) {
                if (feedback.received()) {
                    told.putIfAbsent(feedback.sequenceNumber(), feedback.arrivalNanos());
                }
            }
        }
    }

    @Test
    void goesOnInAnotherPacketAfterALongPause() {
        log.onPacket(1, 0);
        log.onPacket(2, 20_000 * MILLI);
        assertThat(writer.write(log, buffer, 0, 1200, 1, 2)).isPositive();
        assertThat(buffer.getShort(14)).isEqualTo((short) 1);
        assertThat(writer.write(log, buffer, 0, 1200, 1, 2)).isPositive();
        assertThat(buffer.getShort(12)).isEqualTo((short) 2);
        assertThat(writer.write(log, buffer, 0, 1200, 1, 2)).isZero();
    }

    @Test
    void refusesFeedbackWithoutItsDeltas() {
        ByteBuffer packet = Hex.buffer("8fcd0005 00000001 00000002 00010007 00000100 2007 0000");
        rtcp.wrap(packet, 0, packet.capacity()).next();
        assertThat(feedback.tryWrap(rtcp)).isFalse();
    }

    @Test
    void refusesAnEmptyRun() {
        ByteBuffer packet = Hex.buffer("8fcd0005 00000001 00000002 00010007 00000100 0000 0000");
        rtcp.wrap(packet, 0, packet.capacity()).next();
        assertThat(feedback.tryWrap(rtcp)).isFalse();
    }
}
