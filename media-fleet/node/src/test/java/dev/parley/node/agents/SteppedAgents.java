package dev.parley.node.agents;

import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.sfu.ConnectionQuality;
import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.RoomEvents;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.SlotReports;
import dev.parley.sfu.Source;
import dev.parley.sfu.VoiceReports;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Agents whose duty cycles the test runs itself, on its own thread. */
public final class SteppedAgents implements AutoCloseable {
    /** Hears what a room tells, and does nothing. */
    public static final RoomEvents NOBODY = new RoomEvents() {
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
    };

    private static final PacketSink NOWHERE = new PacketSink() {
        @Override
        public void rtp(ByteBuffer buffer, int offset, int length) {}

        @Override
        public void rtcp(ByteBuffer buffer, int offset, int length) {}
    };

    private static final long TICK_NANOS = 10_000_000L;

    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.generate(random, Instant.EPOCH);
    private final List<MediaAgent> agents;
    private long nowNanos;

    /**
     * Agents with these numbers.
     *
     * @param commands that wait fill an agent; a power of two
     */
    public SteppedAgents(int commands, int... indices) {
        agents =
                Arrays.stream(indices).mapToObj(index -> agent(index, commands)).toList();
    }

    private MediaAgent agent(int index, int commands) {
        MediaPort port = new MediaPort(
                MediaPortSettings.defaults(),
                NioUdpEngine.open(UdpSettings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))),
                identity,
                SrtpCrypto.best(),
                random,
                System::nanoTime);
        SfuSettings settings = new SfuSettings("node", 0, commands, 100_000, 100_000);
        return new MediaAgent(index, port, new SfuAgent(settings, ByteBuffer.allocate(4096)));
    }

    /** Those of a node. */
    public MediaAgents all() {
        return MediaAgents.of(agents);
    }

    /** One of them, counted from 0 in the order they were asked for. */
    public MediaAgent agent(int position) {
        return agents.get(position);
    }

    public DtlsIdentity identity() {
        return identity;
    }

    /** So many duty cycles of all rooms on every agent in turn, a tick of the rooms' clockwork each. */
    public void work(int cycles) {
        for (int i = 0; i < cycles; i++) {
            nowNanos += TICK_NANOS;
            agents.forEach(agent -> agent.sfu().doWork(nowNanos));
        }
    }

    /** Leaves as many commands as the agent takes. */
    public void fill(int position) {
        while (agents.get(position).sfu().endRoom("no such room")) {
            // One more.
        }
    }

    /** Somebody who publishes a camera. */
    public static Participant publisher() {
        return new Participant(
                new ParticipantSpec(
                        1,
                        List.of(PublishedSource.of("0", Source.CAMERA)),
                        List.of(),
                        List.of(),
                        new ExtensionIds(Map.of())),
                NOWHERE);
    }

    @Override
    public void close() {
        agents.forEach(agent -> agent.port().close());
    }
}
