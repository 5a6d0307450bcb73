package dev.parley.platform.nodes;

/** What a node reports with each renewal. {@code stress}: 0 idle, 1 full. */
public record NodeLoad(int rooms, int participants, double stress, Admission admission) {
    /** A node with nothing on it. */
    public static final NodeLoad IDLE = new NodeLoad(0, 0, 0);

    /** Of a node that lets everybody in. */
    public NodeLoad(int rooms, int participants, double stress) {
        this(rooms, participants, stress, Admission.OPEN);
    }
}
