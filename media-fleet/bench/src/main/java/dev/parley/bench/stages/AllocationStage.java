package dev.parley.bench.stages;

import dev.parley.rtp.RtpWriter;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.Source;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.allocation.VideoAllocation;
import dev.parley.sfu.tracks.MediaPacket;
import dev.parley.sfu.tracks.PublisherClock;
import dev.parley.sfu.tracks.Track;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Dividing the bandwidth of 50 receivers among nine slots each, of cameras with three layers. One operation is one receiver. */
@State(Scope.Thread)
public class AllocationStage {
    private static final int RECEIVERS = 50;
    private static final int SLOTS = 9;
    private static final int LAYERS = 3;
    private static final long NOW_NANOS = 2_000_000_000L;

    private final VideoAllocation[] allocations = new VideoAllocation[RECEIVERS];
    private long bandwidthBps;

    @Setup
    public void join() {
        Track[] cameras = new Track[RECEIVERS];
        for (int i = 0; i < RECEIVERS; i++) {
            cameras[i] = camera(i);
        }
        for (int i = 0; i < RECEIVERS; i++) {
            Receiver receiver = new Receiver(1 + i, SLOTS, 3);
            for (int slot = 0; slot < SLOTS; slot++) {
                int publisher = (i + 1 + slot) % RECEIVERS;
                receiver.videoSlots()[slot].want(
                        new WantedSlot(slot, 1 + publisher, Source.CAMERA, 0, slot == 0 ? 720 : 180, 30, slot == 0),
                        cameras[publisher]);
            }
            allocations[i] = new VideoAllocation(receiver.videoSlots(), 3);
        }
    }

    private static Track camera(int index) {
        Track track = new Track(1 + index, PublishedSource.of("1", Source.CAMERA, "q", "h", "f"), new PublisherClock());
        ByteBuffer buffer = ByteBuffer.allocate(Streams.SLOT_BYTES);
        MediaPacket packet = new MediaPacket();
        for (int layer = 0; layer < LAYERS; layer++) {
            track.start(layer, 10 * index + layer + 1L, 90_000);
            for (int i = 0; i < 20 << layer; i++) {
                int at = Streams.write(buffer, 0, new RtpWriter(), Streams.VP8, true, i, i, 1, 0);
                Streams.vp8(buffer, at, true, true, i);
                packet.payload(buffer, at, 1000)
                        .header(1 + i, i, true, Streams.FORMATS.getLast())
                        .extensions(MediaPacket.ABSENT, MediaPacket.ABSENT);
                track.layer(layer).onPacket(packet, false, NOW_NANOS - 500_000_000L + i * 5_000_000L);
            }
        }
        return track;
    }

    @Benchmark
    @OperationsPerInvocation(RECEIVERS)
    public long divide() {
        bandwidthBps = bandwidthBps == 3_000_000 ? 2_000_000 : 3_000_000;
        long wanted = 0;
        for (VideoAllocation allocation : allocations) {
            allocation.run(bandwidthBps, NOW_NANOS);
            wanted += allocation.wantedBps();
        }
        return wanted;
    }
}
