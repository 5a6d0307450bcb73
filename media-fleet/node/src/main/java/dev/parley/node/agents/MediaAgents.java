package dev.parley.node.agents;

import dev.parley.node.NodeSettings;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.rooms.SfuAgent;
import dev.parley.transport.MediaPort;
import dev.parley.transport.MediaPortSettings;
import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.udp.UdpEngine;
import dev.parley.transport.udp.UdpEngines;
import dev.parley.transport.udp.UdpSettings;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All media agents of the process. */
public final class MediaAgents {
    private static final int SCRATCH_BYTES = 4096;

    private final List<MediaAgent> agents;

    private MediaAgents(List<MediaAgent> agents) {
        this.agents = List.copyOf(agents);
    }

    /** Opens the ports; {@link #start} starts the threads. */
    public static MediaAgents open(
            NodeSettings settings, DtlsIdentity identity, SrtpCrypto crypto, SecureRandom random) {
        long epochNanosAtZero = System.currentTimeMillis() * 1_000_000L - System.nanoTime();
        MediaPortSettings defaults = MediaPortSettings.defaults();
        MediaPortSettings ports = new MediaPortSettings(
                Math.max(defaults.maxSessions(), settings.maxParticipants() * 2),
                defaults.receiveBatch(),
                defaults.inboxDatagrams(),
                defaults.outboxDatagrams(),
                defaults.messages(),
                defaults.handshakeTimeout(),
                settings.connectTimeout(),
                defaults.disconnectedAfter(),
                settings.consentTimeout());
        List<MediaAgent> agents = new ArrayList<>();
        try {
            for (int i = 0; i < settings.agents(); i++) {
                int udpPort = settings.mediaPort() == 0 ? 0 : settings.mediaPort() + i;
                UdpEngine engine = UdpEngines.open(
                        settings.udpEngine(),
                        UdpSettings.of(new InetSocketAddress(settings.mediaBind(), udpPort))
                                .withDscp(settings.dscp()));
                MediaPort port = new MediaPort(ports, engine, identity, crypto, random, System::nanoTime);
                SfuAgent sfu = new SfuAgent(
                        SfuSettings.defaults(settings.nodeId(), epochNanosAtZero),
                        ByteBuffer.allocateDirect(SCRATCH_BYTES));
                agents.add(new MediaAgent(i, port, sfu));
            }
        } catch (RuntimeException e) {
            agents.forEach(agent -> agent.port().close());
            throw e;
        }
        return new MediaAgents(agents);
    }

    /** Starts every agent's thread. */
    public void start() {
        agents.forEach(MediaAgent::start);
    }

    /** The agent with the fewest sessions, and among equals the fewest rooms: a new room goes there. */
    public MediaAgent leastLoaded() {
        return agents.stream()
                .min(Comparator.<MediaAgent>comparingLong(
                                agent -> agent.port().counters().sessions())
                        .thenComparingInt(agent -> agent.rooms().get()))
                .orElseThrow();
    }

    /** All agents in order. */
    public List<MediaAgent> all() {
        return agents;
    }

    /** How datagrams are received and sent, for people. */
    public String udp() {
        return agents.getFirst().port().udp();
    }

    /** Stops every agent. */
    public void stop() throws InterruptedException {
        for (MediaAgent agent : agents) {
            agent.stop();
        }
    }
}
