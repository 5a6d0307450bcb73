package dev.parley.platform.nodes;

/** What a node reports with each renewal. {@code stress}: 0 idle, 1 full. */
public record NodeLoad(int rooms, int participants, double stress) {
    /** A node with nothing on it. */
    public static final NodeLoad IDLE = new NodeLoad(0, 0, 0);
}
