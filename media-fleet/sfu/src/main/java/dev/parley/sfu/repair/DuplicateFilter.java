package dev.parley.sfu.repair;

import java.util.Arrays;

/** Remembers which of the last {@link #WINDOW} packets of a stream arrived, by unwrapped sequence number. */
public final class DuplicateFilter {
    /** How far back a packet may arrive and still be told from a repetition; older ones count as repeated. */
    public static final int WINDOW = 1024;

    private final long[] seen = new long[WINDOW / Long.SIZE];
    private long highest = -1;

    /** Notes a packet; false when it was there before or is too old to tell. */
    public boolean admit(long sequence) {
        if (highest < 0 || sequence - highest >= WINDOW) {
            Arrays.fill(seen, 0);
            highest = sequence;
        } else if (sequence > highest) {
            for (long i = highest + 1; i < sequence; i++) {
                seen[word(i)] &= ~bit(i);
            }
            highest = sequence;
        } else if (sequence <= highest - WINDOW || (seen[word(sequence)] & bit(sequence)) != 0) {
            return false;
        }
        seen[word(sequence)] |= bit(sequence);
        return true;
    }

    private static int word(long sequence) {
        return (int) (sequence & WINDOW - 1) >>> 6;
    }

    private static long bit(long sequence) {
        return 1L << (sequence & 63);
    }
}
