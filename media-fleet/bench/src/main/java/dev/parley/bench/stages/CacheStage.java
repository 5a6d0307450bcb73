package dev.parley.bench.stages;

import dev.parley.sfu.tracks.MediaPacket;
import dev.parley.sfu.tracks.PacketCache;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The last second of a 2.6 Mb/s stream: a packet copied in, and one of the last found again. */
@State(Scope.Thread)
public class CacheStage {
    private static final int PACKETS_PER_SECOND = 270;

    private final PacketCache cache = new PacketCache();
    private final MediaPacket packet = new MediaPacket();
    private final MediaPacket found = new MediaPacket();
    private final ByteBuffer received = ByteBuffer.allocateDirect(Streams.SLOT_BYTES);
    private long sequence;
    private long nowNanos;
    private int back;

    @Setup
    public void fill() {
        for (int i = 0; i < 4 * PACKETS_PER_SECOND; i++) {
            put();
        }
    }

    @Benchmark
    public void put() {
        nowNanos += 1_000_000_000L / PACKETS_PER_SECOND;
        packet.payload(received, 44, Streams.PAYLOAD_BYTES)
                .header(++sequence, sequence, false, Streams.FORMATS.getLast())
                .extensions(MediaPacket.ABSENT, MediaPacket.ABSENT);
        cache.put(packet, nowNanos);
    }

    @Benchmark
    public boolean find() {
        back = (back + 7) % 128;
        if (!cache.find(sequence - back, found)) {
            throw new IllegalStateException("packet " + (sequence - back) + " is gone");
        }
        return found.marker();
    }
}
