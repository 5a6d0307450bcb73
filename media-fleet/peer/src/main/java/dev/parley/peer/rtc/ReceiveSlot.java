package dev.parley.peer.rtc;

import dev.parley.peer.SlotStats;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.SequenceUnwrapper;
import dev.parley.rtp.nack.MissingPackets;
import dev.parley.rtp.payload.Vp8Payload;
import dev.parley.rtp.rtcp.RtcpWriter;

/** One receive slot: a fixed SSRC and its RTX SSRC, whoever it carries. Counts, asks for what is missing, reports. */
final class ReceiveSlot {
    private static final int MOST_MISSING = 512;
    private static final long REORDER_NANOS = 10_000_000L;
    private static final long ASSUMED_ROUND_TRIP_NANOS = 50_000_000L;

    private final int index;
    private final boolean video;
    private final long ssrc;
    private final long rtxSsrc;
    private final MissingPackets missing = new MissingPackets(MOST_MISSING, REORDER_NANOS);
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final Vp8Payload vp8 = new Vp8Payload();
    private final int[] due = new int[64];
    private long packets;
    private long bytes;
    private long frames;
    private long keyFrames;
    private long requested;
    private long recovered;
    private long lostTold;
    private long csrc;
    private long firstSequence = -1;
    private long highestSequence = -1;
    private long expectedBefore;
    private long receivedBefore;
    private double jitter;
    private long lastTransit;
    private long lastReport;
    private long lastReportNanos;
    private long lastFrameNanos;
    private long longestGapNanos;

    ReceiveSlot(int index, boolean video, long ssrc, long rtxSsrc) {
        this.index = index;
        this.video = video;
        this.ssrc = ssrc;
        this.rtxSsrc = rtxSsrc;
    }

    long ssrc() {
        return ssrc;
    }

    long rtxSsrc() {
        return rtxSsrc;
    }

    boolean isVideo() {
        return video;
    }

    /** Takes a packet of the slot's stream, or one restored from its retransmission. */
    void onPacket(RtpPacket packet, boolean retransmission, long nowNanos) {
        boolean wasMissing = missing.onPacket(packet.sequenceNumber(), nowNanos);
        if (retransmission && !wasMissing) {
            return;
        }
        recovered += retransmission ? 1 : 0;
        long sequence = unwrapper.unwrap(packet.sequenceNumber());
        if (firstSequence < 0) {
            firstSequence = sequence;
        }
        highestSequence = Math.max(highestSequence, sequence);
        packets++;
        bytes += packet.payloadLength();
        if (packet.csrcCount() > 0) {
            csrc = packet.csrc(0);
        }
        if (!retransmission) {
            measureJitter(packet.timestamp(), nowNanos);
        }
        if (video) {
            onVideo(packet, nowNanos);
        } else {
            onFrame(nowNanos);
        }
    }

    private void onVideo(RtpPacket packet, long nowNanos) {
        if (packet.marker()) {
            onFrame(nowNanos);
        }
        if (vp8.tryWrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength()) && vp8.startOfKeyFrame()) {
            keyFrames++;
        }
    }

    private void onFrame(long nowNanos) {
        frames++;
        if (lastFrameNanos != 0) {
            longestGapNanos = Math.max(longestGapNanos, nowNanos - lastFrameNanos);
        }
        lastFrameNanos = nowNanos;
    }

    /** RFC 3550 section 6.4.1. */
    private void measureJitter(long timestamp, long nowNanos) {
        long clock = video ? 90 : 48;
        long transit = nowNanos / 1_000 * clock / 1_000 - timestamp;
        if (lastTransit != 0) {
            int difference = Math.abs((int) (transit - lastTransit));
            jitter += (Math.min(difference, 90_000) - jitter) / 16;
        }
        lastTransit = transit;
    }

    void onSenderReport(long compactNtp, long nowNanos) {
        lastReport = compactNtp;
        lastReportNanos = nowNanos;
    }

    /** Asks for what is missing now; whether anything was written. */
    boolean request(RtcpWriter compound, long ourSsrc, long nowNanos) {
        if (rtxSsrc < 0) {
            return false;
        }
        int count = missing.due(nowNanos, ASSUMED_ROUND_TRIP_NANOS, due);
        if (count == 0) {
            return false;
        }
        compound.nack(ourSsrc, ssrc, due[0]);
        for (int i = 1; i < count; i++) {
            compound.nackAnother(due[i]);
        }
        requested += count;
        return true;
    }

    /** Whether packets were given up since the last call, so that a key frame is needed. */
    boolean takeLoss() {
        boolean lost = missing.lost() > lostTold;
        lostTold = missing.lost();
        return video && lost;
    }

    boolean hasStarted() {
        return packets > 0;
    }

    /** Appends a block about this slot to the report just written. */
    void report(RtcpWriter compound, long nowNanos) {
        long expected = highestSequence - firstSequence + 1;
        long expectedSince = expected - expectedBefore;
        long lostSince = Math.max(0, expectedSince - (packets - receivedBefore));
        expectedBefore = expected;
        receivedBefore = packets;
        int fraction = expectedSince == 0 ? 0 : (int) Math.min(255, lostSince * 256 / expectedSince);
        long delay = lastReportNanos == 0 ? 0 : (nowNanos - lastReportNanos) * 65_536 / 1_000_000_000L;
        compound.reportBlock(
                ssrc,
                fraction,
                (int) (expected - packets),
                highestSequence & 0xFFFF_FFFFL,
                (long) jitter,
                lastReport,
                delay);
    }

    SlotStats stats() {
        return new SlotStats(
                index,
                video,
                packets,
                bytes,
                frames,
                keyFrames,
                missing.lost(),
                requested,
                recovered,
                csrc,
                longestGapNanos / 1_000_000);
    }
}
