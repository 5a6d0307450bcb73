package dev.parley.node.agents;

import dev.parley.node.NodeSettings;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.relay.RelayLink;
import dev.parley.sfu.relay.RelayRing;
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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All media agents of the process. */
public final class MediaAgents {
    private static final Logger LOG = LoggerFactory.getLogger(MediaAgents.class);
    private static final int SCRATCH_BYTES = 4096;

    /** What the rings between all agents may take together, if every pair of them shares a room. */
    private static final int RINGS_BYTES = 64 << 20;

    private static final int LEAST_RING_SLOTS = 256;

    private final List<MediaAgent> agents;
    /** The end that the first index has of its link to the second; made when a room first needs it. */
    private final RelayLink[][] links;
    /** Whether the first index took its end. */
    private final boolean[][] connected;

    private MediaAgents(List<MediaAgent> agents) {
        this.agents = List.copyOf(agents);
        links = new RelayLink[agents.size()][agents.size()];
        connected = new boolean[agents.size()][agents.size()];
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

    /** Agents whose ports are open already, in order of their indices. */
    public static MediaAgents of(List<MediaAgent> agents) {
        return new MediaAgents(agents);
    }

    /** Starts every agent's thread. */
    public void start() {
        agents.forEach(MediaAgent::start);
    }

    /** The agent with the fewest sessions, and among equals the fewest rooms: a new room goes there. */
    public MediaAgent leastLoaded() {
        return leastLoaded(agents);
    }

    /** The same among some of them. */
    public static MediaAgent leastLoaded(List<MediaAgent> some) {
        return some.stream()
                .min(Comparator.<MediaAgent>comparingLong(
                                agent -> agent.port().counters().sessions())
                        .thenComparingInt(agent -> agent.rooms().get()))
                .orElseThrow();
    }

    /**
     * The end that {@code from} has of its link to {@code to}, another agent; empty while one of the two takes no more commands and so has not got its end:
     * ask again. Any thread; the first call allocates two rings.
     */
    public Optional<RelayLink> link(MediaAgent from, MediaAgent to) {
        synchronized (links) {
            if (links[from.index()][to.index()] == null) {
                RelayLink.Ends ends = RelayLink.inProcess(ringSlots(), from::wake, to::wake);
                links[from.index()][to.index()] = ends.first();
                links[to.index()][from.index()] = ends.second();
            }
            boolean there = connect(from, to);
            boolean back = connect(to, from);
            return there && back ? Optional.of(links[from.index()][to.index()]) : Optional.empty();
        }
    }

    /** Gives an agent its end, once; false when it takes no more commands. */
    private boolean connect(MediaAgent agent, MediaAgent other) {
        if (!connected[agent.index()][other.index()]) {
            boolean taken = agent.sfu().connect(links[agent.index()][other.index()]);
            connected[agent.index()][other.index()] = taken;
            if (!taken) {
                LOG.error(
                        "agent {} takes no more commands and is not linked with agent {} yet",
                        agent.index(),
                        other.index());
            }
        }
        return connected[agent.index()][other.index()];
    }

    /** The more agents there are, the more rings there may be, and the less crosses each of them. */
    private int ringSlots() {
        int rings = agents.size() * (agents.size() - 1);
        int each = RINGS_BYTES / rings / RelayRing.SLOT_BYTES;
        return Math.clamp(Integer.highestOneBit(each), LEAST_RING_SLOTS, RelayLink.DEFAULT_SLOTS);
    }

    /** All agents in order. */
    public List<MediaAgent> all() {
        return agents;
    }

    /** How datagrams are received and sent, for people. */
    public String udp() {
        return agents.getFirst().port().udp();
    }

    /** What the agents' threads were given before other threads, for people; waits until the first runs. */
    public String precedence() {
        return agents.getFirst().precedence();
    }

    /** Stops every agent. */
    public void stop() throws InterruptedException {
        for (MediaAgent agent : agents) {
            agent.stop();
        }
    }
}
