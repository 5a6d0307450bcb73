package dev.parley.platform.nodes;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The port's in-memory twin, for tests. */
final class InMemoryLeases implements Leases {
    private final Map<String, NodeLease> leases = new LinkedHashMap<>();
    private final InstantSource clock;

    InMemoryLeases(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized NodeLease register(NodeLease lease) {
        NodeLease written = with(
                lease,
                lease.state(),
                new NodeLoad(lease.rooms(), lease.participants(), lease.stress(), lease.admission()));
        leases.put(lease.nodeId(), written);
        return written;
    }

    @Override
    public synchronized Optional<NodeLease> renew(String nodeId, String incarnation, NodeLoad load) {
        NodeLease held = leases.get(nodeId);
        if (held == null || !held.incarnation().equals(incarnation)) {
            return Optional.empty();
        }
        leases.put(nodeId, with(held, held.state(), load));
        return Optional.of(leases.get(nodeId));
    }

    @Override
    public synchronized void release(String nodeId, String incarnation) {
        leases.computeIfPresent(nodeId, (id, held) -> held.incarnation().equals(incarnation) ? null : held);
    }

    @Override
    public synchronized boolean want(String nodeId, NodeState state) {
        NodeLease held = leases.get(nodeId);
        if (held == null) {
            return false;
        }
        leases.put(nodeId, withExpiry(held, state, held.leaseExpiresMillis()));
        return true;
    }

    @Override
    public synchronized Optional<NodeLease> find(String nodeId) {
        return Optional.ofNullable(leases.get(nodeId));
    }

    @Override
    public synchronized List<NodeLease> all() {
        return List.copyOf(leases.values());
    }

    private NodeLease with(NodeLease lease, NodeState state, NodeLoad load) {
        NodeLease fresh = withExpiry(lease, state, clock.millis() + NodeLease.LEASE_MILLIS);
        return new NodeLease(
                fresh.nodeId(),
                fresh.incarnation(),
                fresh.controlUrl(),
                fresh.fingerprint(),
                fresh.mediaHost(),
                fresh.leaseExpiresMillis(),
                state,
                load.rooms(),
                load.participants(),
                load.stress(),
                load.admission(),
                fresh.region());
    }

    private static NodeLease withExpiry(NodeLease lease, NodeState state, long expires) {
        return new NodeLease(
                lease.nodeId(),
                lease.incarnation(),
                lease.controlUrl(),
                lease.fingerprint(),
                lease.mediaHost(),
                expires,
                state,
                lease.rooms(),
                lease.participants(),
                lease.stress(),
                lease.admission(),
                lease.region());
    }
}
