package dev.parley.bench.wire;

import java.util.Arrays;

/**
 * Times that sampled packets took from before the sender's encryption until the kernel had them for the receiver, counted in steps that are under 1 % of the
 * time apart. One thread.
 */
public final class Transit {
    private static final int STEP_BITS = 7;
    private static final int STEPS = 1 << STEP_BITS;

    private final long[] counts = new long[(Long.SIZE - STEP_BITS + 1) * STEPS];
    private long count;

    /** Counts one; a time below zero is the error of two clocks and counts as none. */
    public void add(long transitNanos) {
        counts[step(Math.max(0, transitNanos))]++;
        count++;
    }

    private static int step(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - STEP_BITS - 1);
        return (shift << STEP_BITS) + (int) (nanos >>> shift);
    }

    private static double middleOf(int step) {
        int shift = Math.max(0, (step >> STEP_BITS) - 1);
        long from = (long) (step - (shift << STEP_BITS)) << shift;
        return from + ((1L << shift) - 1) / 2.0;
    }

    /** Adds what another has counted. */
    public void add(Transit other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
    }

    public void clear() {
        Arrays.fill(counts, 0);
        count = 0;
    }

    /** A copy that stays as it is. */
    public Transit copy() {
        Transit copy = new Transit();
        copy.add(this);
        return copy;
    }

    public long count() {
        return count;
    }

    /** The time that this share of the samples did not exceed; NaN without samples. */
    public double millis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return middleOf(i) / 1e6;
            }
        }
        throw new IllegalStateException("more samples than were counted");
    }
}
