package dev.parley.rtp.nack;

import dev.parley.rtp.SequenceUnwrapper;

/** The packets of one stream that have not arrived, with the time at which each should be asked for. No allocation after construction. */
public final class MissingPackets {
    private static final long MIN_RETRY_NANOS = 20_000_000L;
    private static final int MAX_TRIES = 10;

    private final long[] sequences;
    private final long[] dueNanos;
    private final byte[] tries;
    private final long reorderNanos;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private int size;
    private long lost;

    /**
     * Makes an empty list.
     *
     * @param capacity packets it holds at most; a larger gap empties the list and counts all of it as lost
     * @param reorderNanos how long a gap may close by itself before it is asked for
     */
    public MissingPackets(int capacity, long reorderNanos) {
        sequences = new long[capacity];
        dueNanos = new long[capacity];
        tries = new byte[capacity];
        this.reorderNanos = reorderNanos;
    }

    /**
     * Notes the arrival of a packet, retransmitted or not.
     *
     * @return whether it was on the list
     */
    public boolean onPacket(int sequenceNumber, long nowNanos) {
        long before = unwrapper.highest();
        long sequence = unwrapper.unwrap(sequenceNumber);
        if (before < 0) {
            return false;
        }
        if (sequence <= before) {
            return remove(sequence);
        }
        long gap = sequence - before - 1;
        if (gap > sequences.length - size) {
            lost += gap + size;
            size = 0;
            return false;
        }
        for (long missing = before + 1; missing < sequence; missing++) {
            sequences[size] = missing;
            dueNanos[size] = nowNanos + reorderNanos;
            tries[size] = 0;
            size++;
        }
        return false;
    }

    private boolean remove(long sequence) {
        for (int i = 0; i < size; i++) {
            if (sequences[i] == sequence) {
                size--;
                System.arraycopy(sequences, i + 1, sequences, i, size - i);
                System.arraycopy(dueNanos, i + 1, dueNanos, i, size - i);
                System.arraycopy(tries, i + 1, tries, i, size - i);
                return true;
            }
        }
        return false;
    }

    /**
     * Writes the sequence numbers to ask for now, in ascending order, and schedules their next try.
     *
     * @param roundTripNanos the time an answer takes, 0 when unknown
     * @param sequenceNumbers where they are written; what does not fit stays due
     * @return how many were written
     */
    public int due(long nowNanos, long roundTripNanos, int[] sequenceNumbers) {
        int written = 0;
        int kept = 0;
        long retryNanos = Math.max(MIN_RETRY_NANOS, roundTripNanos);
        for (int i = 0; i < size; i++) {
            boolean isDue = dueNanos[i] - nowNanos <= 0;
            if (isDue && tries[i] == MAX_TRIES) {
                lost++;
                continue;
            }
            if (isDue && written < sequenceNumbers.length) {
                sequenceNumbers[written++] = (int) sequences[i] & 0xFFFF;
                dueNanos[i] = nowNanos + retryNanos;
                tries[i]++;
            }
            sequences[kept] = sequences[i];
            dueNanos[kept] = dueNanos[i];
            tries[kept] = tries[i];
            kept++;
        }
        size = kept;
        return written;
    }

    /** How many packets are missing now. */
    public int size() {
        return size;
    }

    /** How many packets were given up since the beginning. When it grows, a video stream needs a key frame. */
    public long lost() {
        return lost;
    }

    /** Forgets what is missing: the stream starts anew, by a key frame for instance. The highest number stays known. */
    public void clear() {
        size = 0;
    }

    /** Forgets everything. */
    public void reset() {
        size = 0;
        unwrapper.reset();
    }
}
