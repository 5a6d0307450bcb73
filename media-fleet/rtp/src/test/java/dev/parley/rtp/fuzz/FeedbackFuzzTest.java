package dev.parley.rtp.fuzz;

import dev.parley.rtp.MalformedPacketException;
import dev.parley.rtp.SequenceUnwrapper;
import dev.parley.rtp.TimestampUnwrapper;
import dev.parley.rtp.nack.MissingPackets;
import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.twcc.ArrivalLog;
import dev.parley.rtp.twcc.TransportFeedbackReader;
import dev.parley.rtp.twcc.TransportFeedbackWriter;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept of numbers that a sender chooses as it likes: an input is a list of arrivals, four bytes each. */
@Tag("fuzz")
class FeedbackFuzzTest {
    private static final int ARRIVAL_BYTES = 4;
    private static final int FEEDBACK_BYTES = 1200;
    private static final long STEP_NANOS = 250_000L;

    /** In order, with a gap, out of order, a duplicate, a jump, and a long silence. */
    private static final List<byte[]> ARRIVALS = List.of(
            HexFormat.of().parseHex("0001000100020002000500010004000100040001"),
            HexFormat.of().parseHex("fffe0001ffff00010000000180000001800100018002ffff"),
            HexFormat.of()
                    .parseHex(
                            "0000000100100001002000010030000101000001010100010102000101030001010400010105000101060001"));

    /** A number, and how much later it came than the one before. */
    private interface Arrivals {
        void packet(int sequenceNumber, long nowNanos);
    }

    private static void read(byte[] input, Arrivals arrivals) {
        ByteBuffer buffer = ByteBuffer.wrap(input);
        long nowNanos = 1_000_000_000L;
        while (buffer.remaining() >= ARRIVAL_BYTES) {
            int sequenceNumber = buffer.getShort() & 0xFFFF;
            nowNanos += (buffer.getShort() & 0xFFFF) * STEP_NANOS;
            arrivals.packet(sequenceNumber, nowNanos);
        }
    }

    /** An assertion that costs nothing while it holds. */
    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    @Test
    void feedbackAboutAnyArrivalsCanBeRead() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(FEEDBACK_BYTES);
        RtcpReader reader = new RtcpReader();
        TransportFeedbackReader feedback = new TransportFeedbackReader();
        Fuzz.run("twcc-writer", MalformedPacketException.class, ARRIVALS, input -> {
            ArrivalLog log = new ArrivalLog(64);
            TransportFeedbackWriter writer = new TransportFeedbackWriter();
            read(input, log::onPacket);
            int length;
            for (int packets = 0; (length = writer.write(log, buffer, 0, FEEDBACK_BYTES, 1, 2)) > 0; packets++) {
                reader.wrap(buffer, 0, length);
                check(packets < 200, "200 packets about 64 numbers");
                check(reader.next() && feedback.tryWrap(reader), "not feedback");
                while (feedback.next()) {
                    check((feedback.sequenceNumber() & ~0xFFFF) == 0, "a number of 16 bits");
                }
            }
            check(log.unreported() == 0, "everything is reported");
        });
    }

    @Test
    void missingPacketsStayWithinTheirList() {
        int[] due = new int[16];
        Fuzz.run("missing-packets", MalformedPacketException.class, ARRIVALS, input -> {
            MissingPackets missing = new MissingPackets(32, 10_000_000L);
            read(input, (sequenceNumber, nowNanos) -> {
                missing.onPacket(sequenceNumber, nowNanos);
                check(missing.size() <= 32, "more than the list holds");
                check(missing.due(nowNanos, 0, due) <= missing.size(), "more is due than missing");
            });
        });
    }

    @Test
    void unwrappedNumbersKeepTheirLowBits() {
        Fuzz.run("unwrappers", MalformedPacketException.class, ARRIVALS, input -> {
            SequenceUnwrapper sequences = new SequenceUnwrapper();
            TimestampUnwrapper timestamps = new TimestampUnwrapper();
            read(input, (sequenceNumber, nowNanos) -> {
                check((sequences.unwrap(sequenceNumber) & 0xFFFF) == sequenceNumber, "sequence number");
                long timestamp = nowNanos * 7919 & 0xFFFF_FFFFL;
                check((timestamps.unwrap(timestamp) & 0xFFFF_FFFFL) == timestamp, "timestamp");
            });
        });
    }
}
