package dev.parley.sctp;

/**
 * The one error of this module: the caller asked for something the association cannot do. Nothing a remote peer sends
 * raises it; a peer's mistakes are dropped, answered or end the association with a {@link CloseReason}.
 */
public final class SctpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    /** What was wrong with the call. */
    public enum Code {
        /** The message is longer than the peer (or the configuration) takes. */
        MESSAGE_TOO_LARGE,
        /** The stream or channel number is outside the negotiated range, or is not open. */
        NO_SUCH_STREAM,
        /** The stream or channel number is already in use. */
        STREAM_IN_USE,
        /** The association has ended or is shutting down. */
        NOT_OPEN
    }

    SctpException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** What was wrong with the call. */
    public Code code() {
        return code;
    }
}
