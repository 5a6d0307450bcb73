package dev.parley.sfu.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.RtpWriter;
import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.Source;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.tracks.Gathering;
import dev.parley.sfu.tracks.Layer;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a publisher can make the node do and keep. */
class HostilePublisherTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SSRC = 77;

    private final SfuCounters counters = new SfuCounters();
    private final Uplink uplink = new Uplink(
            new ParticipantSpec(
                    1,
                    List.of(new PublishedSource("1", Source.CAMERA, List.of(), SSRC, PublishedSource.UNKNOWN)),
                    List.of(),
                    Dialect.FIRST.formats(),
                    Dialect.FIRST.extensions()),
            new Reading(),
            new Gathering(),
            counters);
    private final ByteBuffer packet = ByteBuffer.allocate(256);

    private void send(int sequenceNumber, long nowNanos) {
        int payloadType = Dialect.FIRST.formats().stream()
                .filter(format -> format.codec().video())
                .findFirst()
                .orElseThrow()
                .payloadType();
        RtpWriter writer = new RtpWriter()
                .begin(packet, 0, payloadType, false, sequenceNumber, 0, SSRC)
                .beginExtensions(false)
                .endExtensions()
                .payload(ByteBuffer.allocate(20), 0, 20);
        uplink.onRtp(packet, 0, writer.length(), nowNanos);
    }

    @Test
    void oneThatJumpsToAndFroMakesAtMostOneNewStreamASecond() {
        Set<Layer> made = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 5000; i++) {
            send(i + i % 2 * 30_000 & 0xFFFF, i * MILLISECOND);
            made.add(uplink.layer(SSRC));
        }
        assertThat(made).hasSizeBetween(2, 6);
    }

    @Test
    void oneThatStartsOverIsFollowed() {
        send(100, 0);
        Layer before = uplink.layer(SSRC);
        send(40_000, 2000 * MILLISECOND);
        assertThat(uplink.layer(SSRC)).isNotSameAs(before);
        assertThat(uplink.layer(SSRC).highestSequence() & 0xFFFF).isEqualTo(40_000);
    }

    @Test
    void oneWhoseNumbersCameFarApartIsNotDrownedInFeedback() {
        long late = 60_000 * MILLISECOND;
        for (int number = 0; number < 2000; number++) {
            uplink.arrivals().onPacket(number, number % 2 == 0 ? 0 : late);
        }
        int[] sent = new int[1];
        PacketSink sink = new PacketSink() {
            @Override
            public void rtp(ByteBuffer buffer, int offset, int length) {}

            @Override
            public void rtcp(ByteBuffer buffer, int offset, int length) {
                sent[0]++;
            }
        };
        Reports reports = new Reports(uplink, List.of(), sink, ByteBuffer.allocate(2048), "node", 0, counters);

        reports.writeArrivals();
        assertThat(sent[0]).isEqualTo(8);
        for (int i = 0; i < 1000; i++) {
            reports.writeArrivals();
        }
        assertThat(uplink.arrivals().unreported()).isZero();
        assertThat(sent[0]).isGreaterThan(1000);
    }
}
