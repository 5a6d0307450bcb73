package dev.parley.peer.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.Source;
import dev.parley.peer.Peer;
import dev.parley.peer.PeerOptions;
import dev.parley.peer.media.DemoMedia;
import dev.parley.peer.media.MediaFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("component")
public class PeerMeetsEchoNodeTest {

    /** Frames that look like VP8 from outside: a key frame's first bit is 0. */
    public static DemoMedia.Person person() {
        List<MediaFile> layers = new ArrayList<>();
        for (int size : new int[] {300, 1500, 5000}) {
            List<MediaFile.Frame> frames = new ArrayList<>();
            for (int i = 0; i < 250; i++) {
                byte[] data = new byte[size];
                data[0] = (byte) (i % 50 == 0 ? 0x10 : 0x11);
                frames.add(new MediaFile.Frame(i % 50 == 0, 127, data));
            }
            layers.add(new MediaFile(MediaFile.Codec.VP8, 320, 180, 90_000, 3_600, frames));
        }
        List<MediaFile.Frame> voice = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            voice.add(new MediaFile.Frame(true, 30, new byte[40]));
        }
        return new DemoMedia.Person("Ana", layers, new MediaFile(MediaFile.Codec.OPUS, 0, 0, 48_000, 960, voice));
    }

    private static final class Heard implements Peer.Listener {
        final List<ChannelMessage> messages = new CopyOnWriteArrayList<>();
        final List<String> closed = new CopyOnWriteArrayList<>();
        volatile boolean connected;

        @Override
        public void connected(Peer peer) {
            connected = true;
        }

        @Override
        public void message(Peer peer, ChannelMessage message) {
            messages.add(message);
        }

        @Override
        public void closed(Peer peer, String why) {
            closed.add(why);
        }
    }

    @Test
    void mediaFlowsBothWaysLossIsRepairedAndLayersAreObeyed() throws Exception {
        Heard heard = new Heard();
        try (EchoNode node = new EchoNode();
                Peer peer = Peer.join(PeerOptions.defaults(), person(), node::answer, heard)) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> heard.connected);
            peer.want(1, List.of(new ChannelMessage.WantedSlot(0, "p_x", Source.CAMERA, 320, 180, 0, false)));
            await().atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(heard.messages).anyMatch(ChannelMessage.Slots.class::isInstance));
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> peer.stats().videoFrames() > 25 && peer.stats().audioPackets() > 25);
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> peer.stats().activeLayers().equals(List.of("q", "h")));
            assertThat(node.layersSeen).contains("q", "h");
            assertThat(node.feedback.get()).as("transport-wide feedback").isPositive();

            node.dropEvery = 10;
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> peer.stats().slots().stream().anyMatch(slot -> slot.recovered() > 5));
            node.dropEvery = 0;

            long before = node.keyFrames.get();
            node.ask(writer -> writer.pictureLoss(1, node.layerSsrc));
            await().atMost(900, TimeUnit.MILLISECONDS).until(() -> node.keyFrames.get() > before);
            assertThat(peer.stats().rejected()).isZero();
            assertThat(node.heard).noneMatch(text -> text.startsWith("failed"));
        }
        await().atMost(10, TimeUnit.SECONDS).until(() -> heard.closed.equals(List.of("left")));
    }

    @Test
    void thePeerMayBeTheDtlsServer() throws Exception {
        Heard heard = new Heard();
        try (EchoNode node = new EchoNode();
                Peer peer = Peer.join(PeerOptions.defaults().asDtlsServer(), person(), node::answer, heard)) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> heard.connected);
            await().atMost(10, TimeUnit.SECONDS).until(() -> peer.stats().videoFrames() > 5);
        }
    }

    @Test
    void aNodeThatDiesWithoutAGoodbyeIsMissed() throws Exception {
        Heard heard = new Heard();
        EchoNode node = new EchoNode();
        try (Peer peer = Peer.join(PeerOptions.defaults(), person(), node::answer, heard)) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> peer.stats().videoFrames() > 0);
            node.close();
            await().atMost(40, TimeUnit.SECONDS).until(() -> !heard.closed.isEmpty());
        }
    }
}
