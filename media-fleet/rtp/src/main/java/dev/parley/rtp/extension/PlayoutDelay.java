package dev.parley.rtp.extension;

import java.nio.ByteBuffer;

/** Playout delay limits: 24 bits, two 12-bit numbers in units of 10 ms. */
public final class PlayoutDelay {
    /** Bytes of the value. */
    public static final int LENGTH = 3;

    private PlayoutDelay() {}

    /** The smallest delay the receiver should use, in milliseconds. */
    public static int minMillis(ByteBuffer buffer, int offset) {
        return ((buffer.getShort(offset) & 0xFFFF) >> 4) * 10;
    }

    /** The largest delay the receiver should use, in milliseconds. */
    public static int maxMillis(ByteBuffer buffer, int offset) {
        return (buffer.getShort(offset + 1) & 0x0FFF) * 10;
    }

    /** Writes both limits; each is cut to 0 to 40,950 ms. */
    public static void write(ByteBuffer buffer, int offset, int minMillis, int maxMillis) {
        int min = Math.clamp(minMillis / 10, 0, 0xFFF);
        int max = Math.clamp(maxMillis / 10, 0, 0xFFF);
        int value = min << 12 | max;
        buffer.put(offset, (byte) (value >> 16));
        buffer.putShort(offset + 1, (short) value);
    }
}
