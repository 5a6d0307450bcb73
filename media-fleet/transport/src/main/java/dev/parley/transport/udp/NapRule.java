package dev.parley.transport.udp;

/**
 * How long a port that has nothing to do lets datagrams gather before it looks again. A quiet port is woken by the first
 * datagram; the busier it is, the longer it sleeps through them, because one call then takes many.
 *
 * <p>At most 350 us are asked for: the kernel's timers add up to 50. What gathering saves it costs in transit time; docs/udp-engine.md
 * has the figures.
 */
final class NapRule {
    static final long LONGEST_NAP_NANOS = 350_000;
    private static final double QUIET_PER_SECOND = 2_000;
    private static final double BUSY_PER_SECOND = 40_000;
    private static final long WINDOW_NANOS = 1_000_000;

    private double perSecond;
    private long windowStartNanos;
    private long windowStartCount;

    NapRule(long nowNanos) {
        windowStartNanos = nowNanos;
    }

    /** The nap, 0 for none, given how many datagrams have come since the port was opened. */
    long napNanos(long nowNanos, long received) {
        long elapsedNanos = nowNanos - windowStartNanos;
        if (elapsedNanos >= WINDOW_NANOS) {
            double measured = (received - windowStartCount) * 1e9 / elapsedNanos;
            // A long wait says all about now; a short window is one sample of several.
            perSecond = elapsedNanos > 10 * WINDOW_NANOS ? measured : (perSecond + measured) / 2;
            windowStartNanos = nowNanos;
            windowStartCount = received;
        }
        double share = (perSecond - QUIET_PER_SECOND) / (BUSY_PER_SECOND - QUIET_PER_SECOND);
        return (long) (LONGEST_NAP_NANOS * Math.clamp(share, 0.0, 1.0));
    }
}
