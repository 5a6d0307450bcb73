package dev.parley.transport;

/** Why a session ended. */
public enum CloseReason {
    /** We ended it. */
    LOCAL,
    /** The peer ended it: close_notify, a fatal alert or an aborted association. */
    REMOTE,
    /** The DTLS handshake failed or took too long. */
    HANDSHAKE_FAILED,
    /** The peer's certificate is not the one its SDP announced. */
    FINGERPRINT_MISMATCH,
    /** The peer never became reachable. */
    ICE_TIMEOUT,
    /** The peer stopped answering for itself: no valid check for 30 s (RFC 7675). */
    CONSENT_EXPIRED,
    /** Its owner sent more messages than the peer takes. */
    OVERLOADED,
    /** The connection broke in a way that has no other name here. */
    FAILED,
    /** The port was closed under it. */
    PORT_CLOSED
}
