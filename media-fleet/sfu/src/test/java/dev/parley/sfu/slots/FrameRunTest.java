package dev.parley.sfu.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TextValue;
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
import dev.parley.sfu.tracks.Gathering;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the packets of a frame go to many receivers: together, in one piece for each of them. */
class FrameRunTest {
    private static final long MILLI = 1_000_000L;
    private static final int RECEIVERS = 4;
    private static final int PAYLOAD_BYTES = 900;

    /** One packet as it left for a receiver; bytes of padding are not among those of its payload. */
    private record Sent(int receiver, int sequence, int length, boolean padded, int payloadBytes, long checksum) {}

    /** A camera and its receivers on one agent. */
    private static final class Broadcast {
        private final SfuAgent agent =
                new SfuAgent(SfuSettings.defaults("node@test", Scene.EPOCH_NANOS), ByteBuffer.allocate(2048));
        private final List<Sent> sent = new ArrayList<>();
        private final Participant camera;
        private int sequence = 100;
        /** The receiver whose transport fails at every packet. */
        private int broken;

        private long nanos = 1_000 * MILLI;

        Broadcast() {
            agent.openRoom(Scene.ROOM, new Scene());
            camera = join(1, List.of(PublishedSource.of("1", Source.CAMERA)), List.of());
            for (int i = 0; i < RECEIVERS; i++) {
                join(2 + i, List.of(), List.of(new ReceiveSlot(true, "v", 7001 + 10L * i, 7002 + 10L * i)));
                agent.want(Scene.ROOM, 2 + i, 1, List.of(new WantedSlot(0, 1, Source.CAMERA, 320, 180, 0, false)));
            }
            agent.doWork(nanos);
            arrive(900, true, false, 0);
            tick();
        }

        private Participant join(int number, List<PublishedSource> published, List<ReceiveSlot> slots) {
            Participant participant = new Participant(
                    new ParticipantSpec(number, published, slots, Dialect.FIRST.formats(), Dialect.FIRST.extensions()),
                    new PacketSink() {
                        @Override
                        public void rtp(ByteBuffer buffer, int offset, int length) {
                            if (number == broken) {
                                throw new IllegalStateException("broken transport");
                            }
                            RtpPacket packet = new RtpPacket().wrap(buffer, offset, length);
                            CRC32 payload = new CRC32();
                            payload.update(buffer.slice(packet.payloadOffset(), packet.payloadLength()));
                            if (packet.payloadLength() > 0) {
                                boolean padded = (buffer.get(offset) & 0x20) != 0;
                                sent.add(new Sent(
                                        number,
                                        packet.sequenceNumber(),
                                        length,
                                        padded,
                                        packet.payloadLength(),
                                        payload.getValue()));
                            }
                        }

                        @Override
                        public void rtcp(ByteBuffer buffer, int offset, int length) {}
                    });
            agent.join(Scene.ROOM, participant);
            return participant;
        }

        /** Lets the clockwork run: what receivers want is acted on. */
        void tick() {
            for (int i = 0; i < 12; i++) {
                work(10 * MILLI);
            }
        }

        void work(long laterNanos) {
            nanos += laterNanos;
            agent.doWork(nanos);
        }

        /** A packet of the frame of this timestamp. */
        void arrive(int payloadBytes, boolean marker, boolean key, long timestamp) {
            ByteBuffer buffer = ByteBuffer.allocate(1500);
            RtpWriter writer = new RtpWriter()
                    .begin(buffer, 0, 96, marker, sequence & 0xFFFF, timestamp, 501)
                    .beginExtensions(false);
            writer.extension(Dialect.FIRST.id(ExtensionUri.MID), TextValue.bytes("1"));
            writer.endExtensions();
            ByteBuffer payload = ByteBuffer.allocate(payloadBytes);
            Arrays.fill(payload.array(), (byte) sequence);
            payload.put(0, (byte) 0x90).put(1, (byte) 0xE0).putShort(2, (short) (0x8000 | 7));
            payload.put(4, (byte) 3).put(5, (byte) 0x20).put(6, (byte) (key ? 0x10 : 0x11));
            writer.payload(payload, 0, payloadBytes);
            sequence++;
            camera.onRtp(buffer, 0, writer.length(), nanos);
        }

        /** Whole frames at once, so that the publisher is known to send that way. */
        void burstsFor(int frames) {
            for (int frame = 1; frame <= frames; frame++) {
                nanos += 33 * MILLI;
                for (int i = 0; i < 5; i++) {
                    arrive(PAYLOAD_BYTES, i == 4, frame == 1 && i == 0, 3000L * frame);
                }
                agent.doWork(nanos);
            }
        }
    }

    @Test
    void everyReceiverGetsAllPacketsOfAFrameBeforeTheNextReceiverGetsAny() {
        Broadcast broadcast = new Broadcast();
        broadcast.burstsFor(3);
        broadcast.sent.clear();
        broadcast.burstsFor(1);

        assertThat(broadcast.sent).hasSize(5 * RECEIVERS);
        for (int i = 0; i < RECEIVERS; i++) {
            List<Sent> piece = broadcast.sent.subList(5 * i, 5 * i + 5);
            assertThat(piece)
                    .extracting(Sent::receiver)
                    .containsOnly(piece.getFirst().receiver());
            int first = piece.getFirst().sequence();
            assertThat(piece)
                    .extracting(Sent::sequence)
                    .containsExactly(first, first + 1, first + 2, first + 3, first + 4);
        }
    }

    @Test
    void packetsThatDifferByAFewBytesLeaveEquallyLong() {
        Broadcast broadcast = new Broadcast();
        broadcast.burstsFor(3);
        broadcast.sent.clear();
        int[] lengths = {1081, 1080, 1081, 1082, 700};
        for (int i = 0; i < lengths.length; i++) {
            broadcast.arrive(lengths[i], i == lengths.length - 1, false, 90_000);
        }
        broadcast.work(0);

        List<Sent> piece = broadcast.sent.subList(0, lengths.length);
        int whole = piece.get(3).length();
        assertThat(piece).extracting(Sent::length).startsWith(whole, whole, whole, whole);
        assertThat(piece.getLast().length()).isEqualTo(whole - 382);
        assertThat(piece).extracting(Sent::padded).containsExactly(true, true, true, false, false);
        assertThat(piece).extracting(Sent::payloadBytes).containsExactly(1081, 1080, 1081, 1082, 700);
    }

    @Test
    void theBeginningOfAFrameWaitsForTheRestButNotLong() {
        Broadcast broadcast = new Broadcast();
        broadcast.burstsFor(10);
        broadcast.sent.clear();
        broadcast.arrive(PAYLOAD_BYTES, false, false, 90_000);
        long arrived = broadcast.nanos;
        broadcast.work(10_000);
        assertThat(broadcast.sent).isEmpty();
        assertThat(broadcast.agent.nextDeadlineNanos()).isEqualTo(arrived + Gathering.HOLD_NANOS);

        broadcast.arrive(PAYLOAD_BYTES, true, false, 90_000);
        broadcast.work(10_000);
        assertThat(broadcast.sent).as("the frame is complete").hasSize(2 * RECEIVERS);

        broadcast.arrive(PAYLOAD_BYTES, false, false, 93_000);
        broadcast.work(Gathering.HOLD_NANOS);
        assertThat(broadcast.sent).as("it has waited long enough").hasSize(3 * RECEIVERS);
    }

    @Test
    void packetsThatComeFarApartDoNotWait() {
        Broadcast broadcast = new Broadcast();
        for (int i = 0; i < 20; i++) {
            broadcast.arrive(PAYLOAD_BYTES, false, i == 0, 90_000);
            broadcast.work(MILLI);
        }
        broadcast.sent.clear();
        broadcast.arrive(PAYLOAD_BYTES, false, false, 90_000);
        broadcast.work(0);
        assertThat(broadcast.sent).hasSize(RECEIVERS);
    }

    @Test
    void aMutedCameraKeepsWhatWaits() {
        Broadcast broadcast = new Broadcast();
        broadcast.burstsFor(10);
        broadcast.sent.clear();
        broadcast.arrive(PAYLOAD_BYTES, false, false, 90_000);
        broadcast.work(10_000);
        broadcast.agent.mute(Scene.ROOM, 1, Source.CAMERA, true);
        broadcast.work(10_000);
        broadcast.work(Gathering.HOLD_NANOS);
        assertThat(broadcast.sent).isEmpty();
    }

    @Test
    void aReceiverThatFailsKeepsNothingFromTheOthersNorCommandsFromTheAgent() {
        Broadcast broadcast = new Broadcast();
        broadcast.burstsFor(3);
        broadcast.sent.clear();
        broadcast.broken = 2;
        assertThatThrownBy(() -> broadcast.burstsFor(1)).hasMessage("broken transport");
        assertThat(broadcast.sent)
                .hasSize(5 * (RECEIVERS - 1))
                .extracting(Sent::receiver)
                .containsOnly(3, 4, 5);

        broadcast.agent.endRoom(Scene.ROOM);
        assertThatThrownBy(() -> broadcast.burstsFor(1)).hasMessage("broken transport");
        assertThat(broadcast.agent.roomCount()).isZero();
        broadcast.work(MILLI);
    }

    /** However packets fall into duty cycles, each receiver gets the same stream. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void runsAndSinglePacketsAreTheSameStream(long seed) {
        Broadcast single = new Broadcast();
        Broadcast together = new Broadcast();
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            int bytes = 200 + random.nextInt(3) + (random.nextInt(4) == 0 ? 300 : 0);
            boolean marker = random.nextInt(4) == 0;
            boolean key = random.nextInt(20) == 0;
            int lost = random.nextInt(15) == 0 ? 1 : 0;
            for (Broadcast each : List.of(single, together)) {
                each.sequence += lost;
                each.arrive(bytes, marker, key, 3000L * i);
            }
            single.work(0);
            if (random.nextInt(5) == 0) {
                long later = random.nextInt(3) * MILLI;
                single.work(later);
                together.work(later);
            }
            if (random.nextInt(60) == 0) {
                for (Broadcast each : List.of(single, together)) {
                    each.work(Gathering.HOLD_NANOS);
                    boolean shown = i % 2 == 0;
                    each.agent.want(
                            Scene.ROOM,
                            2,
                            i,
                            shown ? List.of(new WantedSlot(0, 1, Source.CAMERA, 320, 180, 0, false)) : List.of());
                    each.tick();
                }
            }
        }
        single.work(Gathering.HOLD_NANOS);
        together.work(Gathering.HOLD_NANOS);
        for (int i = 0; i < RECEIVERS; i++) {
            int receiver = 2 + i;
            assertThat(stream(together, receiver)).as("receiver %d", receiver).isEqualTo(stream(single, receiver));
        }
        assertThat(stream(single, 3)).as("who watches all the time").hasSizeGreaterThan(200);
    }

    private static List<String> stream(Broadcast of, int receiver) {
        return of.sent.stream()
                .filter(each -> each.receiver() == receiver)
                .map(each -> each.sequence() + " " + each.payloadBytes() + " " + each.checksum())
                .toList();
    }
}
