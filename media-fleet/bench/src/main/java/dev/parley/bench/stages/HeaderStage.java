package dev.parley.bench.stages;

import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TransportSequence;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The RTP header, its fields, and its two extensions found by what they mean; and the same written. */
@State(Scope.Thread)
public class HeaderStage {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Streams.SLOT_BYTES);
    private final RtpPacket packet = new RtpPacket();
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final RtpWriter writer = new RtpWriter();
    private int length;
    private int sequence;

    @Setup
    public void write() {
        length = Streams.write(
                buffer, 0, writer, Streams.VP8, true, ++sequence, 1, Streams.CAMERA_SSRC, Streams.PAYLOAD_BYTES);
    }

    @Benchmark
    public long parse() {
        if (!packet.tryWrap(buffer, 0, length)) {
            throw new IllegalStateException("malformed");
        }
        long sum = packet.ssrc() + packet.sequenceNumber() + packet.timestamp() + packet.payloadType();
        extensions.wrap(packet);
        while (extensions.next()) {
            ExtensionUri uri = Streams.EXTENSIONS.byId(extensions.id());
            sum += uri == ExtensionUri.TRANSPORT_SEQUENCE
                    ? TransportSequence.read(buffer, extensions.valueOffset())
                    : extensions.valueLength();
        }
        return sum;
    }

    @Benchmark
    public int build() {
        write();
        return length;
    }
}
