package dev.parley.sctp;

/** The retransmission timeout of RFC 9260 section 6.3.1, from measured round trips. */
final class RetransmissionTimeout {
    private final SctpConfig config;
    private boolean measured;
    private long smoothedNanos;
    private long variationNanos;
    private long timeoutNanos;

    RetransmissionTimeout(SctpConfig config) {
        this.config = config;
        this.timeoutNanos = config.rtoInitialNanos();
    }

    long nanos() {
        return timeoutNanos;
    }

    void onRoundTrip(long roundTripNanos) {
        if (measured) {
            variationNanos += (Math.abs(smoothedNanos - roundTripNanos) - variationNanos) / 4;
            smoothedNanos += (roundTripNanos - smoothedNanos) / 8;
        } else {
            measured = true;
            smoothedNanos = roundTripNanos;
            variationNanos = roundTripNanos / 2;
        }
        timeoutNanos = clamp(smoothedNanos + 4 * variationNanos);
    }

    /** A timeout expired: back off. */
    void onExpired() {
        timeoutNanos = clamp(timeoutNanos * 2);
    }

    private long clamp(long nanos) {
        return Math.max(config.rtoMinNanos(), Math.min(config.rtoMaxNanos(), nanos));
    }
}
