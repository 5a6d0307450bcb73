package dev.parley.transport;

/** Where a session stands. */
public enum SessionState {
    /** Nothing was heard of the peer. */
    NEW,
    /** Valid checks arrive; no DTLS yet. */
    CHECKING,
    /** DTLS shakes hands. */
    HANDSHAKING,
    /** Media and messages flow. */
    CONNECTED,
    /** Was connected, but nothing was heard for some seconds. */
    DISCONNECTED,
    /** Ended. */
    CLOSED
}
