package dev.parley.bench.wire;

import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.twcc.TransportFeedbackWriter;
import dev.parley.transport.dtls.DtlsConnection;
import dev.parley.transport.dtls.DtlsHandshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** One transport of a participant: ICE, DTLS, SRTP and transport-wide feedback are real, the media is numbers. No thread and no socket of its own. */
public final class LightTransport implements AutoCloseable {
    /** No place in the address plan: at an address that others have, too. */
    static final int SHARED = -1;

    private static final int CHECKS = 60;
    private static final long CHECK_MILLIS = 100;
    private static final int HANDSHAKE_MILLIS = 15_000;
    private static final int FEEDBACK_CAPACITY = 1100;
    private static final long FEEDBACK_SSRC = 2001;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Wires wires;
    private final int index;
    private final int source;
    private final IceCredentials local = new IceCredentials(random(4), random(16));
    private final IceAgent ice = new IceAgent(local, this::sendAny);
    private final DtlsInbox inbox = new DtlsInbox(this);
    private final TransportFeedbackWriter feedbackWriter = new TransportFeedbackWriter();
    private volatile long remote;
    private volatile Received received;
    private volatile SrtpGcm sendingRtp;
    private volatile boolean closed;
    private volatile LongConsumer keyFrames;
    private SrtpGcm sendingRtcp;
    private SrtpGcm receivingRtcp;
    private int transportSequence;

    /**
     * A transport of these wires.
     *
     * @param index its place in the address plan, or {@link #SHARED}
     * @param source its address
     */
    LightTransport(Wires wires, int index, int source) {
        this.wires = wires;
        this.index = index;
        this.source = source;
    }

    private static String random(int bytes) {
        byte[] value = new byte[bytes];
        RANDOM.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    /** Where it takes datagrams: its one candidate. */
    public InetSocketAddress address() {
        return new InetSocketAddress(AddressPlan.inet(source), wires.port());
    }

    public IceCredentials credentials() {
        return local;
    }

    public Fingerprint fingerprint() {
        var own = wires.identity().fingerprint();
        return new Fingerprint(own.algorithm(), own.value());
    }

    /**
     * Connects: checks, handshake, keys. From then on media can go both ways, and the DTLS connection belongs to the caller.
     *
     * @throws IOException when no pair is found in time, or the handshake fails
     */
    public DtlsConnection connect(RemoteSide side) throws IOException, InterruptedException {
        wires.expect(this, side.packed());
        ice.begin(side.ice(), side.controlling(), side.packed());
        int tries = 0;
        do {
            if (++tries > CHECKS) {
                throw new IOException("no pair of " + address() + " and " + side.address() + " works");
            }
            ice.check();
        } while (!ice.await(CHECK_MILLIS));
        remote = ice.remote();
        DtlsConnection connection =
                DtlsHandshake.run(wires.identity(), side.dtls(), side.fingerprint(), inbox, HANDSHAKE_MILLIS);
        sendingRtcp = SrtpGcm.sending(connection.keys());
        receivingRtcp = SrtpGcm.receiving(connection.keys());
        sendingRtp = SrtpGcm.sending(connection.keys());
        received = new Received(
                side.mediaSsrcs(),
                side.transportSequenceId(),
                SrtpGcm.receiving(connection.keys()),
                wires.transit(),
                wires.sample());
        return connection;
    }

    /** The DTLS records that come after the handshake. */
    public DtlsInbox inbox() {
        return inbox;
    }

    /** Null before the handshake is done. */
    public Received received() {
        return received;
    }

    /** The transport-wide number of the next packet. The thread that sends RTP. */
    public int nextTransportSequence() {
        return transportSequence++ & 0xFFFF;
    }

    /** Who is told which SSRC the other side wants a key frame of (PLI or FIR). */
    public void onKeyFrameWanted(LongConsumer listener) {
        keyFrames = listener;
    }

    /**
     * Encrypts a packet in place and gives it to the sender, which must be flushed. One thread at a time.
     *
     * @param packet with room for {@link SrtpGcm#TAG_BYTES} behind it
     */
    public void sendRtp(BurstSender sender, byte[] packet, int headerLength, int length, long rollover)
            throws GeneralSecurityException {
        SrtpGcm srtp = sendingRtp;
        if (srtp != null && !closed) {
            sender.add(source, remote, packet, 0, srtp.sealRtp(packet, headerLength, length, rollover));
        }
    }

    void send(byte[] bytes, int offset, int length) {
        if (!closed) {
            wires.send(source, remote(), bytes, offset, length);
        }
    }

    private void sendAny(long to, byte[] bytes, int length) {
        if (!closed) {
            wires.send(source, to, bytes, 0, length);
        }
    }

    /** The reading thread: one datagram; the first byte tells what it is (RFC 7983). */
    void datagram(ByteBuffer buffer, int offset, int length, long from, long nowNanos) {
        int first = buffer.get(offset) & 0xFF;
        if (first < 4) {
            ice.receive(buffer, offset, length, from);
        } else if (first >= 20 && first < 64) {
            byte[] datagram = new byte[length];
            buffer.get(offset, datagram);
            inbox.add(datagram);
        } else if (first >= 128 && first < 192) {
            int type = buffer.get(offset + 1) & 0xFF;
            Received got = received;
            if (type >= 192 && type < 224) {
                wires.countRtcp();
                rtcp(buffer, offset, length);
            } else if (got != null) {
                got.rtp(buffer, offset, length, nowNanos);
            }
        }
    }

    private void rtcp(ByteBuffer buffer, int offset, int length) {
        LongConsumer listener = keyFrames;
        byte[] sample = wires.sample();
        if (listener == null || received == null || length > sample.length) {
            return;
        }
        buffer.get(offset, sample, 0, length);
        try {
            KeyFrameRequests.find(sample, receivingRtcp.openRtcp(sample, length), listener);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    /** The reading thread: keeps consent. */
    void keepConsent() {
        if (received != null) {
            ice.check();
        }
    }

    /** The reading thread: tells the server which packets have arrived when (transport-wide feedback). */
    void sendFeedback(BurstSender sender, byte[] room, ByteBuffer roomBuffer) {
        Received got = received;
        if (got == null || closed) {
            return;
        }
        while (got.arrivals().unreported() > 0) {
            int length = feedbackWriter.write(
                    got.arrivals(), roomBuffer, 0, FEEDBACK_CAPACITY, FEEDBACK_SSRC, got.lastMediaSsrc());
            if (length == 0) {
                return;
            }
            try {
                sender.add(source, remote, room, 0, sendingRtcp.sealRtcp(room, length));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no AES-GCM", e);
            }
        }
    }

    int index() {
        return index;
    }

    /** Where the other side is: address in the upper half, port in the lower; 0 while nobody knows. */
    long remote() {
        return remote == 0 ? ice.remote() : remote;
    }

    /** No packet comes in or goes out any more. The DTLS connection is closed by its owner, before. */
    @Override
    public void close() {
        closed = true;
        wires.remove(this);
        inbox.nudge();
    }
}
