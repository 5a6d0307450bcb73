package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.fuzz.Fuzz;
import dev.parley.rtp.stun.StunIntegrity;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import dev.parley.transport.dtls.DtlsDatagrams;
import dev.parley.transport.dtls.DtlsException;
import dev.parley.transport.dtls.DtlsHandshake;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.ice.IceCredentials;
import dev.parley.transport.srtp.Providers;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.srtp.SrtpProfile;
import dev.parley.transport.srtp.SrtpProvider;
import dev.parley.transport.srtp.SrtpTransformer;
import dev.parley.transport.udp.MemoryUdpEngine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives: no exception leaves, no state appears. */
@Tag("fuzz")
class TransportFuzzTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4000);
    private static final int DATAGRAMS_A_TURN = 32;
    private static final int HANDSHAKE_MILLIS = 10_000;
    private static final InetSocketAddress STRANGER = new InetSocketAddress("127.0.0.1", 4001);

    /** Nothing is allowed to be thrown. */
    private static final class Nothing extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void anyDatagramOnAPort() {
        MemoryUdpEngine engine = new MemoryUdpEngine();
        MediaPort port = new MediaPort(
                MediaPortSettings.defaults(),
                engine,
                RunningPort.IDENTITY,
                SrtpCrypto.best(),
                new SecureRandom(),
                System::nanoTime);
        RecordingListener listener = new RecordingListener();
        TransportSession session = port.open(
                new SessionRequest(
                        IceCredentials.generate(new SecureRandom()),
                        RunningPort.IDENTITY.fingerprint(),
                        DtlsRole.CLIENT),
                listener);
        port.doWork(System.nanoTime());
        List<byte[]> corpus = new ArrayList<>(Fuzz.corpus(TransportFuzzTest.class, "/fuzz/datagrams.hex"));
        corpus.add(check(session.localCredentials(), false));
        engine.arrive(PEER, check(session.localCredentials(), false));
        port.doWork(System.nanoTime());
        assertThat(engine.keptAddresses()).isEqualTo(1);

        Fuzz.run("media-port", Nothing.class, corpus, input -> {
            if (input.length > 0 && input[0] >= 20 && input[0] <= 63) {
                return; // DTLS has a target of its own below, and would start a thread here.
            }
            engine.arrive(STRANGER, input);
            engine.arrive(PEER, input.clone());
            port.doWork(System.nanoTime());
            engine.sent().clear();
        });

        assertThat(port.counters().failures()).isZero();
        assertThat(engine.keptAddresses())
                .as("the stranger may have sent the one valid check of the corpus")
                .isLessThanOrEqualTo(2);
        assertThat(listener.rtp).isEmpty();
        assertThat(listener.rtcp).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.parley.transport.srtp.Providers#withEveryProfile")
    void anySrtpPacket(SrtpProvider provider, SrtpProfile profile) {
        SrtpCrypto crypto = Providers.required(provider);
        SrtpTransformer sender = transformer(crypto, profile);
        List<byte[]> corpus = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ByteBuffer buffer = ByteBuffer.allocate(256);
            buffer.put(0, (byte) (i % 2 == 0 ? 0x80 : 0x91))
                    .putShort(2, (short) i)
                    .putInt(8, 5);
            buffer.putInt(16, 0xBEDE0001);
            corpus.add(Arrays.copyOf(buffer.array(), sender.protectRtp(buffer, 0, 40 + i)));
            buffer.put(0, (byte) 0x80).put(1, (byte) 200).putInt(4, 5);
            corpus.add(Arrays.copyOf(buffer.array(), sender.protectRtcp(buffer, 0, 28)));
        }
        SrtpTransformer receiver = transformer(crypto, profile);
        long[] opened = new long[1];
        Fuzz.run(
                "srtp-" + provider.setting() + "-" + profile.name().toLowerCase(Locale.ROOT),
                Nothing.class,
                corpus,
                input -> {
                    ByteBuffer buffer = ByteBuffer.wrap(Arrays.copyOf(input, input.length + 64));
                    opened[0] += receiver.unprotectRtp(buffer, 0, input.length) >= 0 ? 1 : 0;
                    buffer.put(0, input);
                    opened[0] += receiver.unprotectRtcp(buffer, 0, input.length) >= 0 ? 1 : 0;
                });
        assertThat(opened[0])
                .as("each packet of the corpus opens once, nothing else does")
                .isEqualTo(corpus.size());
    }

    @ParameterizedTest
    @EnumSource
    void anyDtlsDatagrams(DtlsRole role) {
        List<byte[]> corpus = Fuzz.corpus(TransportFuzzTest.class, "/fuzz/dtls.hex");
        Arriving arriving = new Arriving();
        Fuzz.run("dtls-" + role.name().toLowerCase(Locale.ROOT), Nothing.class, corpus, input -> {
            arriving.datagrams.add(input);
            while (arriving.datagrams.size() >= DATAGRAMS_A_TURN) {
                arriving.left = DATAGRAMS_A_TURN;
                try {
                    DtlsHandshake.run(
                            RunningPort.IDENTITY, role, RunningPort.IDENTITY.fingerprint(), arriving, HANDSHAKE_MILLIS);
                } catch (DtlsException e) {
                    // The next handshake takes what this one left.
                }
            }
        });
    }

    /** Datagrams for one handshake after another; each takes some, until it gives up. */
    private static final class Arriving implements DtlsDatagrams {
        private final Deque<byte[]> datagrams = new ArrayDeque<>();
        private int left;

        @Override
        public int receive(byte[] target, int offset, int capacity, int timeoutMillis) throws IOException {
            byte[] datagram = left-- > 0 ? datagrams.poll() : null;
            if (datagram == null) {
                throw new IOException("that was all");
            }
            int length = Math.min(datagram.length, capacity);
            System.arraycopy(datagram, 0, target, offset, length);
            return length;
        }

        @Override
        public void send(byte[] source, int offset, int length) {}
    }

    private static SrtpTransformer transformer(SrtpCrypto crypto, SrtpProfile profile) {
        return crypto.transformer(profile, new byte[profile.keyBytes()], new byte[profile.saltBytes()]);
    }

    private static byte[] check(IceCredentials local, boolean nominate) {
        ByteBuffer request = ByteBuffer.allocate(256);
        StunIntegrity integrity = new StunIntegrity();
        StunWriter writer = new StunWriter()
                .begin(request, 0, StunMessage.BINDING_REQUEST, 7, 1)
                .username((local.ufrag() + ":peer").getBytes(StandardCharsets.US_ASCII))
                .priority(1)
                .controlling(9);
        if (nominate) {
            writer.useCandidate();
        }
        writer.integrity(integrity, new StunKey(local.password())).fingerprint(integrity);
        return Arrays.copyOf(request.array(), writer.length());
    }
}
