package dev.parley.bench;

import java.util.Arrays;

/** Times that sampled packets took from before the sender's encryption to the receiver's read. One thread. */
final class Transit {
    private long[] nanos = new long[1 << 16];
    private int count;

    void add(long transitNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = transitNanos;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** The time that this share of the samples did not exceed; NaN without samples. */
    double millis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, Math.round(share * count))] / 1e6;
    }
}
