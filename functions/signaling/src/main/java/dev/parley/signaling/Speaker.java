package dev.parley.signaling;

import dev.parley.contracts.signaling.ClientFrame;
import dev.parley.kernel.Ids;
import dev.parley.kernel.SocketTicket;

/** The socket a frame came from, and who holds it. */
record Speaker(String connectionId, SocketTicket holder) {
    /** The room a frame is about: the one it names, else the one the socket is for. It must not be another than that. */
    String room(ClientFrame frame) {
        String named = frame.roomId();
        if (named != null && holder.roomId().filter(room -> !room.equals(named)).isPresent()) {
            throw SignalErrors.ROOM.about("room_id");
        }
        if (named != null) {
            if (!Ids.isMeeting(named)) {
                throw SignalErrors.FIELD.about("room_id");
            }
            return named;
        }
        return holder.roomId().orElseThrow(() -> SignalErrors.FIELD.about("room_id"));
    }

    boolean isRemovedFrom(Meeting meeting) {
        return meeting.denies(holder.userId(), holder.guestKey());
    }
}
