package dev.parley.node.agents;

import com.sun.management.ThreadMXBean;
import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.sfu.Codec;
import dev.parley.sfu.ConnectionQuality;
import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.sfu.RoomEvents;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.SlotReports;
import dev.parley.sfu.Source;
import dev.parley.sfu.VoiceReports;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.rooms.Participant;
import dev.parley.sfu.rooms.SfuAgent;
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
import dev.parley.transport.udp.UdpEngineChoice;
import dev.parley.transport.udp.UdpEngines;
import dev.parley.transport.udp.UdpSettings;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A whole media agent on a loopback port, with one room in which the first participants publish and the others receive. */
final class AgentUnderTest implements AutoCloseable {
    static final int OPUS = 111;
    static final int VP8 = 96;
    static final int VP8_RTX = 97;
    static final String MICROPHONE_MID = "0";
    static final String CAMERA_MID = "1";
    static final DtlsIdentity IDENTITY = DtlsIdentity.generate(new SecureRandom(), Instant.EPOCH);

    private static final String ROOM = "room";
    private static final ExtensionIds EXTENSIONS = new ExtensionIds(
            Map.of(ExtensionUri.AUDIO_LEVEL, 1, ExtensionUri.TRANSPORT_SEQUENCE, 3, ExtensionUri.MID, 4));
    private static final List<PayloadFormat> FORMATS = List.of(
            new PayloadFormat(OPUS, Codec.OPUS, "", PayloadFormat.NO_RTX),
            new PayloadFormat(VP8, Codec.VP8, "", VP8_RTX));
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicLong NEXT_INDEX = new AtomicLong(100);

    final News news = new News();
    private final int publishers;
    private final MediaAgent agent;
    private final Thread thread;

    /**
     * A running agent.
     *
     * @param publishers participants 1 to this one send a voice and a picture; the others hear all and watch one of them
     */
    AgentUnderTest(UdpEngineChoice engine, SrtpCrypto crypto, int publishers) {
        this.publishers = publishers;
        int index = (int) NEXT_INDEX.getAndIncrement();
        MediaPort port = new MediaPort(
                MediaPortSettings.defaults(),
                UdpEngines.open(engine, UdpSettings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))),
                IDENTITY,
                crypto,
                RANDOM,
                System::nanoTime);
        long epochNanosAtZero = System.currentTimeMillis() * 1_000_000L - System.nanoTime();
        SfuAgent sfu = new SfuAgent(SfuSettings.defaults("node", epochNanosAtZero), ByteBuffer.allocateDirect(4096));
        agent = new MediaAgent(index, port, sfu);
        sfu.openRoom(ROOM, news);
        agent.start();
        thread = Thread.getAllStackTraces().keySet().stream()
                .filter(candidate -> candidate.getName().equals("media-agent-" + index))
                .findFirst()
                .orElseThrow();
    }

    static int id(ExtensionUri uri) {
        return EXTENSIONS.id(uri);
    }

    InetSocketAddress address() {
        return agent.port().localAddress();
    }

    MediaAgent agent() {
        return agent;
    }

    /** Opens a session for a participant, who joins the room when it is connected. */
    TransportSession seat(int number, IceCredentials remote) {
        Seat seat = new Seat(number);
        seat.session = agent.port().open(new SessionRequest(remote, IDENTITY.fingerprint(), DtlsRole.SERVER), seat);
        return seat.session;
    }

    /** What the agent's thread has allocated since it started. */
    long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(thread.threadId());
    }

    @Override
    public void close() {
        try {
            agent.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ParticipantSpec spec(int number) {
        if (number <= publishers) {
            return new ParticipantSpec(
                    number,
                    List.of(
                            PublishedSource.of(MICROPHONE_MID, Source.MICROPHONE),
                            PublishedSource.of(CAMERA_MID, Source.CAMERA)),
                    List.of(),
                    FORMATS,
                    EXTENSIONS);
        }
        return new ParticipantSpec(
                number,
                List.of(),
                List.of(
                        new ReceiveSlot(false, "a0", 10_000 + number, ReceiveSlot.NO_RTX),
                        new ReceiveSlot(false, "a1", 20_000 + number, ReceiveSlot.NO_RTX),
                        new ReceiveSlot(true, "v0", 30_000 + number, 40_000 + number)),
                FORMATS,
                EXTENSIONS);
    }

    /** Between a session and the room, as a node's session is. */
    private final class Seat implements TransportListener, PacketSink {
        private final int number;
        private final Participant participant;
        private volatile TransportSession session;

        Seat(int number) {
            this.number = number;
            participant = new Participant(spec(number), this);
        }

        @Override
        public void connected() {
            agent.sfu().join(ROOM, participant);
            if (number > publishers) {
                long watched = 1 + number % publishers;
                agent.sfu()
                        .want(ROOM, number, 1, List.of(new WantedSlot(0, watched, Source.CAMERA, 320, 180, 0, true)));
            }
        }

        @Override
        public void rtp(ByteBuffer buffer, int offset, int length, long nowNanos) {
            participant.onRtp(buffer, offset, length, nowNanos);
        }

        @Override
        public void rtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
            participant.onRtcp(buffer, offset, length, nowNanos);
        }

        @Override
        public ByteBuffer outgoing() {
            return session.outgoing();
        }

        @Override
        public int outgoingOffset() {
            return session.outgoingOffset();
        }

        @Override
        public void rtp(ByteBuffer buffer, int offset, int length) {
            session.sendRtp(buffer, offset, length);
        }

        @Override
        public void rtcp(ByteBuffer buffer, int offset, int length) {
            session.sendRtcp(buffer, offset, length);
        }

        @Override
        public void closed(CloseReason reason, String detail) {
            agent.sfu().leave(ROOM, participant);
        }

        @Override
        public void text(int channelId, String message) {}
    }

    /** How often the room told what; the agent's thread counts. */
    static final class News implements RoomEvents {
        volatile long qualities;
        volatile long others;

        @Override
        public void slotsChanged(long receiver, long revision, SlotReports slots) {
            others = others + 1;
        }

        @Override
        public void voicesChanged(long receiver, VoiceReports voices) {
            others = others + 1;
        }

        @Override
        public void layersWanted(long publisher, Source source, List<String> rids) {
            others = others + 1;
        }

        @Override
        public void trackFlowing(long publisher, Source source, boolean flowing) {
            others = others + 1;
        }

        @Override
        public void quality(long participant, ConnectionQuality quality) {
            qualities = qualities + 1;
        }
    }
}
