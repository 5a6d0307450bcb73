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

    private static final int FIRST_SIZE = 256;

    private final int size;
    private long[] arrivalNanos;
    private int mask;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private long first = -1;
    private long next = -1;
    private long unreported;

    /**
     * Makes an empty log.
     *
     * @param size how many numbers it remembers at most; a power of two, 2048 is 1.5 s at 10 Mb/s. It begins with room for 256 and doubles when more
     *     wait to be reported
     */
    public ArrivalLog(int size) {
        if (size < 16 || size > 32768 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("size must be a power of two from 16 to 32768, not " + size);
        }
        this.size = size;
        arrivalNanos = absent(Math.min(size, FIRST_SIZE));
        mask = arrivalNanos.length - 1;
    }

    private static long[] absent(int size) {
        long[] nanos = new long[size];
        Arrays.fill(nanos, ABSENT);
        return nanos;
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
            while (sequence - first >= arrivalNanos.length && arrivalNanos.length < size) {
                grow();
            }
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

    private void grow() {
        long[] larger = absent(2 * arrivalNanos.length);
        for (long i = Math.max(0, next - arrivalNanos.length); i < next; i++) {
            larger[(int) i & larger.length - 1] = arrivalNanos[(int) i & mask];
        }
        arrivalNanos = larger;
        mask = larger.length - 1;
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
