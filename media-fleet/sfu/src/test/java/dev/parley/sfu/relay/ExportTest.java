package dev.parley.sfu.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.Codec;
import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.Source;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.tracks.Gathering;
import dev.parley.sfu.tracks.Layer;
import dev.parley.sfu.tracks.MediaPacket;
import dev.parley.sfu.tracks.PublisherClock;
import dev.parley.sfu.tracks.Track;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one part says of a track of its own. */
class ExportTest {
    private static final long NOW = 1_000_000_000L;

    private final List<String> said = new ArrayList<>();
    private final List<PayloadFormat> formats = Dialect.FIRST.formats();
    private final Track track = new Track(1, PublishedSource.of("1", Source.SCREEN), new PublisherClock());
    private final Gathering gathering = new Gathering();

    private RelaySender sender() {
        return (RelaySender) Proxy.newProxyInstance(
                RelaySender.class.getClassLoader(), new Class<?>[] {RelaySender.class}, (self, method, args) -> {
                    if (method.getName().equals("packet")) {
                        said.add("packet " + ((MediaPacket) args[4]).sequence() % 1000 + " of life " + args[2]);
                    } else if (method.getName().equals("state")) {
                        said.add("life " + args[2]);
                    }
                    return method.getReturnType() == boolean.class ? true : null;
                });
    }

    private MediaPacket arrive(Layer layer, int sequence) {
        PayloadFormat vp8 = formats.stream()
                .filter(format -> format.codec() == Codec.VP8)
                .findFirst()
                .orElseThrow();
        MediaPacket packet = new MediaPacket()
                .payload(ByteBuffer.allocate(100), 0, 100)
                .header(sequence, 0, false, vp8)
                .extensions(MediaPacket.ABSENT, MediaPacket.ABSENT);
        assertThat(layer.onPacket(packet, false, NOW)).isTrue();
        return packet;
    }

    @Test
    void whatIsLeftOfAStreamThatStartedOverIsNotTakenForANewOne() {
        RelayLink link = new RelayLink(sender(), into -> 0);
        link.connect(new SfuCounters(), room -> null);
        Export export = new Export(link, 1, track, formats);
        export.onWish(1, 1);
        Layer first = track.start(0, 501, 90_000);
        gathering.forwardAtOnce(first, arrive(first, 100), NOW);
        MediaPacket late = arrive(first, 101);
        Layer second = track.start(0, 501, 90_000);
        gathering.forwardAtOnce(second, arrive(second, 700), NOW);
        gathering.forwardAtOnce(first, late, NOW);
        gathering.forwardAtOnce(second, arrive(second, 701), NOW);

        assertThat(said)
                .containsExactly(
                        "life 1", "packet 100 of life 1", "life 2", "packet 700 of life 2", "packet 701 of life 2");
    }
}
