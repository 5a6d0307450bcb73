package dev.parley.node.rooms;

/** Told who comes to the node's rooms and who goes. Called on rooms' own threads and the control API's: never waits, never throws. */
public interface Attendance {
    /** Nobody listens. */
    Attendance UNHEARD = new Attendance() {
        @Override
        public void came(String roomId, String participantId) {}

        @Override
        public void went(String roomId, String participantId) {}

        @Override
        public void gaveUp(String roomId, String participantId) {}
    };

    /** A session of this participant is open. */
    void came(String roomId, String participantId);

    /** The participant's last session is gone, and not because the room is over or goes elsewhere. */
    void went(String roomId, String participantId);

    /** The participant gave up the seat; what they still have here ends after this call. */
    void gaveUp(String roomId, String participantId);
}
