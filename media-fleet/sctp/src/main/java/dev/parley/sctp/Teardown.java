package dev.parley.sctp;

import java.util.Optional;

/** The graceful end of an association: SHUTDOWN, SHUTDOWN ACK, SHUTDOWN COMPLETE (RFC 9260 section 9.2). */
final class Teardown {
    private enum State {
        NONE,
        WANTED,
        SHUTDOWN_SENT,
        SHUTDOWN_RECEIVED,
        SHUTDOWN_ACK_SENT
    }

    private State state = State.NONE;
    private long timerNanos = Outbound.NEVER;
    private int tries;
    private boolean due;

    boolean isUnderWay() {
        return state != State.NONE;
    }

    /** Whether DATA of the peer is still taken. */
    boolean takesData() {
        return state != State.SHUTDOWN_RECEIVED && state != State.SHUTDOWN_ACK_SENT;
    }

    /** Whether we have promised to send nothing new. */
    boolean isPastData() {
        return state == State.SHUTDOWN_SENT || state == State.SHUTDOWN_ACK_SENT;
    }

    long timerNanos() {
        return timerNanos;
    }

    /** Repeats what is unanswered; false when it was repeated often enough. */
    boolean onTimer(long nowNanos, int mostTries) {
        if (nowNanos < timerNanos) {
            return true;
        }
        due = true;
        return ++tries <= mostTries;
    }

    void want() {
        if (state == State.NONE) {
            state = State.WANTED;
        }
    }

    void onShutdown() {
        if (isPastData()) {
            state = State.SHUTDOWN_ACK_SENT;
            due = true;
        } else {
            state = State.SHUTDOWN_RECEIVED;
        }
    }

    /** The peer sent INIT after its SHUTDOWN, so it missed our answer; true when that is so. */
    boolean repeatAck() {
        due |= state == State.SHUTDOWN_ACK_SENT;
        return state == State.SHUTDOWN_ACK_SENT;
    }

    /** Whether a SHUTDOWN ACK completes our side. */
    boolean isCompletedByAck() {
        return isPastData();
    }

    /** Whether a SHUTDOWN COMPLETE completes our side. */
    boolean isCompletedByComplete() {
        return state == State.SHUTDOWN_ACK_SENT;
    }

    /** The chunk to send now, if any; {@code idle} says that everything of ours has arrived. */
    Optional<byte[]> take(boolean idle, long cumulativeTsn, long timeoutNanos, long nowNanos) {
        if (idle && state == State.WANTED) {
            state = State.SHUTDOWN_SENT;
            due = true;
        } else if (idle && state == State.SHUTDOWN_RECEIVED) {
            state = State.SHUTDOWN_ACK_SENT;
            due = true;
        }
        if (!due) {
            return Optional.empty();
        }
        due = false;
        timerNanos = nowNanos + timeoutNanos;
        return Optional.of(
                state == State.SHUTDOWN_ACK_SENT
                        ? ChunkBytes.empty(ChunkType.SHUTDOWN_ACK, 0)
                        : ChunkBytes.shutdown(cumulativeTsn));
    }
}
