package dev.parley.rtp.extension;

import java.nio.ByteBuffer;

/** Absolute send time: 24 bits, seconds in 6.18 fixed point, wrapping every 64 seconds. */
public final class AbsSendTime {
    /** Bytes of the value. */
    public static final int LENGTH = 3;

    private AbsSendTime() {}

    /** The raw 24-bit value, in units of 2^-18 s. */
    public static int read(ByteBuffer buffer, int offset) {
        return (buffer.get(offset) & 0xFF) << 16 | (buffer.getShort(offset + 1) & 0xFFFF);
    }

    /** Writes the value for a send time. */
    public static void write(ByteBuffer buffer, int offset, long sendNanos) {
        int value = fromNanos(sendNanos);
        buffer.put(offset, (byte) (value >> 16));
        buffer.putShort(offset + 1, (short) value);
    }

    /** Converts nanoseconds of any epoch to the 24-bit value. */
    public static int fromNanos(long nanos) {
        long seconds = Math.floorDiv(nanos, 1_000_000_000L);
        long fraction = (Math.floorMod(nanos, 1_000_000_000L) << 18) / 1_000_000_000L;
        return (int) ((seconds << 18 | fraction) & 0xFF_FFFF);
    }
}
