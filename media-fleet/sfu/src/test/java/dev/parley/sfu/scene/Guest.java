package dev.parley.sfu.scene;

import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.rtcp.NackReader;
import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.rtcp.RtcpWriter;
import dev.parley.sfu.Codec;
import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.sfu.Source;
import dev.parley.sfu.rooms.Participant;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A participant of a test, both ends of its transport: it publishes a microphone, a camera of three layers and a screen, and keeps what it is sent. */
public final class Guest implements PacketSink {
    public static final String[] RIDS = {"q", "h", "f"};
    public static final int[] HEIGHTS = {180, 360, 720};

    private final Scene scene;
    private final Dialect dialect;
    private final long number;
    private final Participant participant;
    private final List<ReceiveSlot> slots = new ArrayList<>();
    public final Sender microphone;
    public final Sender[] camera = new Sender[3];
    public final Sender screen;
    private final List<Sender> senders = new ArrayList<>();

    public final List<Received> received = new ArrayList<>();
    public final List<byte[]> feedback = new ArrayList<>();
    /** Packets towards the node that get lost. */
    public Predicate<byte[]> lost = bytes -> false;
    /** How long a packet to the node travels. */
    public long uplinkNanos;
    /** Whether everything received is kept; counters run anyway. */
    public boolean keep = true;

    public long packets;
    private int transportSequence = 65_530;

    Guest(
            Scene scene,
            long number,
            Dialect dialect,
            int videoSlots,
            int audioSlots,
            Codec videoCodec,
            Set<ExtensionUri> onAudio) {
        this.scene = scene;
        this.number = number;
        this.dialect = dialect;
        long base = number * 1000;
        microphone = sender("0", "", 100, Codec.OPUS, 0, base + 1);
        for (int i = 0; i < 3; i++) {
            camera[i] = sender("1", RIDS[i], i, videoCodec, HEIGHTS[i], base + 11 + 2L * i);
        }
        screen = sender("2", "", 0, videoCodec, 1080, base + 31);
        screen.active = false;
        List<PublishedSource> published = List.of(
                PublishedSource.of("0", Source.MICROPHONE),
                PublishedSource.of("1", Source.CAMERA, RIDS),
                PublishedSource.of("2", Source.SCREEN));
        for (int i = 0; i < audioSlots; i++) {
            slots.add(new ReceiveSlot(false, "a" + i, 0x4000_0000L + base + i, ReceiveSlot.NO_RTX, onAudio));
        }
        for (int i = 0; i < videoSlots; i++) {
            slots.add(new ReceiveSlot(true, "v" + i, 0x5000_0000L + base + i, 0x6000_0000L + base + i));
        }
        participant = new Participant(
                new ParticipantSpec(number, published, slots, dialect.formats(), dialect.extensions()), this);
    }

    private Sender sender(String mid, String rid, int layer, Codec codec, int height, long ssrc) {
        Sender sender = new Sender(this, mid, rid, layer, codec, height, ssrc);
        senders.add(sender);
        return sender;
    }

    public Participant participant() {
        return participant;
    }

    public long number() {
        return number;
    }

    Scene scene() {
        return scene;
    }

    public Dialect dialect() {
        return dialect;
    }

    int nextTransportSequence() {
        transportSequence = transportSequence + 1 & 0xFFFF;
        return transportSequence;
    }

    /** SSRC of a video slot. */
    public long videoSsrc(int slot) {
        return slots.stream()
                .filter(ReceiveSlot::video)
                .skip(slot)
                .findFirst()
                .orElseThrow()
                .ssrc();
    }

    /** RTX SSRC of a video slot. */
    public long rtxSsrc(int slot) {
        return slots.stream()
                .filter(ReceiveSlot::video)
                .skip(slot)
                .findFirst()
                .orElseThrow()
                .rtxSsrc();
    }

    /** SSRC of an audio slot. */
    public long audioSsrc(int slot) {
        return slots.stream()
                .filter(s -> !s.video())
                .skip(slot)
                .findFirst()
                .orElseThrow()
                .ssrc();
    }

    public List<ReceiveSlot> slots() {
        return slots;
    }

    public List<Received> of(long ssrc) {
        return received.stream().filter(r -> r.ssrc() == ssrc).toList();
    }

    /** A packet to the node: lost, or delivered after the uplink's delay. */
    void send(byte[] packet) {
        if (!lost.test(packet)) {
            scene.deliver(uplinkNanos, () -> {
                scene.onArrival(number, packet);
                participant.onRtp(ByteBuffer.wrap(packet), 0, packet.length, scene.nanos());
            });
        }
    }

    /** An RTCP packet to the node. */
    public void sendRtcp(java.util.function.UnaryOperator<RtcpWriter> write) {
        ByteBuffer buffer = ByteBuffer.allocate(1500);
        RtcpWriter writer = write.apply(new RtcpWriter().begin(buffer, 0));
        participant.onRtcp(buffer, 0, writer.length(), scene.nanos());
    }

    @Override
    public void rtp(ByteBuffer buffer, int offset, int length) {
        packets++;
        if (!keep) {
            return;
        }
        RtpPacket packet = new RtpPacket().wrap(buffer, offset, length);
        Map<ExtensionUri, byte[]> elements = new EnumMap<>(ExtensionUri.class);
        int strange = 0;
        HeaderExtensions extensions = new HeaderExtensions().wrap(packet);
        while (extensions.next()) {
            byte[] value = new byte[extensions.valueLength()];
            buffer.get(extensions.valueOffset(), value);
            ExtensionUri uri = dialect.extensions().byId(extensions.id());
            if (uri == null) {
                strange++;
            } else {
                elements.put(uri, value);
            }
        }
        byte[] payload = new byte[packet.payloadLength()];
        buffer.get(packet.payloadOffset(), payload);
        Imprint imprint = payload.length < Imprint.BYTES
                ? null
                : Imprint.read(buffer, packet.payloadOffset() + packet.payloadLength());
        scene.onDelivery(number, imprint);
        received.add(new Received(
                scene.nanos(),
                packet.payloadType(),
                packet.marker(),
                packet.sequenceNumber(),
                packet.timestamp(),
                packet.ssrc(),
                packet.csrcCount() == 0 ? -1 : packet.csrc(0),
                elements,
                strange,
                payload,
                imprint));
    }

    @Override
    public void rtcp(ByteBuffer buffer, int offset, int length) {
        if (keep) {
            byte[] copy = new byte[length];
            buffer.get(offset, copy);
            feedback.add(copy);
        }
        RtcpReader reader = new RtcpReader().wrap(buffer, offset, length);
        NackReader nack = new NackReader();
        while (reader.next()) {
            Sender sender = sender(reader.mediaSsrc());
            if (sender != null && reader.isFeedback(RtcpReader.PAYLOAD_FEEDBACK, RtcpReader.PLI)) {
                sender.keyFrameAsked = true;
                sender.keyFrameRequests++;
            } else if (sender != null && nack.tryWrap(reader)) {
                while (nack.next()) {
                    int missing = nack.sequenceNumber();
                    scene.deliver(uplinkNanos, () -> sender.resend(missing));
                }
            }
        }
    }

    private Sender sender(long ssrc) {
        return senders.stream().filter(s -> s.ssrc == ssrc).findFirst().orElse(null);
    }

    /** Sends what is due at this millisecond: audio each 20 ms, pictures each 33 ms. */
    void onMillisecond(long millis) {
        if (millis % 20 == number % 20) {
            microphone.frame();
        }
        if (millis % 33 == number % 33) {
            for (Sender layer : camera) {
                layer.frame();
            }
            screen.frame();
        }
    }
}
