package dev.parley.sfu.repair;

/**
 * How many bytes one receiver may have sent again: as many as its path is believed to carry. A NACK of a thousand bytes can name five
 * thousand packets; without a bound one receiver would keep the agent from all others.
 */
public final class ResendBudget {
    /** A lost key frame is repaired at once on any path. */
    private static final long LEAST_BURST_BYTES = 256 << 10;

    private boolean used;
    private double bytes;
    private long lastNanos;

    /** Takes so many bytes; false, and nothing taken, when there are fewer. A second's worth of the path is saved up at most. */
    public boolean take(int wanted, long pathBps, long nowNanos) {
        double perSecond = pathBps / 8.0;
        double burst = Math.max(perSecond, LEAST_BURST_BYTES);
        bytes = used ? Math.min(burst, bytes + (nowNanos - lastNanos) * 1e-9 * perSecond) : burst;
        used = true;
        lastNanos = nowNanos;
        if (bytes < wanted) {
            return false;
        }
        bytes -= wanted;
        return true;
    }
}
