package dev.parley.bench.stages;

import dev.parley.rtp.payload.Av1Payload;
import dev.parley.rtp.payload.H264Payload;
import dev.parley.rtp.payload.Vp8Payload;
import dev.parley.rtp.payload.Vp9Payload;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Whether a key frame begins with a packet, by each codec's payload descriptor. */
@State(Scope.Thread)
public class KeyFrameStage {
    private final ByteBuffer vp8Packet = payload(0x90, 0x80, 0x81, 0x23, 0x00, 0x9D, 0x01, 0x2A, 0, 5, 0xD0, 2);
    private final ByteBuffer vp9Packet = payload(0xAA, 0x81, 0x23, 0x00, 0x07, 0x18, 5, 0, 2, 0xD0, 0);
    private final ByteBuffer h264Packet = payload(0x78, 0, 4, 0x67, 0x42, 0xE0, 0x1F, 0, 4, 0x68, 0xCE, 0x3C, 0x80);
    private final ByteBuffer av1Packet = payload(0x18, 0x0A, 0x0B);
    private final Vp8Payload vp8 = new Vp8Payload();
    private final Vp9Payload vp9 = new Vp9Payload();

    private static ByteBuffer payload(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Streams.PAYLOAD_BYTES);
        for (int i = 0; i < bytes.length; i++) {
            buffer.put(i, (byte) bytes[i]);
        }
        return buffer;
    }

    @Benchmark
    public boolean vp8() {
        return vp8.tryWrap(vp8Packet, 0, Streams.PAYLOAD_BYTES) && vp8.startOfKeyFrame() && vp8.height() > 0;
    }

    @Benchmark
    public boolean vp9() {
        return vp9.tryWrap(vp9Packet, 0, Streams.PAYLOAD_BYTES) && vp9.startOfKeyFrame();
    }

    @Benchmark
    public boolean h264() {
        return H264Payload.startOfKeyFrame(h264Packet, 0, Streams.PAYLOAD_BYTES);
    }

    @Benchmark
    public boolean av1() {
        return Av1Payload.startOfKeyFrame(av1Packet, 0, Streams.PAYLOAD_BYTES);
    }
}
