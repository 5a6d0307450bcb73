package dev.parley.fleet;

import java.util.Optional;
import java.util.Set;

/** Where rooms are. */
public interface RoomNodes {
    /** What a node, or the fleet, answers when it takes no more. */
    String FULL = "fleet.full";

    /** What a node answers that does not have the room and takes no new one; clients never see it. */
    String NO_NEW_ROOMS = "node.no_new_rooms";

    /** The room's node, if the room has one; places nothing. */
    Optional<RoomNode> find(String roomId);

    /**
     * The room's node; gives the room to one when it has none that is alive.
     *
     * @param unwilling ids of nodes that have just refused the room
     * @throws dev.parley.kernel.ApiException 503 {@code fleet.unavailable} or {@code fleet.full}
     */
    RoomNode place(String roomId, Set<String> unwilling);
}
