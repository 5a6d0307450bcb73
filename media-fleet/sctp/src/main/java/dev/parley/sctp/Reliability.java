package dev.parley.sctp;

/**
 * How a message is delivered (RFC 8831 section 6.1, RFC 3758).
 *
 * @param ordered whether messages of a stream arrive in the order they were sent
 * @param maxRetransmits how often a lost message is sent again before it is given up, or {@link #UNLIMITED}
 * @param maxLifetimeMillis how long a message is tried before it is given up, or {@link #UNLIMITED}
 */
public record Reliability(boolean ordered, int maxRetransmits, int maxLifetimeMillis) {
    /** No limit: the message is tried until the association ends. */
    public static final int UNLIMITED = -1;

    /** Ordered and reliable: what a data channel is unless said otherwise. */
    public static final Reliability RELIABLE = new Reliability(true, UNLIMITED, UNLIMITED);

    /** Unordered and reliable. */
    public static final Reliability UNORDERED = new Reliability(false, UNLIMITED, UNLIMITED);

    /** Unordered, sent once and never again. */
    public static final Reliability LOSSY = new Reliability(false, 0, UNLIMITED);

    /** Checks the limits. */
    public Reliability {
        if (maxRetransmits < UNLIMITED || maxLifetimeMillis < UNLIMITED) {
            throw new IllegalArgumentException("a limit is 0 or more, or UNLIMITED");
        }
        if (maxRetransmits >= 0 && maxLifetimeMillis >= 0) {
            throw new IllegalArgumentException("a channel has one limit: retransmissions or lifetime");
        }
    }

    /** Whether a message may be given up. */
    public boolean isPartial() {
        return maxRetransmits >= 0 || maxLifetimeMillis >= 0;
    }

    Reliability withOrder(boolean inOrder) {
        return inOrder == ordered ? this : new Reliability(inOrder, maxRetransmits, maxLifetimeMillis);
    }
}
