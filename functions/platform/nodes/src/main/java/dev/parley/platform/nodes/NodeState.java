package dev.parley.platform.nodes;

import java.util.Locale;

/** Whether a node takes new rooms. The control plane sets it; the node learns it from its next renewal. */
public enum NodeState {
    /** Takes rooms. */
    SERVING,
    /** Keeps the rooms it has and takes no new one. */
    DRAINING;

    /** The word stored and sent. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static NodeState of(String wire) {
        return "draining".equals(wire) ? DRAINING : SERVING;
    }
}
