package dev.parley.sctp;

/** Chunk, parameter and cause numbers (RFC 9260 sections 3.2 and 3.3, RFC 3758, RFC 6525). */
final class ChunkType {
    static final int DATA = 0;
    static final int INIT = 1;
    static final int INIT_ACK = 2;
    static final int SACK = 3;
    static final int HEARTBEAT = 4;
    static final int HEARTBEAT_ACK = 5;
    static final int ABORT = 6;
    static final int SHUTDOWN = 7;
    static final int SHUTDOWN_ACK = 8;
    static final int ERROR = 9;
    static final int COOKIE_ECHO = 10;
    static final int COOKIE_ACK = 11;
    static final int SHUTDOWN_COMPLETE = 14;
    static final int RE_CONFIG = 130;
    static final int FORWARD_TSN = 192;

    static final int PARAM_STATE_COOKIE = 7;
    static final int PARAM_UNRECOGNIZED = 8;
    static final int PARAM_SUPPORTED_EXTENSIONS = 0x8008;
    static final int PARAM_FORWARD_TSN_SUPPORTED = 0xC000;

    static final int CAUSE_INVALID_STREAM = 1;
    static final int CAUSE_STALE_COOKIE = 3;
    static final int CAUSE_UNRECOGNIZED_CHUNK = 6;
    static final int CAUSE_NO_USER_DATA = 9;
    static final int CAUSE_USER_ABORT = 12;
    static final int CAUSE_PROTOCOL_VIOLATION = 13;

    private ChunkType() {}

    /** The two high bits of an unknown chunk or parameter type: whether to go on with what follows. */
    static boolean unknownIsSkipped(int type, int bits) {
        return (type >>> (bits - 1) & 1) == 1;
    }

    /** The two high bits of an unknown chunk or parameter type: whether to report it. */
    static boolean unknownIsReported(int type, int bits) {
        return (type >>> (bits - 2) & 1) == 1;
    }
}
