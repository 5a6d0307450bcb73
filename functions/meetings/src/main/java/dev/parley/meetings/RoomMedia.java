package dev.parley.meetings;

import dev.parley.contracts.node.RoomAct;

/** The media node of a room, told of a host's act, or of somebody's leaving, before they are answered. */
public interface RoomMedia {
    /** What became of it. */
    enum Reach {
        /** The node has done it. */
        APPLIED,
        /** No node has the room: nobody has media in it. */
        NO_ROOM;

        /** The word sent. */
        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @throws dev.parley.kernel.ApiException 503 {@code fleet.unavailable} when the room's node does not answer */
    Reach apply(String roomId, RoomAct act);

    /** The meeting is over: the room needs no place any more. */
    void forget(String roomId);
}
