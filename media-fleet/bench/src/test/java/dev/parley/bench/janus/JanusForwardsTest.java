package dev.parley.bench.janus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.parley.bench.MediaServer;
import dev.parley.bench.Participant;
import dev.parley.bench.PeerPlan;
import dev.parley.bench.Seat;
import dev.parley.bench.wire.BurstSender;
import dev.parley.bench.wire.Received;
import dev.parley.bench.wire.Wires;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.WantedSlot;
import dev.parley.contracts.media.Source;
import dev.parley.rtp.RtpWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("component")
class JanusForwardsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAYLOAD = 1000;
    private static final PeerPlan CAMERA = new PeerPlan(false, true, List.of(), 0, 0);
    private static final PeerPlan VIEWER = new PeerPlan(false, false, List.of(), 0, 1);

    @TempDir
    Path folder;

    private MediaServer janus;
    private Wires wires;
    private BurstSender sender;

    @BeforeEach
    void start() throws Exception {
        assumeThat(JanusProcess.program())
                .as("Janus is not installed; on Debian and Ubuntu: sudo apt install janus")
                .isPresent();
        janus = new JanusPeer().start(folder);
        wires = new Wires();
        sender = wires.sender();
    }

    @AfterEach
    void stop() {
        if (janus != null) {
            janus.close();
            wires.close();
        }
    }

    @Test
    void everyReceiverGetsEveryPacketSound() throws Exception {
        Participant publisher = join(1, CAMERA, wantNobody());
        List<Participant> viewers =
                List.of(join(2, VIEWER, want(1, 1)), join(3, VIEWER, want(1, 1)), join(4, VIEWER, want(1, 1)));
        int packets = 200;
        for (int i = 1; i <= packets; i++) {
            send(publisher, i);
            long sent = i;
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .untilAsserted(() -> assertThat(viewers).allMatch(viewer -> media(viewer) == sent));
        }
        for (Participant viewer : viewers) {
            Received received = viewer.receiving().received();
            assertThat(wires.ask(received::expected)).isEqualTo(packets);
            assertThat(wires.ask(received::unsound)).isZero();
        }
    }

    @Test
    void aSectionIsSwitchedToAnotherPublisher() throws Exception {
        join(1, CAMERA, wantNobody());
        Participant second = join(2, CAMERA, wantNobody());
        Participant viewer = join(3, VIEWER, want(1, 1));
        viewer.want(want(2, 2));
        int[] sequence = {0};
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            send(second, ++sequence[0]);
            return media(viewer) > 0;
        });
        assertThat(wires.ask(viewer.receiving().received()::unsound)).isZero();
    }

    private Participant join(int number, PeerPlan plan, ChannelMessage.Want want) throws Exception {
        return janus.join(new Seat("room", number, plan, want), wires);
    }

    private static ChannelMessage.Want wantNobody() {
        return new ChannelMessage.Want(1, List.of());
    }

    private static ChannelMessage.Want want(long revision, int person) {
        return new ChannelMessage.Want(
                revision, List.of(new WantedSlot(0, "p_" + person, Source.CAMERA, 1280, 720, 0, true)));
    }

    private long media(Participant viewer) {
        return wires.ask(viewer.receiving().received()::media);
    }

    private void send(Participant from, int sequence) throws GeneralSecurityException {
        byte[] packet = new byte[1500];
        RtpWriter writer = new RtpWriter();
        writer.begin(ByteBuffer.wrap(packet), 0, PeerPlan.VP8, true, sequence, sequence * 3000L, PeerPlan.CAMERA_SSRC);
        int header = writer.position();
        IntStream.range(header, header + PAYLOAD).forEach(i -> packet[i] = (byte) i);
        from.sending().sendRtp(sender, packet, header, header + PAYLOAD, 0);
        sender.flush();
    }
}
