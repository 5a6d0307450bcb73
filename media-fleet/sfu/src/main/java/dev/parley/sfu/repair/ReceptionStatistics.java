package dev.parley.sfu.repair;

import dev.parley.rtp.rtcp.NtpTime;
import dev.parley.rtp.rtcp.RtcpWriter;

/** What a receiver report says about one incoming stream (RFC 3550 section 6.4.1 and appendix A). */
public final class ReceptionStatistics {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int clockRate;
    private long base = -1;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private long lastTransit;
    private double jitter;
    private long senderReportNtp;
    private long senderReportAtNanos;

    /** Starts the books of a stream whose timestamps run at {@code clockRate} units a second. */
    public ReceptionStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /** Notes a packet that came the direct way (retransmissions repair nothing that reports count). */
    public void onPacket(long sequence, long timestamp, long nowNanos) {
        long transit = nowNanos / 1000 * clockRate / 1_000_000 - timestamp;
        if (base < 0) {
            base = sequence;
            highest = sequence;
        } else {
            // The timestamps are 32 bits wide: so is their difference.
            jitter += (Math.abs((int) (transit - lastTransit)) - jitter) / 16;
        }
        lastTransit = transit;
        highest = Math.max(highest, sequence);
        received++;
    }

    /** Notes a sender report of this stream. */
    public void onSenderReport(long ntpTime, long nowNanos) {
        senderReportNtp = ntpTime;
        senderReportAtNanos = nowNanos;
    }

    /** Whether any packet arrived. */
    public boolean started() {
        return base >= 0;
    }

    /** Packets expected so far: from the first to the highest number. */
    public long expected() {
        return base < 0 ? 0 : highest - base + 1;
    }

    /** Packets received so far the direct way. */
    public long received() {
        return received;
    }

    /** Adds this stream's block to the report that the writer has open, and starts the next interval. */
    public void report(RtcpWriter writer, long ssrc, long nowNanos) {
        long expected = expected();
        long lost = expected - received;
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        long lastReport = senderReportNtp == 0 ? 0 : NtpTime.compact(senderReportNtp);
        long delay = senderReportNtp == 0 ? 0 : ((nowNanos - senderReportAtNanos) << 16) / NANOS_PER_SECOND;
        writer.reportBlock(
                ssrc, fraction, Math.clamp(lost, -0x80_0000, 0x7F_FFFF), highest, (long) jitter, lastReport, delay);
    }
}
