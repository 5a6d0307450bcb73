package dev.parley.node.rooms;

import dev.parley.platform.nodes.Admission;

/** How loaded the node is, apart from its number of sessions. Any thread. */
public interface Load {
    /** 0 idle, 1 full. */
    double stress();

    /** Whom the node lets in at this load. */
    Admission admission();
}
