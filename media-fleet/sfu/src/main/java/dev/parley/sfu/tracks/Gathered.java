package dev.parley.sfu.tracks;

import java.util.Arrays;

/** The packets of one layer that have arrived and wait to be forwarded together. */
final class Gathered {
    private static final int FIRST_ROOM = 16;

    /** How much one gap between two packets of a frame moves the mean. */
    private static final int GAP_SHARE = 8;

    private long[] sequences = new long[FIRST_ROOM];
    private int count;
    private boolean waits;
    private boolean frameEnded;
    private long firstNanos;
    private long lastNanos;
    private long lastTimestamp = -1;
    private long meanGapNanos;

    void add(MediaPacket packet, long nowNanos) {
        if (count == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * count);
        }
        if (count == 0) {
            firstNanos = nowNanos;
        }
        sequences[count++] = packet.sequence();
        if (packet.timestamp() == lastTimestamp) {
            meanGapNanos += (nowNanos - lastNanos - meanGapNanos) / GAP_SHARE;
        }
        lastTimestamp = packet.timestamp();
        lastNanos = nowNanos;
        frameEnded = packet.marker();
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** Whether this layer is in the agent's list of those that wait. */
    boolean waits() {
        return waits;
    }

    void waits(boolean waits) {
        this.waits = waits;
    }

    /** Unwrapped number of one of them, 0 the first to arrive. */
    long sequence(int index) {
        return sequences[index];
    }

    /** Whether the last packet ended its frame, as far as the publisher said. */
    boolean frameEnded() {
        return frameEnded;
    }

    /** When the first of them arrived. */
    long firstNanos() {
        return firstNanos;
    }

    /** The time between two packets of a frame lately. */
    long meanGapNanos() {
        return meanGapNanos;
    }
}
