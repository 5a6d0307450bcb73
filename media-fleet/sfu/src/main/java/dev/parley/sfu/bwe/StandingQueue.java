package dev.parley.sfu.bwe;

import java.util.Arrays;

/**
 * Tells whether packets wait somewhere on the path all the time: when even the fastest of the last {@link #RECENT} packets took longer, by
 * {@link #STANDING_NANOS}, than the fastest of the last ten seconds. A receiver that pauses delays some packets, never all of them.
 */
final class StandingQueue {
    /** A delay that counts. */
    static final long STANDING_NANOS = 15_000_000L;
    /** How many packets must all be late. */
    static final int RECENT = 16;

    private static final long BUCKET_NANOS = 5_000_000_000L;

    private final long[] recent = new long[RECENT];
    private int packets;
    private long fastest = Long.MAX_VALUE;
    private long fastestBefore = Long.MAX_VALUE;
    private long bucketStart;

    void onPacket(long sentNanos, long arrivalNanos) {
        long delay = arrivalNanos - sentNanos;
        if (packets == 0) {
            bucketStart = sentNanos;
            Arrays.fill(recent, delay);
        }
        if (sentNanos - bucketStart >= BUCKET_NANOS) {
            bucketStart = sentNanos;
            fastestBefore = fastest;
            fastest = delay;
        }
        fastest = Math.min(fastest, delay);
        recent[packets++ & RECENT - 1] = delay;
    }

    boolean stands() {
        long least = Long.MAX_VALUE;
        for (long delay : recent) {
            least = Math.min(least, delay);
        }
        return packets > 0 && least - Math.min(fastest, fastestBefore) > STANDING_NANOS;
    }
}
