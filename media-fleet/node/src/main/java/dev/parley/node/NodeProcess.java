package dev.parley.node;

import dev.parley.contracts.node.NodeHealth;
import dev.parley.kernel.Settings;
import dev.parley.kernel.SettingsException;
import dev.parley.node.agents.MediaAgent;
import dev.parley.node.agents.MediaAgents;
import dev.parley.node.control.ControlApi;
import dev.parley.node.control.ControlCertificate;
import dev.parley.node.control.ControlServer;
import dev.parley.node.health.HealthServer;
import dev.parley.node.lease.LeaseKeeper;
import dev.parley.node.overload.LoadWatch;
import dev.parley.node.overload.MachineCpu;
import dev.parley.node.quality.QualityWriter;
import dev.parley.node.rooms.Attendance;
import dev.parley.node.rooms.QualityKeeper;
import dev.parley.node.rooms.RoomPlan;
import dev.parley.node.rooms.Rooms;
import dev.parley.node.seats.Departures;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.nodes.DynamoLeases;
import dev.parley.platform.nodes.DynamoPlacements;
import dev.parley.platform.nodes.DynamoQualityLog;
import dev.parley.platform.nodes.DynamoSeats;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.NodeLoad;
import dev.parley.platform.nodes.NodeState;
import dev.parley.platform.nodes.RoomPlacement;
import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.srtp.SrtpChoice;
import dev.parley.transport.srtp.SrtpException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node: everything wired, started in order, and stopped in the opposite one. */
public final class NodeProcess implements AutoCloseable, LeaseKeeper.Duties {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    private static final Duration MOVE_DEADLINE = Duration.ofSeconds(8);
    private static final long GOODBYE_MILLIS = 200;

    private final NodeSettings settings;
    private final String incarnation;
    private final MediaAgents agents;
    private final LoadWatch load;
    private final Rooms rooms;
    private final ControlServer control;
    private final ControlCertificate certificate;
    private final HealthServer health;
    private final CompletableFuture<Void> fenced = new CompletableFuture<>();
    private final Dynamo dynamo;
    private final Departures departures;
    private final QualityWriter quality;
    private final LeaseKeeper keeper;
    private volatile boolean serving;
    private volatile boolean draining;

    private NodeProcess(Settings given, Consumer<String> print) {
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        settings = NodeSettings.of(given);
        incarnation = HexFormat.of().toHexDigits(random.nextLong());
        print.accept("node        " + settings.nodeId() + " incarnation " + incarnation + " in " + settings.region());

        DtlsIdentity identity = DtlsIdentity.generate(random, Instant.now());
        SrtpChoice srtp = srtp(settings);
        agents = MediaAgents.open(settings, identity, srtp.crypto(), random);
        print.accept("media       " + settings.mediaHost() + " UDP " + ports() + ", "
                + agents.all().size()
                + (agents.all().size() == 1 ? " agent" : " agents, one per core unless NODE_AGENTS says otherwise"));
        print.accept("udp         " + agents.udp());
        print.accept("srtp        " + srtp.reason());
        dynamo = settings.lease() ? Dynamo.of(given) : null;
        departures = settings.lease() ? departures(clock) : null;
        quality = settings.keepsQuality()
                ? new QualityWriter(
                        new DynamoQualityLog(dynamo, settings.qualityKept()),
                        settings.nodeId() + "." + incarnation,
                        System::nanoTime)
                : null;
        load = new LoadWatch(agents, settings.overload(), MachineCpu.ofThisMachine());
        rooms = new Rooms(
                new RoomPlan(
                        settings.nodeId(),
                        settings.mediaHost(),
                        identity.fingerprint(),
                        settings.maxParticipants(),
                        settings.guardedSessions(),
                        settings.maxSlots(),
                        settings.roomAgentParticipants(),
                        settings.seatGrace()),
                agents,
                random,
                departures == null ? Attendance.UNHEARD : departures,
                quality == null ? QualityKeeper.UNHEARD : quality,
                load);

        KeyFolder keys = KeyFolder.of(given);
        certificate = ControlCertificate.generate(settings.nodeId(), random, Instant.now());
        control = ControlServer.open(
                settings.control(),
                certificate.context(),
                new ControlApi(
                        settings.nodeId(),
                        rooms,
                        this::nodeHealth,
                        JwtVerifier.node(keys.open(KeyFolder.Name.NODE, clock), clock),
                        JwtVerifier.media(keys.open(KeyFolder.Name.MEDIA, clock), clock)));
        print.accept("control     " + controlUrl() + " certificate " + certificate.fingerprint());
        health = HealthServer.open(
                settings.metrics(),
                () -> serving,
                this::nodeHealth,
                new NodeMetrics(rooms, agents, load, quality)::text);
        print.accept("metrics     http://" + text(health.address()) + "/metrics and /health");
        WarmUp.run(identity, random);
        keeper = settings.lease() ? keeper(clock) : null;
    }

    /**
     * Starts a node.
     *
     * @param print told, line by line, what the node chose and where it listens
     * @throws dev.parley.kernel.SettingsException when a setting is wrong
     */
    public static NodeProcess start(Settings settings, Consumer<String> print) {
        NodeProcess node = new NodeProcess(settings, print);
        node.agents.start();
        print.accept("precedence  of agents: " + node.agents.precedence());
        node.load.start();
        node.control.start();
        WarmUp.call("https://" + text(node.control.address()), node.certificate.context());
        if (node.keeper != null) {
            node.keeper.start();
            node.departures.start();
            if (node.quality != null) {
                node.quality.start();
            }
            print.accept(
                    "lease       "
                            + (node.keeper.registered()
                                    ? "taken; renewed every 3 s"
                                    : "NOT taken: the MediaNodes table does not answer; trying on, rooms are not placed here until then"));
        } else {
            print.accept("lease       off: rooms are not placed here");
        }
        node.serving = true;
        print.accept("ready       " + node.settings.nodeId());
        return node;
    }

    private Departures departures(InstantSource clock) {
        return new Departures(
                new DynamoSeats(dynamo, settings.nodeId(), clock),
                settings.seatGrace(),
                (room, participant) -> rooms.sendAway(room, participant),
                System::nanoTime);
    }

    private static SrtpChoice srtp(NodeSettings settings) {
        try {
            return SrtpChoice.of(settings.srtp());
        } catch (SrtpException e) {
            throw new SettingsException("Setting NODE_SRTP: " + e.getMessage(), e);
        }
    }

    private LeaseKeeper keeper(InstantSource clock) {
        NodeLease lease = new NodeLease(
                settings.nodeId(),
                incarnation,
                controlUrl(),
                certificate.fingerprint(),
                settings.mediaHost(),
                0,
                NodeState.SERVING,
                0,
                0,
                0,
                settings.region());
        return new LeaseKeeper(
                new DynamoLeases(dynamo, clock),
                new DynamoPlacements(dynamo, clock),
                lease,
                () -> new NodeLoad(
                        rooms.size(), rooms.counters().participants.get(), rooms.stress(), rooms.admission()),
                rooms::placements,
                this,
                System::nanoTime);
    }

    private String ports() {
        int first = agents.all().getFirst().port().localAddress().getPort();
        int last = agents.all().getLast().port().localAddress().getPort();
        if (settings.mediaPort() != 0) {
            return first == last ? String.valueOf(first) : first + " to " + last;
        }
        return String.join(
                ", ",
                agents.all().stream()
                        .map(MediaAgent::port)
                        .map(port -> String.valueOf(port.localAddress().getPort()))
                        .toList());
    }

    /** What the control plane calls. */
    public String controlUrl() {
        return settings.controlUrl().isEmpty() ? "https://" + text(control.address()) : settings.controlUrl();
    }

    /** SHA-256 of the control certificate, lower-case hexadecimal. */
    public String controlFingerprint() {
        return certificate.fingerprint();
    }

    /** Where health and metrics listen. */
    public InetSocketAddress metricsAddress() {
        return health.address();
    }

    /** This process's incarnation. */
    public String incarnation() {
        return incarnation;
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private NodeHealth nodeHealth() {
        return new NodeHealth(
                settings.nodeId(),
                incarnation,
                draining || !serving ? "draining" : "serving",
                rooms.size(),
                rooms.counters().participants.get(),
                rooms.stress(),
                version());
    }

    private static String version() {
        String version = NodeProcess.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public void roomMoved(String roomId, RoomPlacement placement) {
        LOG.info("room {} is on {} now, epoch {}", roomId, placement.nodeId(), placement.placementEpoch());
        rooms.move(roomId, "placement", MOVE_DEADLINE);
    }

    @Override
    public void draining(boolean wanted) {
        if (draining != wanted) {
            draining = wanted;
            rooms.takesRooms(!wanted);
            LOG.info(wanted ? "draining: no new rooms" : "serving again");
        }
    }

    @Override
    public void fenced() {
        serving = false;
        departures.close();
        rooms.moveAll("replaced", MOVE_DEADLINE);
        fenced.complete(null);
    }

    /** Done when another process has taken this node's name, so that this one should end. */
    public CompletableFuture<Void> fencedFuture() {
        return fenced;
    }

    /** Stops: the lease goes back first, so that rooms are placed elsewhere; then people are sent there, then the ports close. */
    @Override
    public void close() {
        serving = false;
        if (keeper != null) {
            departures.close();
            keeper.close();
        }
        rooms.moveAll("stopping", Duration.ZERO);
        try {
            // The word must be on its way before its transport closes.
            Thread.sleep(rooms.counters().participants.get() == 0 ? 0 : GOODBYE_MILLIS);
            control.close();
            load.close();
            if (quality != null) {
                rooms.endMinutes();
                quality.close();
            }
            agents.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        health.close();
        if (dynamo != null) {
            dynamo.close();
        }
    }
}
