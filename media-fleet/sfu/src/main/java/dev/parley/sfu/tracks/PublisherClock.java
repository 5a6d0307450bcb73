package dev.parley.sfu.tracks;

import dev.parley.rtp.rtcp.NtpTime;

/**
 * Maps one publisher's wall clock, as its sender reports show it, to the agent's clock. All tracks of a publisher share it, so that
 * its voice and its picture keep their relation when each is re-timed for a slot.
 *
 * <p>Of all reports the one that travelled fastest tells most: the offset is the smallest seen, let grow by {@link #DRIFT} so that it
 * follows two clocks that drift apart.
 */
public final class PublisherClock {
    /** How far two clocks drift apart at most: 100 parts in a million. */
    public static final long DRIFT = 10_000;

    private boolean known;
    private long offsetNanos;
    private long offsetAtNanos;

    /** Notes a sender report. */
    public void onSenderReport(long ntpTime, long nowNanos) {
        long sample = nowNanos - NtpTime.toEpochNanos(ntpTime);
        long aged = offsetNanos + (nowNanos - offsetAtNanos) / DRIFT;
        offsetNanos = known ? Math.min(aged, sample) : sample;
        offsetAtNanos = nowNanos;
        known = true;
    }

    /** The agent's time at which the publisher's clock showed {@code ntpTime}. */
    public long nanosAt(long ntpTime) {
        return NtpTime.toEpochNanos(ntpTime) + offsetNanos;
    }
}
