package dev.parley.platform.nodes;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Finds a room's node, or gives it one.
 *
 * <p>A room stays where it is while its node's lease lives. When the lease has run out the node's control API is asked twice, a
 * second apart, and if it answers the placement stays all the same: a store that is slow must not tear rooms off a node that
 * works. Else, and for a room that is nowhere, two nodes that let everybody in are drawn by chance and the less stressed one
 * takes the room (the least stressed of all would get every new room until it reports again), by a conditional write that one caller wins; the others find the winner's placement when they look again.
 */
public final class RoomPlacer {
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 8;

    /** Asks a node whether it is there. Never throws: no answer in time is false. */
    public interface Probe {
        boolean answers(NodeLease lease);
    }

    /** Lets time pass between two probes. */
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final Leases leases;
    private final Placements placements;
    private final Probe probe;
    private final Pause pause;
    private final InstantSource clock;
    private final RandomGenerator random;

    public RoomPlacer(
            Leases leases,
            Placements placements,
            Probe probe,
            Pause pause,
            InstantSource clock,
            RandomGenerator random) {
        this.leases = Objects.requireNonNull(leases);
        this.placements = Objects.requireNonNull(placements);
        this.probe = Objects.requireNonNull(probe);
        this.pause = Objects.requireNonNull(pause);
        this.clock = Objects.requireNonNull(clock);
        this.random = Objects.requireNonNull(random);
    }

    /** The room's node if the room is placed on a node that is, or may be, alive; places nothing. */
    public Optional<PlacedRoom> find(String roomId) {
        return placements
                .find(roomId)
                .flatMap(placement ->
                        leases.find(placement.nodeId()).map(lease -> new PlacedRoom(placement, lease, false)));
    }

    /**
     * The room's node; places the room when it has none that is alive.
     *
     * @param unwilling nodes that have just refused the room, not to be chosen
     * @throws dev.parley.kernel.ApiException 503 {@code fleet.unavailable} without a live node, {@code fleet.full} when none takes rooms
     */
    public PlacedRoom place(String roomId, Set<String> unwilling) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<RoomPlacement> seen = placements.find(roomId);
            Optional<NodeLease> current = seen.filter(placement -> !unwilling.contains(placement.nodeId()))
                    .flatMap(placement -> leases.find(placement.nodeId()));
            if (current.isPresent() && stays(current.get())) {
                return new PlacedRoom(seen.orElseThrow(), current.get(), false);
            }
            NodeLease chosen = choose(unwilling);
            Optional<RoomPlacement> claimed = placements.claim(roomId, seen, chosen.nodeId());
            if (claimed.isPresent()) {
                return new PlacedRoom(claimed.get(), chosen, true);
            }
        }
        throw FleetErrors.UNAVAILABLE.because("Room " + roomId + " keeps being placed by others.", null);
    }

    private boolean stays(NodeLease lease) {
        if (lease.live(clock.millis()) || probe.answers(lease)) {
            return true;
        }
        try {
            pause.of(BETWEEN_PROBES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FleetErrors.UNAVAILABLE.because("Interrupted while asking for node " + lease.nodeId() + ".", e);
        }
        return probe.answers(lease);
    }

    private NodeLease choose(Set<String> unwilling) {
        long now = clock.millis();
        List<NodeLease> live =
                leases.all().stream().filter(lease -> lease.live(now)).toList();
        if (live.isEmpty()) {
            throw FleetErrors.UNAVAILABLE.exception();
        }
        List<NodeLease> open = live.stream()
                .filter(lease -> lease.takesRooms(now) && !unwilling.contains(lease.nodeId()))
                .toList();
        if (open.isEmpty()) {
            throw FleetErrors.FULL.exception();
        }
        int first = random.nextInt(open.size());
        NodeLease one = open.get(first);
        if (open.size() == 1) {
            return one;
        }
        NodeLease other = open.get((first + 1 + random.nextInt(open.size() - 1)) % open.size());
        return other.stress() < one.stress() ? other : one;
    }
}
