package dev.parley.sfu.bwe;

/**
 * One burst of padding that asks the path whether it carries more: packets are sent at {@link #targetBps} for {@link #DURATION_NANOS}, and the rate at
 * which they arrive is read from the feedback.
 */
final class ProbeCluster {
    /** How long one cluster lasts. */
    static final long DURATION_NANOS = 60_000_000L;
    /** How long after its end its feedback is waited for. */
    static final long PATIENCE_NANOS = 500_000_000L;

    private static final int MIN_PACKETS = 8;

    private boolean active;
    private long targetBps;
    private long startedNanos;
    private long sentBytes;
    private long firstSequence;
    private long lastSequence;
    private int sentPackets;

    private long firstSentNanos;
    private long firstArrivalNanos;
    private long lastArrivalNanos;
    private long lastArrivedSentNanos;
    private long arrivedBytes;
    private long bytesOfLastBurst;
    private int arrivedPackets;

    void start(long targetBps, long nowNanos) {
        active = true;
        this.targetBps = targetBps;
        startedNanos = nowNanos;
        sentBytes = 0;
        sentPackets = 0;
        arrivedPackets = 0;
        arrivedBytes = 0;
        bytesOfLastBurst = 0;
    }

    boolean active() {
        return active;
    }

    boolean sending(long nowNanos) {
        return active && nowNanos - startedNanos < DURATION_NANOS;
    }

    boolean waitedInVain(long nowNanos) {
        return active && nowNanos - startedNanos > DURATION_NANOS + PATIENCE_NANOS;
    }

    void stop() {
        active = false;
    }

    /** Bytes to add now so that everything sent since the start adds up to the target. */
    long bytesDue(long nowNanos) {
        return sending(nowNanos) ? targetBps * (nowNanos - startedNanos + 10_000_000L) / 8_000_000_000L - sentBytes : 0;
    }

    void onSent(long sequence, int bytes, long nowNanos) {
        if (!sending(nowNanos)) {
            return;
        }
        if (sentPackets++ == 0) {
            firstSequence = sequence;
        }
        lastSequence = sequence;
        sentBytes += bytes;
    }

    void onArrival(long sequence, int bytes, long sentNanos, long arrivalNanos) {
        if (!active || sentPackets == 0 || sequence < firstSequence || sequence > lastSequence) {
            return;
        }
        if (arrivedPackets++ == 0) {
            firstSentNanos = sentNanos;
            firstArrivalNanos = arrivalNanos;
            lastArrivedSentNanos = sentNanos;
            lastArrivalNanos = arrivalNanos;
        }
        if (sentNanos != lastArrivedSentNanos) {
            lastArrivedSentNanos = sentNanos;
            lastArrivalNanos = arrivalNanos;
            bytesOfLastBurst = 0;
        }
        arrivedBytes += bytes;
        bytesOfLastBurst += bytes;
    }

    /** Whether the feedback covers the whole cluster. */
    boolean complete(long highestReported, long nowNanos) {
        return active && !sending(nowNanos) && sentPackets > 0 && highestReported >= lastSequence;
    }

    /**
     * What the path carries: the smaller of send and arrival rate, 95 % of the latter when the path held packets back; 0 when too little arrived
     * to tell. The last burst's bytes are left out, since nothing behind it says how long it took.
     */
    long resultBps() {
        if (arrivedPackets < MIN_PACKETS || arrivedPackets * 10 < sentPackets * 9) {
            return 0;
        }
        long bits = 8 * (arrivedBytes - bytesOfLastBurst);
        long sent = lastArrivedSentNanos - firstSentNanos;
        long arrived = lastArrivalNanos - firstArrivalNanos;
        if (bits <= 0 || sent <= 0 || arrived <= 0) {
            return 0;
        }
        double sendBps = bits * 1e9 / sent;
        double arrivalBps = bits * 1e9 / arrived;
        return (long) (arrivalBps < 0.9 * sendBps ? 0.95 * arrivalBps : Math.min(sendBps, arrivalBps));
    }
}
