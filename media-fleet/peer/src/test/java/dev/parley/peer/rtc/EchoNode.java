package dev.parley.peer.rtc;

import dev.parley.contracts.media.TrackLabel;
import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.payload.Vp8Payload;
import dev.parley.rtp.rtcp.NackReader;
import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.rtcp.RtcpWriter;
import dev.parley.rtp.sdp.Direction;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.Setup;
import dev.parley.rtp.sdp.Source;
import dev.parley.rtp.sdp.SourceGroup;
import dev.parley.sctp.CloseReason;
import dev.parley.sctp.DataChannelListener;
import dev.parley.sctp.DataChannels;
import dev.parley.sctp.Reliability;
import dev.parley.sctp.SctpConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The other end for tests: answers an offer, takes the sender's layer {@code h} and voice back to it on slot SSRCs, drops
 * some of what it sends, and answers text with text.
 */
public final class EchoNode implements AutoCloseable, DataChannelListener {
    private static final long VOICE_SLOT = 0x1001;
    private static final long VIDEO_SLOT = 0x2001;
    private static final long VIDEO_RTX = 0x2002;

    public final List<String> heard = new CopyOnWriteArrayList<>();
    final Set<String> layersSeen = ConcurrentHashMap.newKeySet();
    final AtomicLong feedback = new AtomicLong();
    final AtomicLong retransmissions = new AtomicLong();
    final AtomicLong nacksAnswered = new AtomicLong();
    final AtomicLong keyFrames = new AtomicLong();
    volatile int dropEvery = 0;
    volatile long layerSsrc = -1;

    private final java.util.Queue<String> wishes = new java.util.concurrent.ConcurrentLinkedQueue<>();
    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.generate(random);
    private final IcePath path = new IcePath(List.of(InetAddress.getByName("127.0.0.1")));
    private final DtlsDatagrams datagrams = new DtlsDatagrams(path);
    private final TransportSequencer sequencer = new TransportSequencer();
    private final byte[] out = new byte[1600];
    private final Map<Integer, byte[]> sentVideo = new ConcurrentHashMap<>();
    private volatile Srtp srtp;
    private volatile boolean stopped;
    private org.bouncycastle.tls.DTLSTransport dtls;
    private DataChannels channels;
    private int voiceSequence;
    private int videoSequence;
    private int rtxSequence;
    private boolean weAreClient;

    public EchoNode() throws IOException {}

    public String answer(String sdp, List<TrackLabel> tracks) {
        SessionDescription offer = SessionDescription.parse(sdp);
        List<MediaDescription> sections = new ArrayList<>();
        MediaDescription first = offer.media().getFirst();
        weAreClient = first.setup().orElseThrow() == Setup.PASSIVE;
        int audio = 0;
        int video = 0;
        for (MediaDescription offered : offer.media()) {
            MediaDescription.Builder section = MediaDescription.builder(offered.kind(), offered.mid())
                    .ice(path.local())
                    .fingerprint(identity.fingerprint())
                    .setup(weAreClient ? Setup.ACTIVE : Setup.PASSIVE)
                    .codecs(offered.codecs())
                    .rtcpMux(true)
                    .direction(offered.direction() == Direction.SENDONLY ? Direction.RECVONLY : Direction.SENDONLY);
            path.candidates().forEach(section::candidate);
            offered.extensions().forEach(section::extension);
            if (offered.direction() == Direction.RECVONLY) {
                switch (offered.kind()) {
                    case AUDIO -> section.source(new Source(VOICE_SLOT + 16L * audio++, Map.of("cname", "node")));
                    case VIDEO -> {
                        long ssrc = VIDEO_SLOT + 16L * video++;
                        section.sourceGroup(new SourceGroup(SourceGroup.FID, List.of(ssrc, ssrc + 1)));
                        section.source(new Source(ssrc, Map.of("cname", "node")));
                        section.source(new Source(ssrc + 1, Map.of("cname", "node")));
                    }
                    default -> throw new AssertionError(offered.kind());
                }
            }
            offered.sctpPort().ifPresent(port -> section.sctpPort(port).maxMessageSize(262_144));
            sections.add(section.build());
        }
        Thread.ofVirtual().start(this::read);
        Thread.ofVirtual().start(() -> session(first));
        return new SessionDescription(1, 1, false, true, offer.bundle(), sections).write();
    }

    private void session(MediaDescription first) {
        try {
            path.connect(first.ice().orElseThrow(), first.candidates(), Duration.ofSeconds(20));
            DtlsEnd.Connected connected = new DtlsEnd(identity, first.fingerprints()).handshake(weAreClient, datagrams);
            srtp = new Srtp(connected.srtp());
            dtls = connected.transport();
            channels = new DataChannels(SctpConfig.defaults(), weAreClient, random, this);
            channels.negotiate(0, Reliability.RELIABLE);
            channels.negotiate(1, Reliability.LOSSY);
            byte[] record = new byte[2048];
            while (!stopped) {
                int length = dtls.receive(record, 0, record.length, 20);
                if (length > 0) {
                    channels.receive(record, 0, length, System.nanoTime());
                }
                String wish = wishes.poll();
                if (wish != null) {
                    channels.sendText(0, wish, System.nanoTime());
                }
                channels.onTimer(System.nanoTime());
            }
        } catch (IOException | InterruptedException e) {
            heard.add("failed: " + e);
        }
    }

    private void read() {
        byte[] bytes = new byte[2048];
        while (!stopped) {
            try {
                int length = path.receive(bytes, Duration.ofMinutes(1));
                int firstByte = bytes[0] & 0xFF;
                if (firstByte >= 20 && firstByte <= 63) {
                    datagrams.offer(java.util.Arrays.copyOf(bytes, length));
                } else if (srtp != null) {
                    onMedia(bytes.clone(), length);
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private void onMedia(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        boolean control = RtcpReader.looksLikeRtcp(buffer, 0);
        int plain = srtp.unprotect(bytes, length, control);
        if (plain < 0) {
            heard.add("failed: not authentic");
            return;
        }
        if (control) {
            onControl(buffer, plain);
            return;
        }
        RtpPacket packet = new RtpPacket().wrap(buffer, 0, plain);
        HeaderExtensions extensions = new HeaderExtensions().wrap(packet);
        if (extensions.find(Extensions.REPAIRED_RID)) {
            retransmissions.incrementAndGet();
            return;
        }
        extensions.wrap(packet);
        if (!extensions.find(Extensions.RID)) {
            echo(packet, VOICE_SLOT, voiceSequence++);
            return;
        }
        String rid = new String(bytes, extensions.valueOffset(), extensions.valueLength(), StandardCharsets.US_ASCII);
        layersSeen.add(rid);
        if (rid.equals("h")) {
            layerSsrc = packet.ssrc();
            Vp8Payload vp8 = new Vp8Payload();
            if (vp8.tryWrap(buffer, packet.payloadOffset(), packet.payloadLength()) && vp8.startOfKeyFrame()) {
                keyFrames.incrementAndGet();
            }
            echo(packet, VIDEO_SLOT, videoSequence++);
        }
    }

    private void echo(RtpPacket packet, long ssrc, int sequence) throws IOException {
        packet.ssrc(ssrc);
        packet.sequenceNumber(sequence & 0xFFFF);
        HeaderExtensions extensions = new HeaderExtensions().wrap(packet);
        if (extensions.find(Extensions.TRANSPORT_SEQUENCE)) {
            packet.buffer().putShort(extensions.valueOffset(), (short) sequencer.next());
        }
        byte[] copy = new byte[packet.length()];
        packet.buffer().get(packet.offset(), copy);
        boolean drop = ssrc == VIDEO_SLOT && dropEvery > 0 && sequence % dropEvery == dropEvery - 1;
        if (ssrc == VIDEO_SLOT) {
            sentVideo.put(sequence & 0xFFFF, copy);
        }
        if (!drop) {
            protectAndSend(copy, copy.length, false);
        }
    }

    private synchronized void protectAndSend(byte[] packet, int length, boolean control) throws IOException {
        System.arraycopy(packet, 0, out, 0, length);
        path.send(out, 0, srtp.protect(out, length, control));
    }

    private void onControl(ByteBuffer buffer, int length) throws IOException {
        RtcpReader reader = new RtcpReader().wrap(buffer, 0, length);
        NackReader nack = new NackReader();
        while (reader.next()) {
            if (reader.isFeedback(RtcpReader.TRANSPORT_LAYER_FEEDBACK, RtcpReader.TRANSPORT_FEEDBACK)) {
                feedback.incrementAndGet();
            } else if (nack.tryWrap(reader)) {
                while (nack.next()) {
                    retransmit(nack.sequenceNumber());
                }
            }
        }
    }

    private void retransmit(int sequence) throws IOException {
        byte[] original = sentVideo.get(sequence);
        if (original == null) {
            return;
        }
        RtpPacket packet = new RtpPacket().wrap(ByteBuffer.wrap(original), 0, original.length);
        byte[] rtx = new byte[original.length + 2];
        System.arraycopy(original, 0, rtx, 0, packet.headerLength());
        System.arraycopy(
                original,
                packet.headerLength(),
                rtx,
                packet.headerLength() + 2,
                original.length - packet.headerLength());
        ByteBuffer.wrap(rtx)
                .put(1, (byte) ((rtx[1] & 0x80) | Offer.VP8_RTX))
                .putShort(2, (short) rtxSequence++)
                .putInt(8, (int) VIDEO_RTX)
                .putShort(packet.headerLength(), (short) sequence);
        nacksAnswered.incrementAndGet();
        protectAndSend(rtx, rtx.length, false);
    }

    /** Asks the sender for a key frame, or for packets. */
    void ask(java.util.function.Consumer<RtcpWriter> what) throws IOException {
        byte[] bytes = new byte[200];
        RtcpWriter writer = new RtcpWriter().begin(ByteBuffer.wrap(bytes), 0);
        what.accept(writer);
        protectAndSend(bytes, writer.length(), true);
    }

    /** Tells the peer that its session is over. */
    public void end(String reason) {
        wishes.add("{\"t\":\"end\",\"reason\":\"" + reason + "\"}");
    }

    @Override
    public void packet(byte[] bytes, int offset, int length) {
        try {
            dtls.send(bytes, offset, length);
        } catch (IOException e) {
            heard.add("failed: " + e);
        }
    }

    @Override
    public void established() {
        channels.sendText(
                0, "{\"t\":\"layers\",\"tracks\":[{\"source\":\"camera\",\"rids\":[\"q\",\"h\"]}]}", System.nanoTime());
    }

    @Override
    public void opened(int channelId, String label, String protocol, Reliability reliability) {
        heard.add("opened " + label);
    }

    @Override
    public void text(int channelId, String text) {
        heard.add(text);
        if (text.contains("\"want\"")) {
            channels.sendText(0, "{\"t\":\"slots\",\"rev\":1,\"slots\":[]}", System.nanoTime());
        }
    }

    @Override
    public void binary(int channelId, byte[] payload) {
        heard.add("binary");
    }

    @Override
    public void channelClosed(int channelId) {
        heard.add("channel closed");
    }

    @Override
    public void closed(CloseReason reason) {
        heard.add("closed " + reason.kind());
    }

    @Override
    public void close() {
        stopped = true;
        path.close();
    }
}
