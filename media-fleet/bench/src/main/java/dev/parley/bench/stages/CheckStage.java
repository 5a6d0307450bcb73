package dev.parley.bench.stages;

import dev.parley.rtp.stun.StunIntegrity;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import dev.parley.transport.CloseReason;
import dev.parley.transport.MediaPort;
import dev.parley.transport.MediaPortSettings;
import dev.parley.transport.SessionRequest;
import dev.parley.transport.TransportListener;
import dev.parley.transport.TransportSession;
import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.ice.IceCredentials;
import dev.parley.transport.srtp.SrtpCrypto;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A connectivity check of a connected browser: found by its fragment, its integrity verified, and answered. */
@State(Scope.Thread)
public class CheckStage implements TransportListener {
    private static final int CHECKS = 16;

    private FedEngine engine;
    private MediaPort port;

    @Setup
    public void open() throws Exception {
        SecureRandom random = new SecureRandom();
        DtlsIdentity identity = DtlsIdentity.generate(random, Instant.now());
        engine = new FedEngine();
        port = new MediaPort(MediaPortSettings.defaults(), engine, identity, SrtpCrypto.best(), random, () -> 0L);
        IceCredentials remote = IceCredentials.generate(random);
        TransportSession session = port.open(new SessionRequest(remote, identity.fingerprint(), DtlsRole.SERVER), this);
        IceCredentials local = session.localCredentials();
        StunIntegrity integrity = new StunIntegrity();
        ByteBuffer check = ByteBuffer.allocate(256);
        StunWriter writer = new StunWriter()
                .begin(check, 0, StunMessage.BINDING_REQUEST, 1, 2)
                .username((local.ufrag() + ":" + remote.ufrag()).getBytes(StandardCharsets.US_ASCII))
                .priority(1_845_501_695L)
                .controlling(3)
                .useCandidate()
                .integrity(integrity, new StunKey(local.password()))
                .fingerprint(integrity);
        engine.datagram(check, writer.length());
        answer();
        if (engine.sent() != CHECKS) {
            throw new IllegalStateException("of " + CHECKS + " checks " + engine.sent() + " were answered");
        }
    }

    @Benchmark
    @OperationsPerInvocation(CHECKS)
    public int answer() {
        engine.arrive(CHECKS);
        return port.doWork(0);
    }

    @Override
    public void connected() {}

    @Override
    public void rtp(ByteBuffer buffer, int offset, int length, long nowNanos) {}

    @Override
    public void rtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {}

    @Override
    public void text(int channelId, String message) {}

    @Override
    public void closed(CloseReason reason, String detail) {}
}
