package dev.parley.bench;

import dev.parley.contracts.Wire;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.twcc.TransportFeedbackWriter;
import dev.parley.sctp.CloseReason;
import dev.parley.sctp.DataChannelListener;
import dev.parley.sctp.DataChannels;
import dev.parley.sctp.Reliability;
import dev.parley.sctp.SctpConfig;
import dev.parley.transport.DataChannelIds;
import dev.parley.transport.dtls.DtlsConnection;
import dev.parley.transport.dtls.DtlsException;
import dev.parley.transport.dtls.DtlsHandshake;
import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.dtls.DtlsRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A participant of one socket and no thread but the virtual one that owns its DTLS connection: ICE checks, DTLS, SRTP, data channel and transport-wide
 * feedback are real, the media is numbers.
 */
final class LightPeer implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final int CHECKS = 60;
    private static final long CHECK_MILLIS = 100;
    private static final int HANDSHAKE_MILLIS = 15_000;
    private static final long IDLE_NANOS = 500_000_000L;
    private static final int FEEDBACK_CAPACITY = 1100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PeerPlan plan;
    private final DatagramChannel channel;
    private final IceCredentials local = new IceCredentials(random(4), random(16));
    private final DtlsInbox inbox;
    private final CountDownLatch checked = new CountDownLatch(1);
    private final CountDownLatch seated = new CountDownLatch(1);
    private final Queue<ChannelMessage.Want> wants = new ConcurrentLinkedQueue<>();
    private final TransportFeedbackWriter feedbackWriter = new TransportFeedbackWriter();
    private final byte[] feedback = new byte[FEEDBACK_CAPACITY + 64];
    private final ByteBuffer feedbackBuffer = ByteBuffer.wrap(feedback);
    private volatile IceChecks checks;
    private volatile Received received;
    private volatile SrtpGcm sendingRtp;
    private volatile boolean closed;
    private SrtpGcm sendingRtcp;
    private int transportSequence;

    LightPeer(PeerPlan plan) throws IOException {
        this.plan = plan;
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        inbox = new DtlsInbox(channel);
    }

    private static String random(int bytes) {
        byte[] value = new byte[bytes];
        RANDOM.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    DatagramChannel channel() {
        return channel;
    }

    PeerPlan plan() {
        return plan;
    }

    String offer(DtlsIdentity identity) {
        var own = identity.fingerprint();
        return plan.offer(local, new dev.parley.rtp.sdp.Fingerprint(own.algorithm(), own.value()));
    }

    /**
     * Connects: checks, handshake, data channel, and what it wants to see. The socket is being read by a {@link WireLoop} already.
     *
     * @param want sent when the channel is open
     */
    void connect(DtlsIdentity identity, NodeAnswer answer, Transit transit, ChannelMessage.Want want)
            throws IOException, InterruptedException {
        channel.connect(answer.address());
        IceChecks nominating = new IceChecks(local, answer.ice());
        int tries = 0;
        do {
            if (++tries > CHECKS) {
                throw new IOException("no answer to a connectivity check");
            }
            nominating.send(channel);
        } while (!checked.await(CHECK_MILLIS, TimeUnit.MILLISECONDS));
        DtlsConnection connection =
                DtlsHandshake.run(identity, DtlsRole.CLIENT, answer.fingerprint(), inbox, HANDSHAKE_MILLIS);
        sendingRtcp = SrtpGcm.sending(connection.keys());
        sendingRtp = SrtpGcm.sending(connection.keys());
        received = new Received(answer.slotSsrcs(), SrtpGcm.receiving(connection.keys()), transit);
        checks = nominating;
        Thread.ofVirtual().start(() -> converse(connection, want));
        if (!seated.await(HANDSHAKE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IOException("the data channel did not open");
        }
    }

    private void converse(DtlsConnection connection, ChannelMessage.Want want) {
        DataChannels channels = new DataChannels(SctpConfig.defaults(), true, RANDOM, new Channel(connection));
        channels.negotiate(DataChannelIds.PARLEY, Reliability.RELIABLE);
        channels.negotiate(DataChannelIds.PARLEY_LOSSY, Reliability.LOSSY);
        channels.connect(System.nanoTime());
        channels.sendText(DataChannelIds.PARLEY, Wire.write(want), System.nanoTime());
        byte[] record = new byte[2048];
        try {
            while (!closed) {
                long wait = channels.nextDeadlineNanos() == Long.MAX_VALUE
                        ? IDLE_NANOS
                        : channels.nextDeadlineNanos() - System.nanoTime();
                if (inbox.await(Math.min(wait, IDLE_NANOS))) {
                    int length = connection.receive(record);
                    while (length >= 0) {
                        channels.receive(record, 0, length, System.nanoTime());
                        length = connection.receivePending(record);
                    }
                }
                for (ChannelMessage.Want next = wants.poll(); next != null; next = wants.poll()) {
                    channels.sendText(DataChannelIds.PARLEY, Wire.write(next), System.nanoTime());
                }
                channels.onTimer(System.nanoTime());
            }
        } catch (IOException e) {
            if (!closed) {
                System.err.println("a participant lost its connection: " + e.getMessage());
            }
        }
    }

    /** The node answered a check. */
    void checkAnswered() {
        checked.countDown();
    }

    void dtls(ByteBuffer buffer, int length) {
        byte[] datagram = new byte[length];
        buffer.get(0, datagram);
        inbox.add(datagram);
    }

    /** Null before the handshake is done. */
    Received received() {
        return received;
    }

    /** What RTP is sent under; null before the handshake is done. One thread at a time. */
    SrtpGcm sendingRtp() {
        return sendingRtp;
    }

    /** The transport-wide number of the next packet. The thread that sends RTP. */
    int nextTransportSequence() {
        return transportSequence++ & 0xFFFF;
    }

    /** Any thread: tells the node what this participant wants to see from now on. */
    void want(ChannelMessage.Want want) {
        wants.add(want);
        inbox.nudge();
    }

    /** The thread that reads the socket: keeps consent. */
    void keepConsent() throws IOException {
        IceChecks connected = checks;
        if (connected != null) {
            connected.send(channel);
        }
    }

    /** The thread that reads the socket: tells the node which packets have arrived when (transport-wide feedback). */
    void sendFeedback() throws IOException {
        Received got = received;
        if (got == null) {
            return;
        }
        while (got.arrivals().unreported() > 0) {
            int length = feedbackWriter.write(
                    got.arrivals(), feedbackBuffer, 0, FEEDBACK_CAPACITY, PeerPlan.CAMERA_SSRC, got.lastMediaSsrc());
            if (length == 0) {
                return;
            }
            try {
                channel.write(ByteBuffer.wrap(feedback, 0, sendingRtcp.sealRtcp(feedback, length)));
            } catch (GeneralSecurityException e) {
                throw new IOException("feedback could not be encrypted", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
    }

    private final class Channel implements DataChannelListener {
        private final DtlsConnection connection;

        Channel(DtlsConnection connection) {
            this.connection = connection;
        }

        @Override
        public void packet(byte[] bytes, int offset, int length) {
            try {
                connection.send(bytes, offset, length);
            } catch (DtlsException e) {
                if (!closed) {
                    System.err.println("a participant could not send: " + e.getMessage());
                }
            }
        }

        @Override
        public void established() {
            seated.countDown();
        }

        @Override
        public void opened(int channelId, String label, String protocol, Reliability reliability) {}

        @Override
        public void text(int channelId, String text) {}

        @Override
        public void binary(int channelId, byte[] payload) {}

        @Override
        public void channelClosed(int channelId) {}

        @Override
        public void closed(CloseReason reason) {
            if (!closed) {
                System.err.println("a data channel was closed: " + reason);
            }
        }
    }
}
