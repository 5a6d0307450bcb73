package dev.parley.transport.srtp;

/**
 * What a session remembers of one synchronization source: the rollover counter, and the indices seen.
 *
 * <p>RTP indices are 48 bits, {@code rollover << 16 | sequence} (RFC 3711 section 3.3.1); RTCP indices are 31 bits and
 * travel in the packet. The two have separate windows.
 */
final class SsrcState {
    private static final int HALF_SEQUENCE_SPACE = 0x8000;

    /** An index below zero: a packet from before the first rollover that was never there. */
    static final long NO_INDEX = -1;

    final int ssrc;
    final ReplayWindow rtp = new ReplayWindow();
    final ReplayWindow rtcp = new ReplayWindow();
    int nextRtcpIndex = 1;

    SsrcState(int ssrc) {
        this.ssrc = ssrc;
    }

    /** The most likely index of a packet with this sequence number, or {@link #NO_INDEX}. */
    long estimateIndex(int sequence) {
        return estimateIndex(rtp.highest(), sequence);
    }

    /** RFC 3711 section 3.3.1: the rollover that brings the sequence nearest to the highest index seen. */
    static long estimateIndex(long highest, int sequence) {
        if (highest < 0) {
            return sequence;
        }
        int last = (int) (highest & 0xFFFF);
        long rollover = highest >>> 16;
        if (last < HALF_SEQUENCE_SPACE) {
            if (sequence - last > HALF_SEQUENCE_SPACE) {
                rollover--;
            }
        } else if (last - HALF_SEQUENCE_SPACE > sequence) {
            rollover++;
        }
        return rollover < 0 ? NO_INDEX : rollover << 16 | sequence;
    }
}
