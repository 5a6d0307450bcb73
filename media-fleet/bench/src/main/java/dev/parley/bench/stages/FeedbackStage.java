package dev.parley.bench.stages;

import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.twcc.ArrivalLog;
import dev.parley.rtp.twcc.TransportFeedbackReader;
import dev.parley.rtp.twcc.TransportFeedbackWriter;
import dev.parley.sfu.bwe.SendSideEstimate;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Transport-wide feedback about bursts of nine packets 33 ms apart, told every six frames. One operation is one packet: noted and told as a receiver,
 * read and taken into the estimate of the path as a sender.
 */
public class FeedbackStage {
    private static final int FRAMES = 6;
    private static final int PACKETS = FRAMES * Streams.FRAME_PACKETS;
    private static final int CAPACITY = 1100;
    private static final long ONE_WAY_NANOS = 20_000_000L;

    /** Someone who receives, tells, and sends. */
    @State(Scope.Thread)
    public static class Path {
        private final ArrivalLog log = new ArrivalLog(4096);
        private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
        private final TransportFeedbackReader feedback = new TransportFeedbackReader();
        private final RtcpReader reader = new RtcpReader();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY + 64);
        private int sequence;
        private long nowNanos = 1_000_000_000L;
        private int length;

        int arriveAndTell() {
            for (int frame = 0; frame < FRAMES; frame++) {
                nowNanos += Streams.FRAME_NANOS;
                for (int i = 0; i < Streams.FRAME_PACKETS; i++) {
                    log.onPacket(sequence++ & 0xFFFF, nowNanos + ONE_WAY_NANOS + i * 60_000L);
                }
            }
            length = writer.write(log, buffer, 0, CAPACITY, 1, Streams.CAMERA_SSRC);
            return length;
        }

        boolean nextFeedback() {
            return reader.tryWrap(buffer, 0, length) && reader.next() && feedback.tryWrap(reader);
        }
    }

    /** A message about packets just sent. */
    @State(Scope.Thread)
    public static class Sent {
        private final SendSideEstimate estimate = new SendSideEstimate(5_000_000, 20_000_000);

        @Setup(Level.Invocation)
        public void send(Path path) {
            long sentNanos = path.nowNanos;
            for (int i = 0; i < PACKETS; i++) {
                if (i % Streams.FRAME_PACKETS == 0) {
                    sentNanos += Streams.FRAME_NANOS;
                }
                estimate.onSent(path.sequence + i & 0xFFFF, 1200, sentNanos + i % Streams.FRAME_PACKETS * 50_000L);
            }
            path.arriveAndTell();
            if (!path.nextFeedback()) {
                throw new IllegalStateException("no feedback in " + path.length + " bytes");
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int write(Path path) {
        return path.arriveAndTell();
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long parse(Path path) {
        if (path.length == 0) {
            path.arriveAndTell();
        }
        long sum = 0;
        path.nextFeedback();
        while (path.feedback.next()) {
            sum += path.feedback.received() ? path.feedback.arrivalNanos() : path.feedback.sequenceNumber();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long estimate(Path path, Sent sent) {
        sent.estimate.onFeedback(path.feedback, path.nowNanos + 2 * ONE_WAY_NANOS);
        return sent.estimate.bitrateBps();
    }
}
