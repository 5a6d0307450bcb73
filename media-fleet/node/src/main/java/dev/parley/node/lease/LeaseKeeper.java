package dev.parley.node.lease;

import dev.parley.platform.nodes.Leases;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.NodeLoad;
import dev.parley.platform.nodes.NodeState;
import dev.parley.platform.nodes.Placements;
import dev.parley.platform.nodes.RoomPlacement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers the node, renews its lease and looks where its rooms are placed; one virtual thread, no work of its own beyond that. */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(3);
    private static final int FEW_ROOMS = 25;
    private static final int TURNS = 5;

    /** What the node does with what is learnt. */
    public interface Duties {
        /** The room is placed on another node now, under a higher epoch. */
        void roomMoved(String roomId, RoomPlacement placement);

        /** The control plane wants the node to take no new rooms, or to take them again. */
        void draining(boolean draining);

        /** Another process has this node's name. Called once; renewing has stopped. */
        void fenced();
    }

    private final Leases leases;
    private final Placements placements;
    private final NodeLease lease;
    private final Supplier<NodeLoad> load;
    private final Supplier<Map<String, Long>> rooms;
    private final Duties duties;
    private final LongSupplier nanoClock;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean registered;
    private volatile long lastRenewalNanos;
    private volatile long failures;
    private final Queue<String> unchecked = new ArrayDeque<>();
    private boolean dark;

    /**
     * A keeper that {@link #start} starts.
     *
     * @param lease what to register
     * @param rooms the rooms that are here, each with the placement epoch it was opened under
     * @param nanoClock {@code System::nanoTime} but in tests
     */
    public LeaseKeeper(
            Leases leases,
            Placements placements,
            NodeLease lease,
            Supplier<NodeLoad> load,
            Supplier<Map<String, Long>> rooms,
            Duties duties,
            LongSupplier nanoClock) {
        this.leases = leases;
        this.placements = placements;
        this.lease = lease;
        this.load = load;
        this.rooms = rooms;
        this.duties = duties;
        this.nanoClock = nanoClock;
        this.thread = Thread.ofVirtual().name("lease").unstarted(this::run);
    }

    /** Registers at once, then starts renewing; a dark table is tried again and again. */
    public void start() {
        step();
        thread.start();
    }

    private void run() {
        while (running) {
            try {
                Thread.sleep(RENEW_EVERY);
            } catch (InterruptedException e) {
                return;
            }
            if (running) {
                step();
            }
        }
    }

    /** One turn: registers or renews, then looks after the placements. Package-visible for tests. */
    void step() {
        try {
            if (!registered) {
                leases.register(lease);
                registered = true;
                LOG.info("lease taken as {} incarnation {}", lease.nodeId(), lease.incarnation());
            } else {
                Optional<NodeLease> renewed = leases.renew(lease.nodeId(), lease.incarnation(), load.get());
                if (renewed.isEmpty() && leases.find(lease.nodeId()).isEmpty()) {
                    // The table has forgotten us, as it does after a day in the dark; nobody else has the name.
                    leases.register(lease);
                    LOG.warn("the lease of {} was gone and is taken anew", lease.nodeId());
                } else if (renewed.isEmpty()) {
                    running = false;
                    LOG.error("another process is {} now: this one stops serving", lease.nodeId());
                    duties.fenced();
                    return;
                } else {
                    duties.draining(renewed.get().state() == NodeState.DRAINING);
                }
            }
            lastRenewalNanos = nanoClock.getAsLong();
            checkPlacements();
            if (dark) {
                dark = false;
                LOG.info("the MediaNodes table answers again");
            }
        } catch (RuntimeException e) {
            failures++;
            if (!dark) {
                dark = true;
                LOG.warn("the MediaNodes table cannot be reached; serving on: {}", e.toString());
            }
        }
    }

    /**
     * Looks at some rooms: a full node must not live off reading this table, and a slow table must not keep it from renewing. The next turn
     * goes on where this one stops.
     */
    private void checkPlacements() {
        Map<String, Long> here = rooms.get();
        if (unchecked.isEmpty()) {
            unchecked.addAll(here.keySet());
        }
        long startedNanos = nanoClock.getAsLong();
        int share = Math.max(FEW_ROOMS, Math.ceilDiv(here.size(), TURNS));
        while (share-- > 0 && !unchecked.isEmpty() && nanoClock.getAsLong() - startedNanos < RENEW_EVERY.toNanos()) {
            String roomId = unchecked.remove();
            if (here.containsKey(roomId)) {
                checkPlacement(roomId, here.get(roomId));
            }
        }
    }

    private void checkPlacement(String roomId, long epoch) {
        placements
                .find(roomId)
                .filter(placement -> placement.placementEpoch() > epoch
                        && !placement.nodeId().equals(lease.nodeId()))
                .ifPresent(placement -> duties.roomMoved(roomId, placement));
    }

    /** Whether the lease was taken since the start. */
    public boolean registered() {
        return registered;
    }

    /** When the lease was last taken or renewed, on the clock of {@link System#nanoTime}. */
    public long lastRenewalNanos() {
        return lastRenewalNanos;
    }

    /** How often the table could not be reached. */
    public long failures() {
        return failures;
    }

    /** Stops renewing and gives the lease back. */
    @Override
    public void close() {
        boolean mine = running && registered;
        running = false;
        thread.interrupt();
        if (mine) {
            try {
                leases.release(lease.nodeId(), lease.incarnation());
            } catch (RuntimeException e) {
                LOG.warn("the lease was not given back and runs out by itself: {}", e.toString());
            }
        }
    }
}
