package dev.parley.sctp;

/**
 * Transmission sequence numbers inside the association are 64 bits wide and never wrap; on the wire they are the low 32
 * bits (RFC 9260 section 1.6). An unwrapped number starts above 2^32, so that it never becomes negative.
 */
final class Tsn {
    private static final long BASE = 1L << 32;

    private Tsn() {}

    /** The unwrapped number of a side's initial TSN. */
    static long first(int wire) {
        return BASE + Integer.toUnsignedLong(wire);
    }

    /** The number nearest to {@code reference} whose low 32 bits are {@code wire}. */
    static long unwrap(long reference, int wire) {
        return reference + (wire - (int) reference);
    }

    /** Whether stream sequence number {@code a} is {@code b} or comes before it (RFC 1982, 16 bits). */
    static boolean ssnAtMost(int a, int b) {
        return (short) (a - b) <= 0;
    }

    static int nextSsn(int ssn) {
        return (ssn + 1) & 0xFFFF;
    }
}
