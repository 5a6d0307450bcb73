package dev.parley.node.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.sfu.ConnectionQuality;
import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.RoomEvents;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.SlotReport;
import dev.parley.sfu.Source;
import dev.parley.sfu.VoiceReport;
import dev.parley.sfu.relay.RelayLink;
import dev.parley.sfu.rooms.Participant;
import dev.parley.sfu.rooms.SfuAgent;
import dev.parley.transport.MediaPort;
import dev.parley.transport.MediaPortSettings;
import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.udp.NioUdpEngine;
import dev.parley.transport.udp.UdpSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Agents whose duty cycles the test runs itself. */
class MediaAgentsTest {
    private static final String ROOM = "room";
    private static final RoomEvents NOBODY = new RoomEvents() {
        @Override
        public void slotsChanged(long receiver, long revision, List<SlotReport> slots) {}

        @Override
        public void voicesChanged(long receiver, List<VoiceReport> voices) {}

        @Override
        public void layersWanted(long publisher, Source source, List<String> rids) {}

        @Override
        public void trackFlowing(long publisher, Source source, boolean flowing) {}

        @Override
        public void quality(long participant, ConnectionQuality quality) {}
    };
    private static final PacketSink NOWHERE = new PacketSink() {
        @Override
        public void rtp(ByteBuffer buffer, int offset, int length) {}

        @Override
        public void rtcp(ByteBuffer buffer, int offset, int length) {}
    };

    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.generate(random, Instant.EPOCH);

    /** One that two waiting commands fill. */
    private MediaAgent agent(int index) {
        MediaPort port = new MediaPort(
                MediaPortSettings.defaults(),
                NioUdpEngine.open(UdpSettings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))),
                identity,
                SrtpCrypto.best(),
                random,
                System::nanoTime);
        SfuSettings settings = new SfuSettings("node", 0, 2, 100_000, 100_000);
        return new MediaAgent(index, port, new SfuAgent(settings, ByteBuffer.allocate(4096)));
    }

    @Test
    void anAgentThatWasTooBusyToBeLinkedIsLinkedTheNextTime() {
        MediaAgent idle = agent(0);
        MediaAgent busy = agent(1);
        try {
            MediaAgents agents = MediaAgents.of(List.of(idle, busy));
            busy.sfu().endRoom(ROOM);
            busy.sfu().endRoom(ROOM);
            agents.link(idle, busy);
            work(idle, busy, 1);

            RelayLink link = agents.link(idle, busy);
            work(idle, busy, 1);
            idle.sfu().openRoom(ROOM, NOBODY);
            idle.sfu().spread(ROOM, link);
            busy.sfu().openRoom(ROOM, NOBODY);
            busy.sfu().join(ROOM, publisher());
            work(idle, busy, 100);

            assertThat(link.tracks()).isEqualTo(1);
            assertThat(agents.link(busy, idle).tracks()).isEqualTo(1);
        } finally {
            idle.port().close();
            busy.port().close();
        }
    }

    private static Participant publisher() {
        return new Participant(
                new ParticipantSpec(
                        1,
                        List.of(PublishedSource.of("0", Source.CAMERA)),
                        List.of(),
                        List.of(),
                        new ExtensionIds(Map.of())),
                NOWHERE);
    }

    private static void work(MediaAgent one, MediaAgent other, int cycles) {
        for (int i = 0; i < cycles; i++) {
            one.sfu().doWork(i * 10_000_000L);
            other.sfu().doWork(i * 10_000_000L);
        }
    }
}
