package dev.parley.rtp.twcc;

import dev.parley.rtp.SequenceUnwrapper;
import java.util.Arrays;

/**
 * Arrival times of the last transport-wide numbers of one transport, and the position up to which they were reported.
 *
 * <p>A packet that arrives after its number was reported lost moves the next report's start back to it, so that the sender learns
 * of it; packets older than the log's size are forgotten.
 */
public final class ArrivalLog {
    private static final long ABSENT = Long.MIN_VALUE;

    private final long[] arrivalNanos;
    private final int mask;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private long first = -1;
    private long next = -1;
    private long unreported;

    /**
     * Makes an empty log.
     *
     * @param size how many numbers it remembers; a power of two, 2048 is 1.5 s at 10 Mb/s
     */
    public ArrivalLog(int size) {
        if (size < 16 || size > 32768 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("size must be a power of two from 16 to 32768, not " + size);
        }
        arrivalNanos = new long[size];
        mask = size - 1;
        Arrays.fill(arrivalNanos, ABSENT);
    }

    /** Notes a packet. Duplicates keep their first arrival time. */
    public void onPacket(int sequenceNumber, long nowNanos) {
        long sequence = unwrapper.unwrap(sequenceNumber);
        if (next < 0) {
            first = sequence;
            next = sequence;
        }
        if (sequence <= next - arrivalNanos.length - 1) {
            return;
        }
        if (sequence >= next) {
            clear(next, sequence);
            next = sequence + 1;
            first = Math.max(first, next - arrivalNanos.length);
        } else if (isRecorded(sequence)) {
            return;
        }
        arrivalNanos[(int) sequence & mask] = nowNanos;
        first = Math.min(first, sequence);
        unreported++;
    }

    private void clear(long from, long to) {
        long start = Math.max(from, to - arrivalNanos.length + 1);
        for (long i = start; i <= to; i++) {
            arrivalNanos[(int) i & mask] = ABSENT;
        }
    }

    private boolean isRecorded(long sequence) {
        return sequence < next
                && sequence >= next - arrivalNanos.length
                && arrivalNanos[(int) sequence & mask] != ABSENT;
    }

    /** How many packets arrived that no feedback has reported. */
    public long unreported() {
        return unreported;
    }

    /** First unwrapped number the next feedback covers. */
    long first() {
        return first;
    }

    /** One behind the last unwrapped number the next feedback covers. */
    long end() {
        return next;
    }

    boolean received(long sequence) {
        return arrivalNanos[(int) sequence & mask] != ABSENT;
    }

    long arrivalNanos(long sequence) {
        return arrivalNanos[(int) sequence & mask];
    }

    /** Marks everything before {@code end} as reported. */
    void reported(long end, int packets) {
        first = end;
        unreported = end == next ? 0 : Math.max(0, unreported - packets);
    }
}
