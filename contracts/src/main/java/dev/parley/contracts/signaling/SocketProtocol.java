package dev.parley.contracts.signaling;

/** Names and limits of the socket. */
public final class SocketProtocol {
    /** The subprotocol both sides speak; the server echoes it. */
    public static final String NAME = "parley.v1";
    /** Prefix of the second offered subprotocol, which carries the ticket. */
    public static final String TICKET_PREFIX = "ticket.";
    /** Largest frame, bytes, both ways. */
    public static final int MAX_FRAME_BYTES = 32 * 1024;
    /** Largest {@code sdp} in an offer or answer, bytes; larger ones go by REST. */
    public static final int MAX_SDP_BYTES = 24 * 1024;
    /** Recipients of one message that are posted at once; more are posted in waves of this many. */
    public static final int INLINE_PUSHES = 50;
    /** Others in a room up to which each is told who comes and goes; in a larger one the data channel's roster says it, and {@code room-info}. */
    public static final int ROSTER_PUSHES = 50;

    private SocketProtocol() {}
}
