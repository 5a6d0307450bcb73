package dev.parley.transport.srtp;

import java.util.Arrays;

/**
 * Which packet indices were seen lately (RFC 3711 section 3.3.2): a ring of bits behind the highest index.
 *
 * <p>The caller asks {@link #check} first, and calls {@link #accept} only when the packet proved authentic.
 */
final class ReplayWindow {
    /** Packets of reordering that are tolerated; a power of two. */
    static final int SIZE = 1024;

    private static final int WORD_MASK = SIZE / Long.SIZE - 1;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private long highest = -1;
    /** The word that the highest index is in, kept here: packets that come in order touch no other. */
    private long newest;

    /** The highest index accepted, or -1 before the first. */
    long highest() {
        return highest;
    }

    /** 0 when the index is new, {@link SrtpTransformer#REPEATED} or {@link SrtpTransformer#TOO_OLD}. */
    int check(long index) {
        if (index > highest) {
            return 0;
        }
        if (index <= highest - SIZE) {
            return SrtpTransformer.TOO_OLD;
        }
        return (bits(word(index)) & bit(index)) != 0 ? SrtpTransformer.REPEATED : 0;
    }

    /** Remembers the index as seen. */
    void accept(long index) {
        if (index > highest) {
            forget(index);
            highest = index;
            newest |= bit(index);
        } else if (word(index) == word(highest)) {
            newest |= bit(index);
        } else {
            seen[word(index)] |= bit(index);
        }
    }

    private long bits(int word) {
        return word == word(highest) ? newest : seen[word];
    }

    /** Clears the bits that the window reaches newly when it moves up to the index. */
    private void forget(long index) {
        if (highest < 0 || index - highest >= SIZE) {
            Arrays.fill(seen, 0);
            newest = 0;
            return;
        }
        int word = word(highest);
        for (long skipped = highest + 1; skipped <= index; skipped++) {
            if (word(skipped) != word) {
                seen[word] = newest;
                word = word(skipped);
                newest = seen[word];
            }
            newest &= ~bit(skipped);
        }
    }

    private static int word(long index) {
        return (int) (index >>> 6) & WORD_MASK;
    }

    private static long bit(long index) {
        return 1L << index;
    }
}
