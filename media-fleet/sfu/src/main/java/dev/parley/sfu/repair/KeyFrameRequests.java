package dev.parley.sfu.repair;

/**
 * Merges the key-frame requests of all who watch one layer into at most one message to its sender per {@link #MIN_INTERVAL_NANOS}:
 * the first goes out at once, later ones wait, and a key frame that arrives meanwhile answers them all.
 */
public final class KeyFrameRequests {
    /** Shortest time between two requests. */
    public static final long MIN_INTERVAL_NANOS = 500_000_000L;

    private final Asks asks;
    private boolean pending;
    private boolean sentBefore;
    private long sentAtNanos;

    /** None yet; {@code asks} is told when there is one. */
    public KeyFrameRequests(Asks asks) {
        this.asks = asks;
    }

    /** Asks for a key frame. */
    public void request() {
        pending = true;
        asks.raise();
    }

    /** A key frame begins: nobody waits any longer. */
    public void onKeyFrame() {
        pending = false;
    }

    /** Whether one waits to be sent. */
    public boolean pending() {
        return pending;
    }

    /** Whether a request is to be sent now; the caller then sends it. */
    public boolean takeDue(long nowNanos) {
        if (!pending || sentBefore && nowNanos - sentAtNanos < MIN_INTERVAL_NANOS) {
            return false;
        }
        pending = false;
        sentBefore = true;
        sentAtNanos = nowNanos;
        return true;
    }
}
