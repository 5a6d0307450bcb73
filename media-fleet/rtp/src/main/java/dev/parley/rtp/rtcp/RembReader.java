package dev.parley.rtp.rtcp;

import java.nio.ByteBuffer;

/** A receiver-estimated maximum bitrate message (draft-alvestrand-rmcat-remb-03). */
public final class RembReader {
    private static final int UNIQUE_ID = 0x52454D42;

    private ByteBuffer buffer;
    private int offset;
    private int ssrcCount;

    /** Points this flyweight at the reader's current packet; false when it is no well-formed REMB. */
    public boolean tryWrap(RtcpReader packet) {
        if (!packet.isFeedback(RtcpReader.PAYLOAD_FEEDBACK, RtcpReader.REMB) || packet.length() < 20) {
            return false;
        }
        ByteBuffer candidate = packet.buffer();
        int count = candidate.get(packet.offset() + 16) & 0xFF;
        if (candidate.getInt(packet.offset() + 12) != UNIQUE_ID || packet.length() < 20 + 4 * count) {
            return false;
        }
        buffer = candidate;
        offset = packet.offset();
        ssrcCount = count;
        return true;
    }

    /** The estimate in bits per second; Long.MAX_VALUE when the exponent leaves the range. */
    public long bitrateBps() {
        int word = buffer.getInt(offset + 16);
        int exponent = word >>> 18 & 0x3F;
        long mantissa = word & 0x3FFFF;
        return mantissa != 0 && exponent > 44 ? Long.MAX_VALUE : mantissa << exponent;
    }

    public int ssrcCount() {
        return ssrcCount;
    }

    /** Stream number {@code index} the estimate covers, 0 to {@link #ssrcCount()} - 1. */
    public long ssrc(int index) {
        return buffer.getInt(offset + 20 + 4 * index) & 0xFFFF_FFFFL;
    }
}
