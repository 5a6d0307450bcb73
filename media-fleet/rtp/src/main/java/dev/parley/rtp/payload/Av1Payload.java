package dev.parley.rtp.payload;

import java.nio.ByteBuffer;

/** The AV1 aggregation header (AV1 RTP specification section 4.4). */
public final class Av1Payload {
    private Av1Payload() {}

    /** Whether this packet is the first of a coded video sequence, that is, a key frame starts with it. */
    public static boolean startOfKeyFrame(ByteBuffer buffer, int offset, int length) {
        return length >= 1 && (buffer.get(offset) & 0x08) != 0 && (buffer.get(offset) & 0x80) == 0;
    }
}
