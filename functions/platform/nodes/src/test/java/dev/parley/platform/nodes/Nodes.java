package dev.parley.platform.nodes;

/** Leases for tests. */
final class Nodes {
    private Nodes() {}

    static NodeLease node(String id, double stress) {
        return node(id, "i1", "https://127.0.0.1:1", "00".repeat(32), stress);
    }

    static NodeLease node(String id, String incarnation, String controlUrl, String fingerprint, double stress) {
        return new NodeLease(
                id, incarnation, controlUrl, fingerprint, "127.0.0.1", 0, NodeState.SERVING, 0, 0, stress, "local");
    }
}
