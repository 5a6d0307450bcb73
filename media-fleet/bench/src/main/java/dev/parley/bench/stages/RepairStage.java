package dev.parley.bench.stages;

import dev.parley.rtp.nack.MissingPackets;
import dev.parley.rtp.rtcp.NackReader;
import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.rtcp.RtcpWriter;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Lost packets: noticing one, writing and reading a NACK that names three, and sending one again. */
public class RepairStage {
    private static final int RECEIVERS = 100;

    /** A gap in every tenth place of a stream. */
    @State(Scope.Thread)
    public static class Gaps {
        private final MissingPackets missing = new MissingPackets(256, 10_000_000L);
        private final int[] due = new int[64];
        private int sequence;
        private long nowNanos;
    }

    /** A NACK in a buffer. */
    @State(Scope.Thread)
    public static class Nack {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(256);
        private final RtcpWriter writer = new RtcpWriter();
        private final RtcpReader reader = new RtcpReader();
        private final NackReader nack = new NackReader();
        private int length;

        @Setup
        public void write() {
            length = writer.begin(buffer, 0)
                    .nack(1, Streams.CAMERA_SSRC, 100)
                    .nackAnother(103)
                    .nackAnother(140)
                    .length();
        }
    }

    /** A room whose every receiver misses the packet before the last one of a frame just sent. */
    @State(Scope.Thread)
    public static class Lossy {
        private final Broadcast room = new Broadcast(RECEIVERS);
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(256);
        private final RtcpWriter writer = new RtcpWriter();
        private long sentBefore;

        @Setup(Level.Invocation)
        public void frame() {
            room.frame(false);
            sentBefore = room.sent();
        }
    }

    @Benchmark
    public int notice(Gaps gaps) {
        gaps.sequence += gaps.sequence % 10 == 8 ? 2 : 1;
        gaps.nowNanos += 3_700_000L;
        gaps.missing.onPacket(gaps.sequence & 0xFFFF, gaps.nowNanos);
        return gaps.missing.due(gaps.nowNanos, 50_000_000L, gaps.due);
    }

    @Benchmark
    public int write(Nack nack) {
        nack.write();
        return nack.length;
    }

    @Benchmark
    public int parse(Nack nack) {
        int sum = 0;
        nack.reader.tryWrap(nack.buffer, 0, nack.length);
        while (nack.reader.next()) {
            nack.nack.tryWrap(nack.reader);
            while (nack.nack.next()) {
                sum += nack.nack.sequenceNumber();
            }
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(RECEIVERS)
    public long answerWithOnePacket(Lossy lossy) {
        for (int i = 0; i < RECEIVERS; i++) {
            int length = lossy.writer
                    .begin(lossy.buffer, 0)
                    .nack(1, Broadcast.slotSsrc(i), lossy.room.lastSequence(i) - 1 & 0xFFFF)
                    .length();
            lossy.room.rtcp(i, lossy.buffer, length);
        }
        if (lossy.room.sent() - lossy.sentBefore != RECEIVERS) {
            throw new IllegalStateException((lossy.room.sent() - lossy.sentBefore) + " packets were sent again");
        }
        return lossy.sentBefore;
    }
}
