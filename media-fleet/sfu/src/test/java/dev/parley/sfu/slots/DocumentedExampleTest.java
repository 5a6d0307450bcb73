package dev.parley.sfu.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TextValue;
import dev.parley.rtp.payload.Vp8Payload;
import dev.parley.rtp.rtcp.RtcpWriter;
import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.Source;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.rooms.Participant;
import dev.parley.sfu.rooms.SfuAgent;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Scene;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers of the worked example in docs/slots.md, in its order. */
class DocumentedExampleTest {
    private static final long MILLI = 1_000_000L;

    private final SfuAgent agent = new SfuAgent(SfuSettings.defaults("node", 0), ByteBuffer.allocate(2048));
    private final List<String> got = new ArrayList<>();
    private final PacketSink viewer = new PacketSink() {
        @Override
        public void rtp(ByteBuffer buffer, int offset, int length) {
            RtpPacket packet = new RtpPacket().wrap(buffer, offset, length);
            boolean again = packet.ssrc() == 7002;
            Vp8Payload vp8 = new Vp8Payload();
            int skipped = again ? 2 : 0;
            boolean picture = vp8.tryWrap(buffer, packet.payloadOffset() + skipped, packet.payloadLength() - skipped);
            if (picture) {
                got.add("pt %d seq %d ts %d csrc %d picture %d tl0 %d%s"
                        .formatted(
                                packet.payloadType(),
                                packet.sequenceNumber(),
                                packet.timestamp(),
                                packet.csrc(0),
                                vp8.pictureId(),
                                vp8.tl0PicIdx(),
                                again ? " original " + (buffer.getShort(packet.payloadOffset()) & 0xFFFF) : ""));
            }
        }

        @Override
        public void rtcp(ByteBuffer buffer, int offset, int length) {}
    };

    private Participant join(long number, Dialect dialect, List<ReceiveSlot> slots, PacketSink sink) {
        Participant participant = new Participant(
                new ParticipantSpec(
                        number,
                        List.of(PublishedSource.of("1", Source.CAMERA)),
                        slots,
                        dialect.formats(),
                        dialect.extensions()),
                sink);
        agent.join(Scene.ROOM, participant);
        return participant;
    }

    private static ByteBuffer packet(long ssrc, int sequence, long timestamp, int picture, int tl0, boolean key) {
        ByteBuffer buffer = ByteBuffer.allocate(200);
        RtpWriter writer = new RtpWriter().begin(buffer, 0, 96, true, sequence, timestamp, ssrc);
        writer.beginExtensions(false);
        writer.extension(Dialect.FIRST.id(ExtensionUri.MID), TextValue.bytes("1"));
        writer.endExtensions();
        ByteBuffer payload = ByteBuffer.allocate(50);
        payload.put(0, (byte) 0x90).put(1, (byte) 0xE0).putShort(2, (short) (0x8000 | picture));
        payload.put(4, (byte) tl0).put(5, (byte) 0x20).put(6, (byte) (key ? 0x10 : 0x11));
        writer.payload(payload, 0, 50);
        return buffer.slice(0, writer.length());
    }

    private static void arrive(Participant from, ByteBuffer packet, long nanos) {
        from.onRtp(packet, 0, packet.capacity(), nanos);
    }

    private void send(Participant from, ByteBuffer packet, long nanos) {
        arrive(from, packet, nanos);
        agent.doWork(nanos);
    }

    @Test
    void theNumbersOfTheDocumentAreTheNumbersOnTheWire() {
        PacketSink nowhere = new PacketSink() {
            @Override
            public void rtp(ByteBuffer buffer, int offset, int length) {}

            @Override
            public void rtcp(ByteBuffer buffer, int offset, int length) {}
        };
        agent.openRoom(Scene.ROOM, new Scene());
        Participant ada = join(21, Dialect.FIRST, List.of(), nowhere);
        Participant ben = join(22, Dialect.FIRST, List.of(), nowhere);
        Participant cleo = join(23, Dialect.SECOND, List.of(new ReceiveSlot(true, "4", 7001, 7002)), viewer);
        agent.doWork(0);
        arrive(ada, packet(501, 900, 10_000, 40, 200, false), 990 * MILLI);
        arrive(ben, packet(502, 65_534, 4_294_960_000L, 32_766, 9, false), 990 * MILLI);
        agent.want(Scene.ROOM, 23, 1, List.of(new WantedSlot(0, 21, Source.CAMERA, 320, 180, 0, false)));
        agent.doWork(991 * MILLI);

        send(ada, packet(501, 901, 13_000, 41, 201, true), 1000 * MILLI);
        send(ada, packet(501, 902, 16_000, 42, 202, false), 1033 * MILLI);

        agent.want(Scene.ROOM, 23, 2, List.of(new WantedSlot(0, 22, Source.CAMERA, 320, 180, 0, false)));
        agent.doWork(1040 * MILLI);
        send(ben, packet(502, 65_535, 4_294_963_000L, 32_767, 10, false), 1050 * MILLI);
        send(ben, packet(502, 0, 4_294_966_000L, 0, 11, true), 1083 * MILLI);
        send(ben, packet(502, 1, 1_704, 1, 12, false), 1116 * MILLI);

        ByteBuffer rtcp = ByteBuffer.allocate(100);
        RtcpWriter nack = new RtcpWriter().begin(rtcp, 0).nack(1, 7001, 14_025).nackAnother(14_027);
        cleo.onRtcp(rtcp, 0, nack.length(), 1150 * MILLI);
        assertThat(got)
                .containsExactly(
                        "pt 120 seq 14024 ts 469457485 csrc 21 picture 41 tl0 201",
                        "pt 120 seq 14025 ts 469460485 csrc 21 picture 42 tl0 202",
                        "pt 120 seq 14026 ts 469464985 csrc 22 picture 43 tl0 203",
                        "pt 120 seq 14027 ts 469467985 csrc 22 picture 44 tl0 204",
                        "pt 124 seq 14459 ts 469460485 csrc 21 picture 42 tl0 202 original 14025",
                        "pt 124 seq 14460 ts 469467985 csrc 22 picture 44 tl0 204 original 14027");
    }
}
