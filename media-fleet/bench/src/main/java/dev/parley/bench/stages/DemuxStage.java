package dev.parley.bench.stages;

import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.rtcp.RtcpWriter;
import dev.parley.transport.MediaPort;
import dev.parley.transport.MediaPortSettings;
import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.srtp.SrtpCrypto;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a datagram is and whose: the port's duty cycle around a datagram of an address that has no session. */
@State(Scope.Thread)
public class DemuxStage {
    private static final int DATAGRAMS = 64;

    @Param({"rtp", "rtcp"})
    private String kind;

    private FedEngine engine;
    private MediaPort port;

    @Setup
    public void open() throws Exception {
        SecureRandom random = new SecureRandom();
        engine = new FedEngine();
        port = new MediaPort(
                MediaPortSettings.defaults(),
                engine,
                DtlsIdentity.generate(random, Instant.now()),
                SrtpCrypto.best(),
                random,
                () -> 0L);
        ByteBuffer buffer = ByteBuffer.allocate(Streams.SLOT_BYTES);
        if (kind.equals("rtp")) {
            engine.datagram(
                    buffer,
                    Streams.write(
                            buffer,
                            0,
                            new RtpWriter(),
                            Streams.VP8,
                            false,
                            1,
                            1,
                            Streams.CAMERA_SSRC,
                            Streams.PAYLOAD_BYTES));
        } else {
            RtcpWriter writer = new RtcpWriter().begin(buffer, 0).nack(1, Streams.CAMERA_SSRC, 7);
            engine.datagram(buffer, writer.length());
        }
    }

    @Benchmark
    @OperationsPerInvocation(DATAGRAMS)
    public int datagram() {
        engine.arrive(DATAGRAMS);
        return port.doWork(0);
    }
}
