package dev.parley.rtp;

/**
 * Extends 16-bit sequence numbers to 64 bits. The first number keeps its value plus 65536, so that numbers shortly before it
 * stay positive; each later one is taken as the nearest to the highest seen.
 */
public final class SequenceUnwrapper {
    private long highest = -1;

    /** Extends a number and remembers it when it is the highest so far. */
    public long unwrap(int sequenceNumber) {
        long extended = peek(sequenceNumber);
        if (extended > highest) {
            highest = extended;
        }
        return extended;
    }

    /** Extends a number without remembering it. */
    public long peek(int sequenceNumber) {
        if (highest < 0) {
            return 0x10000L + (sequenceNumber & 0xFFFF);
        }
        return highest + (short) (sequenceNumber - (int) highest);
    }

    /** The highest extended number so far, -1 before the first. */
    public long highest() {
        return highest;
    }

    /** Forgets everything. */
    public void reset() {
        highest = -1;
    }
}
