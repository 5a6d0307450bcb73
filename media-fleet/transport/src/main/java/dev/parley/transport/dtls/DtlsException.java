package dev.parley.transport.dtls;

import java.io.IOException;

/** A DTLS handshake or connection that failed: the message says at what. */
public final class DtlsException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it was. */
    public enum Kind {
        /** The peer's certificate is not the one its SDP announced. */
        FINGERPRINT_MISMATCH,
        /** The handshake failed or timed out. */
        HANDSHAKE_FAILED,
        /** The established connection broke. */
        CONNECTION_FAILED
    }

    private final Kind kind;

    /** A failure without a deeper cause. */
    public DtlsException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** A failure and what lies under it. */
    public DtlsException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of failure it was. */
    public Kind kind() {
        return kind;
    }
}
