package dev.parley.platform.nodes;

import java.util.List;
import java.util.Optional;

/** The register of media nodes. A lease lasts {@link NodeLease#LEASE_MILLIS}; a lease that has run out is still found. */
public interface Leases {
    /**
     * Takes the lease of {@code lease.nodeId()} for {@code lease.incarnation()}, whoever held it: a restarted process must be
     * back at once, and the process it replaces learns of it at its next renewal.
     *
     * @return the lease as written, with its expiry
     */
    NodeLease register(NodeLease lease);

    /**
     * Holds the lease for another {@link NodeLease#LEASE_MILLIS} and reports the load.
     *
     * @return the lease with the state the control plane wants of the node; empty when another incarnation has it: stop serving
     */
    Optional<NodeLease> renew(String nodeId, String incarnation, NodeLoad load);

    /** Gives the lease back at a clean stop; does nothing when another incarnation has it. */
    void release(String nodeId, String incarnation);

    /** Asks a node to take no new rooms ({@link NodeState#DRAINING}) or to take them again. False when there is no such node. */
    boolean want(String nodeId, NodeState state);

    /** The node's lease, run out or not. */
    Optional<NodeLease> find(String nodeId);

    /** Every registered node, those whose lease has run out too. */
    List<NodeLease> all();
}
