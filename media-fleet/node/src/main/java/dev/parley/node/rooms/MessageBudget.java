package dev.parley.node.rooms;

/** How many messages one session may send: a bucket that refills. Belongs to the session's thread. */
final class MessageBudget {
    private final double perSecond;
    private final double burst;
    private double tokens;
    private long lastNanos;

    MessageBudget(double perSecond, double burst, long nowNanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.lastNanos = nowNanos;
    }

    /** Takes one message's worth; false when there is none. */
    boolean take(long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - lastNanos) / 1e9 * perSecond);
        lastNanos = nowNanos;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
