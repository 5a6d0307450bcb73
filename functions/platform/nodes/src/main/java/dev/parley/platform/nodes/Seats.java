package dev.parley.platform.nodes;

import java.util.OptionalLong;

/**
 * The seats of the rooms that one node has, as that node may see and free them. A room's id is its meeting's. Every method throws
 * {@link dev.parley.kernel.ApiException} 503 {@code store.unavailable} when the tables do not answer or others are in the way: try again.
 */
public interface Seats {
    /**
     * The seat somebody holds in a meeting that goes on, in a room that is placed on this node.
     *
     * @return their revision, which rises when they leave, are removed or come back; empty when there is no such seat
     */
    OptionalLong held(String roomId, String participantId);

    /**
     * Frees a seat as the person's own leaving does, if it is still as it was seen: the meeting goes on, the room is on this node, and the
     * person holds the seat under this very revision. However often it is called, a seat is freed once.
     *
     * @return false when nothing was freed because something is different now: look again
     */
    boolean free(String roomId, String participantId, long revision);
}
