package dev.parley.platform.nodes;

import java.util.Optional;

/** Which node has which room. */
public interface Placements {
    Optional<RoomPlacement> find(String roomId);

    /**
     * Gives the room to a node, if it is still where {@code seen} says, or nowhere when {@code seen} is empty.
     *
     * @return the new placement, its epoch one above {@code seen}'s; empty when somebody else was quicker
     */
    Optional<RoomPlacement> claim(String roomId, Optional<RoomPlacement> seen, String nodeId);

    /** Forgets the room's placement when its meeting has ended. */
    void forget(String roomId);
}
