package dev.parley.bench.stages;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From a decrypted packet of a camera to a packet for each receiver: header read, kept, rewritten with the receiver's numbers, payload copied. One
 * operation is one packet to one receiver; the reading is shared by all.
 */
@State(Scope.Thread)
public class ForwardStage {
    private static final int FRAMES_TO_ONE = 100;
    private static final int PACKETS = FRAMES_TO_ONE * Streams.FRAME_PACKETS;

    @Param({"1", "10", "100"})
    private int receivers;

    private Broadcast room;

    @Setup
    public void join() {
        room = new Broadcast(receivers);
        long before = room.sent();
        forward();
        if (room.sent() - before < PACKETS) {
            throw new IllegalStateException("only " + (room.sent() - before) + " packets were forwarded");
        }
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void forward() {
        for (int i = 0; i < FRAMES_TO_ONE / receivers; i++) {
            room.frame(false);
        }
    }
}
