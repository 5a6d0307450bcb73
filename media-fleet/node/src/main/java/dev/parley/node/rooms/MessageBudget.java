package dev.parley.node.rooms;

/** How much one session may send, messages or characters: a bucket that refills. Belongs to the session's thread. */
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

    /** Takes so much; false, and nothing taken, when there is less. */
    boolean take(int amount, long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - lastNanos) / 1e9 * perSecond);
        lastNanos = nowNanos;
        if (tokens < amount) {
            return false;
        }
        tokens -= amount;
        return true;
    }
}
