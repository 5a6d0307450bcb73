package dev.parley.sfu.bwe;

import dev.parley.rtp.SequenceUnwrapper;
import java.util.Arrays;

/** When each of the last {@link #SIZE} packets of a transport was sent, by its transport-wide number, and whether feedback named it yet. */
final class SentPackets {
    static final int SIZE = 4096;

    private final long[] sequences = new long[SIZE];
    private final long[] sentNanos = new long[SIZE];
    private final int[] bytes = new int[SIZE];
    private final boolean[] arrived = new boolean[SIZE];
    private final boolean[] counted = new boolean[SIZE];
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();

    SentPackets() {
        Arrays.fill(sequences, -1);
    }

    void add(int transportSequence, int size, long nowNanos) {
        long sequence = unwrapper.unwrap(transportSequence);
        int slot = (int) sequence & SIZE - 1;
        sequences[slot] = sequence;
        sentNanos[slot] = nowNanos;
        bytes[slot] = size;
        arrived[slot] = false;
        counted[slot] = false;
    }

    /** The slot of a number as feedback names it; -1 when it was never sent or is forgotten. */
    int find(int transportSequence) {
        if (unwrapper.highest() < 0) {
            return -1;
        }
        long sequence = unwrapper.peek(transportSequence);
        int slot = (int) sequence & SIZE - 1;
        return sequence >= 0 && sequences[slot] == sequence ? slot : -1;
    }

    long sequence(int slot) {
        return sequences[slot];
    }

    long sentNanos(int slot) {
        return sentNanos[slot];
    }

    int bytes(int slot) {
        return bytes[slot];
    }

    /** Notes that feedback says the packet arrived; false when it said so before. */
    boolean takeArrival(int slot) {
        boolean first = !arrived[slot];
        arrived[slot] = true;
        return first;
    }

    /** Notes that feedback named the packet at all; false when it did before. */
    boolean takeCount(int slot) {
        boolean first = !counted[slot];
        counted[slot] = true;
        return first;
    }
}
