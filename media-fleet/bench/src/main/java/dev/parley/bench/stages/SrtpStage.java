package dev.parley.bench.stages;

import dev.parley.rtp.RtpWriter;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.srtp.SrtpProfile;
import dev.parley.transport.srtp.SrtpProvider;
import dev.parley.transport.srtp.SrtpTransformer;
import java.nio.ByteBuffer;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Protecting and opening 1200-byte packets in place, AES-128-GCM, under 300 keys in turn as in a busy room. */
@State(Scope.Thread)
public class SrtpStage {
    private static final int KEYS = 300;

    @Param({"IPSEC_MB", "ACCP", "JCE"})
    private SrtpProvider provider;

    private final SrtpTransformer[] sealing = new SrtpTransformer[KEYS];
    private final SrtpTransformer[] opening = new SrtpTransformer[KEYS];
    private final ByteBuffer packets = ByteBuffer.allocateDirect(KEYS * Streams.SLOT_BYTES);
    private final int[] lengths = new int[KEYS];
    private final RtpWriter writer = new RtpWriter();
    private int sequence;

    @Setup
    public void keys() {
        SrtpCrypto crypto = provider.probe().crypto().orElseThrow();
        SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
        Random random = new Random(1);
        for (int i = 0; i < KEYS; i++) {
            byte[] key = new byte[profile.keyBytes()];
            byte[] salt = new byte[profile.saltBytes()];
            random.nextBytes(key);
            random.nextBytes(salt);
            sealing[i] = crypto.transformer(profile, key, salt);
            opening[i] = crypto.transformer(profile, key, salt);
        }
    }

    /** Sealed packets to open, and headers to seal: a number is used once only. */
    @Setup(Level.Invocation)
    public void write() {
        sequence++;
        for (int i = 0; i < KEYS; i++) {
            lengths[i] = Streams.write(
                    packets,
                    i * Streams.SLOT_BYTES,
                    writer,
                    Streams.VP8,
                    false,
                    2 * sequence,
                    sequence,
                    Streams.CAMERA_SSRC,
                    Streams.PAYLOAD_BYTES);
            lengths[i] = sealing[i].protectRtp(packets, i * Streams.SLOT_BYTES, lengths[i]);
        }
    }

    @Benchmark
    @OperationsPerInvocation(KEYS)
    public int open() {
        int opened = 0;
        for (int i = 0; i < KEYS; i++) {
            opened += opening[i].unprotectRtp(packets, i * Streams.SLOT_BYTES, lengths[i]);
        }
        if (opened < 0) {
            throw new IllegalStateException("packets were refused");
        }
        return opened;
    }

    @Benchmark
    @OperationsPerInvocation(KEYS)
    public int seal() {
        int sealed = 0;
        for (int i = 0; i < KEYS; i++) {
            int at = i * Streams.SLOT_BYTES;
            packets.putShort(at + 2, (short) (2 * sequence + 1));
            sealed += sealing[i].protectRtp(packets, at, lengths[i] - 16);
        }
        if (sealed < 0) {
            throw new IllegalStateException("packets were refused");
        }
        return sealed;
    }

    @TearDown
    public void forget() {
        for (int i = 0; i < KEYS; i++) {
            sealing[i].close();
            opening[i].close();
        }
    }
}
