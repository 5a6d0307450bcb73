package dev.parley.sctp;

/** How many bytes may be in flight: slow start, congestion avoidance and their collapse (RFC 9260 section 7.2). */
final class CongestionWindow {
    private static final int INITIAL_PACKETS = 10;
    private static final int LEAST_PACKETS_AFTER_LOSS = 4;

    private final int packetBytes;
    private long window;
    private long threshold = Long.MAX_VALUE;
    private long partialBytesAcked;

    CongestionWindow(int packetBytes) {
        this.packetBytes = packetBytes;
        this.window = (long) INITIAL_PACKETS * packetBytes;
    }

    long bytes() {
        return window;
    }

    /** The cumulative point moved: grow, if the window was in full use before. */
    void onAcked(long ackedBytes, long flightBefore, boolean inRecovery) {
        boolean full = flightBefore + packetBytes > window;
        if (window <= threshold) {
            if (full && !inRecovery) {
                window += Math.min(ackedBytes, packetBytes);
            }
            return;
        }
        partialBytesAcked += ackedBytes;
        if (partialBytesAcked >= window && full) {
            partialBytesAcked -= window;
            window += packetBytes;
        }
    }

    /** Gaps show a loss: halve. */
    void onFastRetransmit() {
        threshold = Math.max(window / 2, (long) LEAST_PACKETS_AFTER_LOSS * packetBytes);
        window = threshold;
        partialBytesAcked = 0;
    }

    /** Nothing came back in time: halve the threshold and start from one packet. */
    void onTimeout() {
        threshold = Math.max(window / 2, (long) LEAST_PACKETS_AFTER_LOSS * packetBytes);
        window = packetBytes;
        partialBytesAcked = 0;
    }
}
