package dev.parley.sfu.repair;

/**
 * Merges the key-frame requests of all who watch one layer into few messages to its sender: who comes is not to wait, and who sends is not to send key
 * frames all the time.
 *
 * <p>The first request goes out at once; one that was not answered again after {@link #REPEAT_NANOS}. A key frame answers all who wait. After it the next
 * request goes out at once too, as long as no two lie closer than {@link #SHORTEST_INTERVAL_NANOS} and over time there are no more than one in
 * {@link #SUSTAINED_INTERVAL_NANOS}: {@value #BURST} may come ahead of that.
 */
public final class KeyFrameRequests {
    /** How long a request waits for its answer. */
    public static final long REPEAT_NANOS = 500_000_000L;

    /** Shortest time between two requests. */
    public static final long SHORTEST_INTERVAL_NANOS = 100_000_000L;

    /** Time between two requests where many come one after the other. */
    public static final long SUSTAINED_INTERVAL_NANOS = 500_000_000L;

    /** So many may come in a row. */
    public static final int BURST = 4;

    private static final long TOLERANCE_NANOS = (BURST - 1) * SUSTAINED_INTERVAL_NANOS;

    private final Asks asks;
    private boolean pending;
    private boolean unanswered;
    private boolean sentBefore;
    private long sentAtNanos;
    /** When the next would be sent if all kept the sustained interval. */
    private long duePaceNanos;

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
        unanswered = false;
    }

    /** Whether one waits to be sent. */
    public boolean pending() {
        return pending;
    }

    /** Whether a request is to be sent now; the caller then sends it. */
    public boolean takeDue(long nowNanos) {
        if (!pending || sentBefore && tooEarly(nowNanos)) {
            return false;
        }
        duePaceNanos = (sentBefore ? Math.max(duePaceNanos, nowNanos) : nowNanos) + SUSTAINED_INTERVAL_NANOS;
        pending = false;
        unanswered = true;
        sentBefore = true;
        sentAtNanos = nowNanos;
        return true;
    }

    private boolean tooEarly(long nowNanos) {
        return nowNanos - sentAtNanos < (unanswered ? REPEAT_NANOS : SHORTEST_INTERVAL_NANOS)
                || duePaceNanos - nowNanos > TOLERANCE_NANOS;
    }
}
