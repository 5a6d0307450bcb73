package dev.parley.bench.stages;

import dev.parley.rtp.RtpWriter;
import dev.parley.sfu.ConnectionQuality;
import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
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
import java.nio.ByteBuffer;
import java.util.List;

/** A room in which one camera goes to many receivers, with nothing behind them: what the forwarding itself costs. */
final class Broadcast {
    private static final long BITRATE_BPS = 10_000_000;

    private final SfuAgent agent =
            new SfuAgent(new SfuSettings("node", 0, 4096, BITRATE_BPS, BITRATE_BPS), ByteBuffer.allocateDirect(4096));
    private final ByteBuffer packet = ByteBuffer.allocateDirect(Streams.SLOT_BYTES);
    private final RtpWriter writer = new RtpWriter();
    private final Participant camera;
    private final Participant[] receivers;
    private final Discard[] sinks;
    private long nowNanos = 1_000_000_000L;
    private int frame;
    private int sequence;

    Broadcast(int receiverCount) {
        camera = new Participant(
                new ParticipantSpec(
                        1,
                        List.of(PublishedSource.of("1", Source.CAMERA)),
                        List.of(),
                        Streams.FORMATS,
                        Streams.EXTENSIONS),
                new Discard());
        receivers = new Participant[receiverCount];
        sinks = new Discard[receiverCount];
        agent.openRoom("room", new Unheard());
        agent.join("room", camera);
        for (int i = 0; i < receiverCount; i++) {
            sinks[i] = new Discard();
            receivers[i] = new Participant(
                    new ParticipantSpec(
                            2 + i,
                            List.of(),
                            List.of(new ReceiveSlot(true, "v", slotSsrc(i), slotSsrc(i) + 1)),
                            Streams.FORMATS,
                            Streams.EXTENSIONS),
                    sinks[i]);
            agent.join("room", receivers[i]);
            agent.want("room", 2 + i, 1, List.of(new WantedSlot(0, 1, Source.CAMERA, 1280, 720, 30, true)));
            agent.doWork(nowNanos);
        }
        // The first frames start the slots: a slot begins with a key frame after its track was seen to flow.
        for (int i = 0; i < 60; i++) {
            frame(true);
        }
    }

    static long slotSsrc(int receiver) {
        return 100_000 + 2L * receiver;
    }

    /** One frame of the camera, forwarded to all. */
    void frame(boolean key) {
        nowNanos += Streams.FRAME_NANOS;
        frame++;
        for (int i = 0; i < Streams.FRAME_PACKETS; i++) {
            boolean last = i == Streams.FRAME_PACKETS - 1;
            int length = Streams.write(
                    packet,
                    0,
                    writer,
                    Streams.VP8,
                    last,
                    sequence++,
                    (long) frame * Streams.FRAME_TICKS,
                    Streams.CAMERA_SSRC,
                    Streams.PAYLOAD_BYTES);
            Streams.vp8(packet, length - Streams.PAYLOAD_BYTES, i == 0, key, frame);
            camera.onRtp(packet, 0, length, nowNanos);
        }
        agent.doWork(nowNanos);
    }

    /** Hands in what a receiver says. */
    void rtcp(int receiver, ByteBuffer buffer, int length) {
        receivers[receiver].onRtcp(buffer, 0, length, nowNanos);
    }

    /** The number of the last packet that a receiver was sent. */
    int lastSequence(int receiver) {
        return sinks[receiver].lastSequence;
    }

    /** Packets that all receivers were sent. */
    long sent() {
        long sum = 0;
        for (Discard sink : sinks) {
            sum += sink.packets;
        }
        return sum;
    }

    private static final class Discard implements PacketSink {
        private long packets;
        private int lastSequence;

        @Override
        public void rtp(ByteBuffer buffer, int offset, int length) {
            packets++;
            if ((buffer.get(offset + 1) & 0x7F) == Streams.VP8) {
                lastSequence = buffer.getShort(offset + 2) & 0xFFFF;
            }
        }

        @Override
        public void rtcp(ByteBuffer buffer, int offset, int length) {}
    }

    private static final class Unheard implements RoomEvents {
        @Override
        public void slotsChanged(long receiver, long revision, SlotReports slots) {}

        @Override
        public void voicesChanged(long receiver, VoiceReports voices) {}

        @Override
        public void layersWanted(long publisher, Source source, List<String> rids) {}

        @Override
        public void trackFlowing(long publisher, Source source, boolean flowing) {}

        @Override
        public void quality(long participant, ConnectionQuality quality) {}
    }
}
