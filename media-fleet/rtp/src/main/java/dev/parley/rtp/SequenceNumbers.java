package dev.parley.rtp;

/** Arithmetic on 16-bit RTP sequence numbers and 32-bit timestamps that wrap around (RFC 1982 style, half the space ahead is newer). */
public final class SequenceNumbers {
    private SequenceNumbers() {}

    /** Signed distance from {@code from} to {@code to}, -32768 to 32767. */
    public static int distance(int from, int to) {
        return (short) (to - from);
    }

    /** Whether {@code a} comes after {@code b}. */
    public static boolean isNewer(int a, int b) {
        return (short) (a - b) > 0;
    }

    /** The number {@code steps} after {@code sequenceNumber}; steps may be negative. */
    public static int plus(int sequenceNumber, int steps) {
        return (sequenceNumber + steps) & 0xFFFF;
    }

    /** Signed distance between two 32-bit timestamps. */
    public static int timestampDistance(long from, long to) {
        return (int) (to - from);
    }

    /** The 32-bit timestamp {@code ticks} after {@code timestamp}; ticks may be negative. */
    public static long timestampPlus(long timestamp, long ticks) {
        return (timestamp + ticks) & 0xFFFF_FFFFL;
    }
}
