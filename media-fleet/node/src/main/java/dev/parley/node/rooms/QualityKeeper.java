package dev.parley.node.rooms;

import dev.parley.platform.nodes.QualityMinute;

/** Told how the connections of rooms did, each minute once it is over. Called on rooms' own threads: never waits, never throws. */
public interface QualityKeeper {
    /** Nobody listens. */
    QualityKeeper UNHEARD = minute -> {};

    /** A minute of a room is over, or the room is. */
    void keep(QualityMinute minute);
}
