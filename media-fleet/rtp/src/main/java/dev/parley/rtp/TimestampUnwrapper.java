package dev.parley.rtp;

/** Extends 32-bit RTP timestamps to 64 bits, in the manner of {@link SequenceUnwrapper}. */
public final class TimestampUnwrapper {
    private long last = -1;

    /** Extends a timestamp, taken as the nearest to the one before. */
    public long unwrap(long timestamp) {
        last = last < 0 ? 0x1_0000_0000L + (timestamp & 0xFFFF_FFFFL) : last + (int) (timestamp - last);
        return last;
    }

    /** Forgets everything. */
    public void reset() {
        last = -1;
    }
}
