package dev.parley.sfu.bwe;

import java.util.Arrays;

/**
 * When each of the last packets of a transport was sent, by its transport-wide number, and whether feedback named it yet.
 *
 * <p>Two words a packet, side by side. There is room for {@value #FIRST_SIZE} packets at first; it doubles, up to {@link #MAX_SIZE}, when one
 * would be forgotten within {@link #KEEP_NANOS}, for feedback may still name it.
 */
final class SentPackets {
    static final int MAX_SIZE = 4096;
    static final long KEEP_NANOS = 1_000_000_000L;

    private static final int FIRST_SIZE = 128;
    private static final int WORDS = 2;
    private static final long ARRIVED = 1;
    private static final long COUNTED = 2;
    private static final int BYTES_SHIFT = 2;
    private static final long BYTES_MASK = 0xFFFF;
    private static final int SEQUENCE_SHIFT = 18;
    private static final long NEVER = -1;

    /** Sequence, bytes and flags of a packet in one word, and when it was sent in the next. */
    private long[] words = new long[WORDS * FIRST_SIZE];

    private int mask = FIRST_SIZE - 1;
    private long highest = -1;

    SentPackets() {
        Arrays.fill(words, NEVER);
    }

    /** Notes a packet; answers its unwrapped number. */
    long add(int transportSequence, int size, long nowNanos) {
        long sequence = extend(transportSequence);
        highest = Math.max(highest, sequence);
        int at = at(sequence);
        if (words[at] != NEVER && nowNanos - words[at + 1] < KEEP_NANOS && mask < MAX_SIZE - 1) {
            grow();
            at = at(sequence);
        }
        words[at] = sequence << SEQUENCE_SHIFT | (size & BYTES_MASK) << BYTES_SHIFT;
        words[at + 1] = nowNanos;
        return sequence;
    }

    /** The nearest to the highest; the first keeps its value plus 65536, so that those shortly before it stay positive. */
    private long extend(int transportSequence) {
        return highest < 0
                ? 0x10000L + (transportSequence & 0xFFFF)
                : highest + (short) (transportSequence - (int) highest);
    }

    private int at(long sequence) {
        return WORDS * ((int) sequence & mask);
    }

    private void grow() {
        long[] old = words;
        words = new long[2 * old.length];
        mask = 2 * mask + 1;
        Arrays.fill(words, NEVER);
        for (int i = 0; i < old.length; i += WORDS) {
            if (old[i] != NEVER) {
                int at = at(old[i] >> SEQUENCE_SHIFT);
                words[at] = old[i];
                words[at + 1] = old[i + 1];
            }
        }
    }

    /** How many packets there is room for. */
    int size() {
        return mask + 1;
    }

    /** The place of a number as feedback names it; -1 when it was never sent or is forgotten. */
    int find(int transportSequence) {
        if (highest < 0) {
            return -1;
        }
        long sequence = extend(transportSequence);
        int at = at(sequence);
        return sequence >= 0 && words[at] >> SEQUENCE_SHIFT == sequence ? at : -1;
    }

    long sequence(int at) {
        return words[at] >> SEQUENCE_SHIFT;
    }

    long sentNanos(int at) {
        return words[at + 1];
    }

    int bytes(int at) {
        return (int) (words[at] >> BYTES_SHIFT & BYTES_MASK);
    }

    /** Notes that feedback says the packet arrived; false when it said so before. */
    boolean takeArrival(int at) {
        return take(at, ARRIVED);
    }

    /** Notes that feedback named the packet at all; false when it did before. */
    boolean takeCount(int at) {
        return take(at, COUNTED);
    }

    private boolean take(int at, long flag) {
        boolean first = (words[at] & flag) == 0;
        words[at] |= flag;
        return first;
    }
}
