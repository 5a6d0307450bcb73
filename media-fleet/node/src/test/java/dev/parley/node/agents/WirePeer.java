package dev.parley.node.agents;

import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TextValue;
import dev.parley.rtp.extension.TransportSequence;
import dev.parley.rtp.rtcp.NackReader;
import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.rtcp.RtcpWriter;
import dev.parley.rtp.stun.StunIntegrity;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import dev.parley.rtp.twcc.ArrivalLog;
import dev.parley.rtp.twcc.TransportFeedbackWriter;
import dev.parley.sctp.CloseReason;
import dev.parley.sctp.DataChannelListener;
import dev.parley.sctp.DataChannels;
import dev.parley.sctp.Reliability;
import dev.parley.sctp.SctpConfig;
import dev.parley.transport.DataChannelIds;
import dev.parley.transport.TransportSession;
import dev.parley.transport.dtls.DtlsConnection;
import dev.parley.transport.dtls.DtlsDatagrams;
import dev.parley.transport.dtls.DtlsException;
import dev.parley.transport.dtls.DtlsHandshake;
import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.ice.IceCredentials;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.srtp.SrtpTransformer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The other end of one session, on the thread of the test: real checks, handshake, data channels and SRTP; media that is media by its outside. It sends
 * what it is told and counts what comes.
 */
final class WirePeer implements AutoCloseable {
    static final long CAMERA_SSRC = 2001;
    static final long CAMERA_RTX_SSRC = 2002;
    static final long MICROPHONE_SSRC = 1001;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PAYLOAD_BYTES = 1100;
    private static final int VOICE_BYTES = 80;
    private static final int RECEIVE_BUFFER = 1 << 20;

    final IceCredentials ice = IceCredentials.generate(RANDOM);
    private final DatagramChannel channel = DatagramChannel.open();
    private final Selector selector = Selector.open();
    private final Queue<byte[]> dtlsArrived = new ArrayDeque<>();
    private final StunIntegrity integrity = new StunIntegrity();
    private final StunWriter stun = new StunWriter();
    private final ByteBuffer in = ByteBuffer.allocateDirect(2048);
    private final ByteBuffer out = ByteBuffer.allocateDirect(2048);
    private final ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES);
    private final RtpWriter rtp = new RtpWriter();
    private final RtcpWriter rtcp = new RtcpWriter();
    private final RtpPacket packet = new RtpPacket();
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final RtcpReader reader = new RtcpReader();
    private final NackReader nack = new NackReader();
    private final ArrivalLog arrivals = new ArrivalLog(2048);
    private final TransportFeedbackWriter feedback = new TransportFeedbackWriter();
    private final byte[] username;
    private final byte[] canonicalName = "wire".getBytes(StandardCharsets.US_ASCII);
    private final byte[] cameraMid = TextValue.bytes(AgentUnderTest.CAMERA_MID);
    private final byte[] microphoneMid = TextValue.bytes(AgentUnderTest.MICROPHONE_MID);
    private final StunKey key;
    private final TransportSession session;
    private DtlsConnection dtls;
    private DataChannels channels;
    private SrtpTransformer sending;
    private SrtpTransformer receiving;
    private long transactions;
    private int transportSequence;
    private int videoSequence;
    private int repairSequence;
    private int voiceSequence;
    private int lastVideo = -1;
    private long lastVideoSsrc;

    /** What has come in so far. */
    long media;

    long repairs;
    long checksAnswered;
    long senderReports;
    long feedbacks;
    long nacked;
    long keyFramesAsked;

    /** A peer of a session that was opened for its credentials. */
    WirePeer(AgentUnderTest agent, int number) throws IOException {
        session = agent.seat(number, this.ice);
        IceCredentials remote = session.localCredentials();
        username = (remote.ufrag() + ":" + ice.ufrag()).getBytes(StandardCharsets.US_ASCII);
        key = new StunKey(remote.password());
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.connect(agent.address());
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** Connects: a nominating check, the handshake, the data channels. */
    void connect(DtlsIdentity identity, SrtpCrypto crypto) throws IOException {
        for (int tries = 0; checksAnswered == 0 && tries < 100; tries++) {
            check();
            await(50);
        }
        dtls = DtlsHandshake.run(identity, DtlsRole.CLIENT, identity.fingerprint(), new Datagrams(), 10_000);
        sending = dtls.keys().sending(crypto);
        receiving = dtls.keys().receiving(crypto);
        channels = new DataChannels(SctpConfig.defaults(), true, RANDOM, new Channels());
        channels.negotiate(DataChannelIds.PARLEY, Reliability.RELIABLE);
        channels.negotiate(DataChannelIds.PARLEY_LOSSY, Reliability.LOSSY);
        channels.connect(System.nanoTime());
        byte[] record = new byte[2048];
        for (int tries = 0; !channels.isEstablished() && tries < 500; tries++) {
            await(10);
            while (!dtlsArrived.isEmpty()) {
                int length = dtls.receive(record);
                while (length >= 0) {
                    channels.receive(record, 0, length, System.nanoTime());
                    length = dtls.receivePending(record);
                }
            }
            channels.onTimer(System.nanoTime());
        }
        if (!channels.isEstablished()) {
            throw new IOException("the data channels did not open");
        }
    }

    TransportSession session() {
        return session;
    }

    // ---- what it sends

    /** A check that proves consent. */
    void check() throws IOException {
        stun.begin(out, 0, StunMessage.BINDING_REQUEST, 1, ++transactions)
                .username(username)
                .priority(1_845_501_695L)
                .controlling(7)
                .useCandidate()
                .integrity(integrity, key)
                .fingerprint(integrity);
        write(stun.length());
    }

    /** A picture's packets; {@code skip} of them, if it is one, is left out and waits to be asked for. */
    void frame(int frame, int packets, int skip) throws IOException {
        for (int i = 0; i < packets; i++) {
            describe(i == 0, frame);
            rtp.begin(
                            out,
                            0,
                            AgentUnderTest.VP8,
                            i == packets - 1,
                            videoSequence & 0xFFFF,
                            frame * 3000L & 0xFFFF_FFFFL,
                            CAMERA_SSRC)
                    .beginExtensions(false)
                    .extension(AgentUnderTest.id(ExtensionUri.MID), cameraMid);
            numbered();
            rtp.endExtensions().payload(payload, 0, PAYLOAD_BYTES);
            videoSequence++;
            if (i != skip) {
                sendRtp();
            }
        }
    }

    private void describe(boolean first, int frame) {
        payload.put(0, (byte) (first ? 0x90 : 0x80));
        payload.put(1, (byte) 0x80);
        payload.putShort(2, (short) (0x8000 | frame & 0x7FFF));
        payload.put(4, (byte) (first && frame % 100 == 0 ? 0x10 : 0x11));
        payload.put(7, (byte) 0x9D).put(8, (byte) 0x01).put(9, (byte) 0x2A);
        payload.put(10, (byte) 0x40).put(11, (byte) 1).put(12, (byte) 0xB4).put(13, (byte) 0);
    }

    private void numbered() {
        TransportSequence.write(
                out,
                rtp.extension(AgentUnderTest.id(ExtensionUri.TRANSPORT_SEQUENCE), TransportSequence.LENGTH),
                transportSequence++ & 0xFFFF);
    }

    /** A voice of one level. */
    void voice(int frame) throws IOException {
        rtp.begin(
                        out,
                        0,
                        AgentUnderTest.OPUS,
                        false,
                        voiceSequence++ & 0xFFFF,
                        frame * 960L & 0xFFFF_FFFFL,
                        MICROPHONE_SSRC)
                .beginExtensions(false)
                .extension(AgentUnderTest.id(ExtensionUri.MID), microphoneMid);
        out.put(rtp.extension(AgentUnderTest.id(ExtensionUri.AUDIO_LEVEL), 1), (byte) (0x80 | 30));
        numbered();
        rtp.endExtensions().payload(payload, 0, VOICE_BYTES);
        sendRtp();
    }

    private void repair(int sequence) throws IOException {
        rtp.begin(out, 0, AgentUnderTest.VP8_RTX, false, repairSequence++ & 0xFFFF, 0, CAMERA_RTX_SSRC)
                .beginExtensions(false);
        numbered();
        rtp.endExtensions().payloadShort(sequence).payload(payload, 0, PAYLOAD_BYTES);
        sendRtp();
    }

    private void sendRtp() throws IOException {
        write(sending.protectRtp(out, 0, rtp.length()));
    }

    private void sendRtcp() throws IOException {
        write(sending.protectRtcp(out, 0, rtcp.length()));
    }

    private void write(int length) throws IOException {
        channel.write(out.limit(length).position(0));
        out.clear();
    }

    /** A sender report for the camera, as a publisher sends it. */
    void senderReport(long count) throws IOException {
        rtcp.begin(out, 0)
                .senderReport(CAMERA_SSRC, System.nanoTime(), count, count, count)
                .canonicalName(CAMERA_SSRC, canonicalName);
        sendRtcp();
    }

    /** A receiver report with a block for the slot. */
    void receiverReport() throws IOException {
        rtcp.begin(out, 0)
                .receiverReport(1)
                .reportBlock(lastVideoSsrc, 0, 0, lastVideo, 100, 0, 0)
                .canonicalName(1, canonicalName);
        sendRtcp();
    }

    /** Claims that the last picture packet did not arrive. */
    void missLast() throws IOException {
        if (lastVideo >= 0) {
            rtcp.begin(out, 0).nack(1, lastVideoSsrc, lastVideo);
            sendRtcp();
        }
    }

    /** Asks for a key frame. */
    void askForKeyFrame() throws IOException {
        rtcp.begin(out, 0).pictureLoss(1, lastVideoSsrc);
        sendRtcp();
    }

    /** Says which packets have arrived when. */
    void sendFeedback() throws IOException {
        int length = feedback.write(arrivals, out, 0, 1100, 1, lastVideoSsrc);
        while (length > 0) {
            write(sending.protectRtcp(out, 0, length));
            length = feedback.write(arrivals, out, 0, 1100, 1, lastVideoSsrc);
        }
    }

    // ---- what it receives

    /** Takes in what has arrived; answers how many datagrams that were. */
    int drain() throws IOException {
        int count = 0;
        in.clear();
        while (channel.read(in) > 0) {
            int length = in.position();
            in.clear();
            onDatagram(length);
            count++;
        }
        return count;
    }

    private void onDatagram(int length) throws IOException {
        int first = in.get(0) & 0xFF;
        if (first < 4) {
            checksAnswered++;
        } else if (first < 64) {
            byte[] datagram = new byte[length];
            in.get(0, datagram);
            dtlsArrived.add(datagram);
        } else if (RtcpReader.looksLikeRtcp(in, 0)) {
            onRtcp(receiving.unprotectRtcp(in, 0, length));
        } else {
            onRtp(length);
        }
    }

    /** The header is in the clear: what it says is all that is needed here. */
    private void onRtp(int length) {
        if (!packet.tryWrap(in, 0, length)) {
            return;
        }
        extensions.wrap(packet);
        if (extensions.find(AgentUnderTest.id(ExtensionUri.TRANSPORT_SEQUENCE))) {
            arrivals.onPacket(TransportSequence.read(in, extensions.valueOffset()), System.nanoTime());
        }
        switch (packet.payloadType()) {
            case AgentUnderTest.VP8 -> {
                media++;
                lastVideo = packet.sequenceNumber();
                lastVideoSsrc = packet.ssrc();
            }
            case AgentUnderTest.OPUS -> media++;
            default -> repairs++;
        }
    }

    private void onRtcp(int length) throws IOException {
        if (length < 0 || !reader.tryWrap(in, 0, length)) {
            throw new IOException("the agent sent RTCP that does not open: " + length);
        }
        while (reader.next()) {
            if (reader.type() == RtcpReader.SENDER_REPORT) {
                senderReports++;
            } else if (reader.isFeedback(RtcpReader.PAYLOAD_FEEDBACK, RtcpReader.PLI)) {
                keyFramesAsked++;
            } else if (reader.isFeedback(RtcpReader.TRANSPORT_LAYER_FEEDBACK, RtcpReader.TRANSPORT_FEEDBACK)) {
                feedbacks++;
            } else if (nack.tryWrap(reader)) {
                while (nack.next()) {
                    nacked++;
                    repair(nack.sequenceNumber());
                }
            }
        }
    }

    private void await(long millis) throws IOException {
        selector.select(millis);
        selector.selectedKeys().clear();
        drain();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }

    private final class Datagrams implements DtlsDatagrams {
        @Override
        public int receive(byte[] target, int offset, int capacity, int timeoutMillis) throws IOException {
            if (dtlsArrived.isEmpty() && timeoutMillis > 0) {
                await(timeoutMillis);
            }
            byte[] datagram = dtlsArrived.poll();
            if (datagram == null) {
                return -1;
            }
            System.arraycopy(datagram, 0, target, offset, datagram.length);
            return datagram.length;
        }

        @Override
        public void send(byte[] source, int offset, int length) throws IOException {
            channel.write(ByteBuffer.wrap(source, offset, length));
        }
    }

    private final class Channels implements DataChannelListener {
        @Override
        public void packet(byte[] bytes, int offset, int length) {
            try {
                dtls.send(bytes, offset, length);
            } catch (DtlsException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void established() {}

        @Override
        public void opened(int channelId, String label, String protocol, Reliability reliability) {}

        @Override
        public void text(int channelId, String text) {}

        @Override
        public void binary(int channelId, byte[] message) {}

        @Override
        public void channelClosed(int channelId) {}

        @Override
        public void closed(CloseReason reason) {}
    }
}
