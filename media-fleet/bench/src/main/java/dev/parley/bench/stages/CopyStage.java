package dev.parley.bench.stages;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Copying a packet of 1200 bytes into the next of so many slots of a slab: what it costs depends on whether the slab stays in a cache. */
@State(Scope.Thread)
public class CopyStage {
    private static final int PACKETS = 256;
    private static final int BYTES = 1200;
    private static final int SLOT_BYTES = 2048;

    @Param({"16", "256", "8192"})
    private int slots;

    private final ByteBuffer packet = ByteBuffer.allocateDirect(SLOT_BYTES);
    private final ByteBuffer slab = ByteBuffer.allocateDirect(8192 * SLOT_BYTES);
    private int slot;

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public ByteBuffer copy() {
        for (int i = 0; i < PACKETS; i++) {
            slot = slot + 1 & slots - 1;
            slab.put(slot * SLOT_BYTES, packet, 0, BYTES);
        }
        return slab;
    }
}
