package dev.parley.transport;

import java.nio.ByteBuffer;

/** What a datagram on a media port is, by its first bytes (RFC 7983, RFC 5761 section 4). */
enum DatagramKind {
    STUN,
    DTLS,
    RTP,
    RTCP,
    UNKNOWN;

    private static final int FIRST_RTCP_TYPE = 192;
    private static final int LAST_RTCP_TYPE = 223;

    static DatagramKind of(ByteBuffer buffer, int offset, int length) {
        if (length < 2) {
            return UNKNOWN;
        }
        int first = buffer.get(offset) & 0xFF;
        if (first <= 3) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        if (first >= 128 && first <= 191) {
            int second = buffer.get(offset + 1) & 0xFF;
            return second >= FIRST_RTCP_TYPE && second <= LAST_RTCP_TYPE ? RTCP : RTP;
        }
        return UNKNOWN;
    }
}
