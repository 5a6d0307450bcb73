package dev.parley.platform.nodes;

/**
 * What a media node says of itself, and until when it may be believed.
 *
 * @param nodeId stable across restarts of the process
 * @param incarnation new with every start of the process
 * @param controlUrl base of the control API, {@code https://host:port}
 * @param fingerprint SHA-256 of the control certificate's DER form, lower-case hex without separators
 * @param mediaHost address the node announces for media
 * @param leaseExpiresMillis wall clock, Unix epoch
 * @param stress 0 idle, 1 full
 * @param admission whom the node lets in at this load
 * @param region where the node stands, {@code local} on one machine
 */
public record NodeLease(
        String nodeId,
        String incarnation,
        String controlUrl,
        String fingerprint,
        String mediaHost,
        long leaseExpiresMillis,
        NodeState state,
        int rooms,
        int participants,
        double stress,
        Admission admission,
        String region) {
    /** How long a lease lasts after registering or renewing, ms. Nodes renew every third of it. */
    public static final long LEASE_MILLIS = 15_000;

    /** Of a node that lets everybody in. */
    public NodeLease(
            String nodeId,
            String incarnation,
            String controlUrl,
            String fingerprint,
            String mediaHost,
            long leaseExpiresMillis,
            NodeState state,
            int rooms,
            int participants,
            double stress,
            String region) {
        this(
                nodeId,
                incarnation,
                controlUrl,
                fingerprint,
                mediaHost,
                leaseExpiresMillis,
                state,
                rooms,
                participants,
                stress,
                Admission.OPEN,
                region);
    }

    /** Whether the node was heard of within its lease. */
    public boolean live(long nowMillis) {
        return leaseExpiresMillis > nowMillis;
    }

    /** Whether new rooms may be placed here. */
    public boolean takesRooms(long nowMillis) {
        return live(nowMillis) && state == NodeState.SERVING && admission == Admission.OPEN && stress < 1.0;
    }
}
