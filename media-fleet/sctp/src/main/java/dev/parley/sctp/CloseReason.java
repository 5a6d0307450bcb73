package dev.parley.sctp;

/**
 * Why an association ended.
 *
 * @param kind who or what ended it
 * @param detail a sentence for a log, never empty
 */
public record CloseReason(Kind kind, String detail) {

    /** Who or what ended the association. */
    public enum Kind {
        /** The application called {@code abort}. */
        LOCAL_ABORT,
        /** The peer sent ABORT. */
        REMOTE_ABORT,
        /** A graceful shutdown, asked for by either side, is complete. */
        SHUTDOWN,
        /** The peer did not answer within the configured number of retransmissions. */
        TIMEOUT,
        /** The peer broke a rule whose breach RFC 9260 answers with ABORT. */
        PROTOCOL_VIOLATION
    }

    static CloseReason of(Kind kind, String detail) {
        return new CloseReason(kind, detail);
    }
}
