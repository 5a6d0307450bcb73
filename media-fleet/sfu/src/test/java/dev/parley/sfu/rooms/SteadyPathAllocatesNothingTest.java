package dev.parley.sfu.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TextValue;
import dev.parley.rtp.rtcp.RtcpWriter;
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
import dev.parley.sfu.scene.Dialect;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets, NACKs and the clockwork of a room in which nothing changes are handled without garbage. */
class SteadyPathAllocatesNothingTest {
    private static final int RECEIVERS = 8;
    private static final int FRAMES = 3000;

    private long nanos = 1_000_000_000L;
    private long sent;

    private final SfuAgent agent = new SfuAgent(SfuSettings.defaults("node", 0), ByteBuffer.allocate(2048));
    private final ByteBuffer packet = ByteBuffer.allocate(1500);
    private final ByteBuffer rtcp = ByteBuffer.allocate(200);
    private final RtpWriter writer = new RtpWriter();
    private final RtcpWriter rtcpWriter = new RtcpWriter();
    private final ByteBuffer payload = ByteBuffer.allocate(1000);
    private final byte[] camera = TextValue.bytes("1");
    private final byte[] microphone = TextValue.bytes("0");
    private int transport;

    @Test
    void aSteadyRoomAllocatesNothingPerPacket() {
        Participant publisher = new Participant(
                new ParticipantSpec(
                        1,
                        List.of(PublishedSource.of("0", Source.MICROPHONE), PublishedSource.of("1", Source.CAMERA)),
                        List.of(),
                        Dialect.FIRST.formats(),
                        Dialect.FIRST.extensions()),
                new Wire());
        agent.openRoom("r", new Silent());
        agent.join("r", publisher);
        List<Participant> receivers = new ArrayList<>();
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < RECEIVERS; i++) {
            Wire wire = new Wire();
            wires.add(wire);
            Participant receiver = new Participant(
                    new ParticipantSpec(
                            2 + i,
                            List.of(),
                            List.of(
                                    new ReceiveSlot(false, "a", 100 + i, ReceiveSlot.NO_RTX),
                                    new ReceiveSlot(true, "v", 200 + i, 300 + i)),
                            Dialect.SECOND.formats(),
                            Dialect.SECOND.extensions()),
                    wire);
            receivers.add(receiver);
            agent.join("r", receiver);
            agent.want("r", 2 + i, 1, List.of(new WantedSlot(0, 1, Source.CAMERA, 320, 180, 0, false)));
        }
        frames(publisher, receivers, wires, 0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sentBefore = sent;
        long before = threads.getCurrentThreadAllocatedBytes();
        frames(publisher, receivers, wires, FRAMES);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        long packets = sent - sentBefore;
        assertThat(packets)
                .as("a voice, three of a picture and one again")
                .isGreaterThanOrEqualTo(5L * FRAMES * RECEIVERS);
        // Quality samples are records, one per participant every two seconds; nothing else may appear here.
        long samples = FRAMES * 33L / 2000 * (RECEIVERS + 1);
        assertThat(bytes).as("bytes for %d packets", packets).isLessThan(samples * 100 + 20_000);
        System.out.printf("allocated %.4f bytes a packet sent, %d packets%n", (double) bytes / packets, packets);
    }

    private void frames(Participant publisher, List<Participant> receivers, List<Wire> wires, int from) {
        for (int frame = from; frame < from + FRAMES; frame++) {
            nanos += 33_000_000L;
            for (int i = 0; i < 3; i++) {
                video(publisher, frame, i);
            }
            audio(publisher, frame);
            for (int i = 0; i < receivers.size(); i++) {
                rtcpWriter.begin(rtcp, 0).nack(1, 200 + i, wires.get(i).lastNumber);
                receivers.get(i).onRtcp(rtcp, 0, rtcpWriter.length(), nanos);
            }
            agent.doWork(nanos);
        }
    }

    private void video(Participant publisher, int frame, int i) {
        payload.put(0, (byte) (0x80 | (i == 0 ? 0x10 : 0)));
        payload.put(1, (byte) 0x80);
        payload.putShort(2, (short) (0x8000 | frame & 0x7FFF));
        payload.put(4, (byte) (frame % 100 == 0 ? 0 : 1));
        begin(96, i == 2, frame * 3 + i, frame * 2970L, 5000, camera);
        writer.payload(payload, 0, 1000);
        publisher.onRtp(packet, 0, writer.length(), nanos);
    }

    private void audio(Participant publisher, int frame) {
        begin(111, false, frame, frame * 1584L, 6000, microphone);
        writer.payload(payload, 0, 80);
        publisher.onRtp(packet, 0, writer.length(), nanos);
    }

    private void begin(int pt, boolean marker, int sequence, long timestamp, long ssrc, byte[] mid) {
        writer.begin(packet, 0, pt, marker, sequence & 0xFFFF, timestamp, ssrc).beginExtensions(false);
        writer.extension(Dialect.FIRST.id(ExtensionUri.MID), mid);
        packet.put(writer.extension(Dialect.FIRST.id(ExtensionUri.AUDIO_LEVEL), 1), (byte) 30);
        packet.putShort(writer.extension(Dialect.FIRST.id(ExtensionUri.TRANSPORT_SEQUENCE), 2), (short) transport++);
        writer.endExtensions();
    }

    private final class Wire implements PacketSink {
        private int lastNumber;

        @Override
        public void rtp(ByteBuffer buffer, int offset, int length) {
            sent++;
            if ((buffer.get(offset + 1) & 0x7F) == 120) {
                lastNumber = buffer.getShort(offset + 2) & 0xFFFF;
            }
        }

        @Override
        public void rtcp(ByteBuffer buffer, int offset, int length) {}
    }

    private static final class Silent implements RoomEvents {
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
