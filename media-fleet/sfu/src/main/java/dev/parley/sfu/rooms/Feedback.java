package dev.parley.sfu.rooms;

import dev.parley.rtp.rtcp.FirReader;
import dev.parley.rtp.rtcp.NackReader;
import dev.parley.rtp.rtcp.NtpTime;
import dev.parley.rtp.rtcp.ReportBlocks;
import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.rtcp.SenderReport;
import dev.parley.rtp.twcc.TransportFeedbackReader;
import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.SfuCounters.Counter;
import dev.parley.sfu.slots.Downlink;
import dev.parley.sfu.slots.SlotStream;
import dev.parley.sfu.slots.VideoSlot;
import dev.parley.sfu.tracks.Layer;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads what one participant's RTCP says: as a publisher, its sender reports; as a receiver, how its slots fare and what they miss. */
final class Feedback {
    private static final long UNKNOWN = -1;
    /** Assumed until a round trip was measured. */
    private static final long ROUND_TRIP_NANOS = 100_000_000L;

    private final Uplink uplink;
    private final Downlink downlink;
    private final VideoSlot[] videoSlots;
    private final List<SlotStream> streams;
    private final long epochNanosAtZero;
    private final SfuCounters counters;
    private final RtcpReader reader = new RtcpReader();
    private final SenderReport senderReport = new SenderReport();
    private final ReportBlocks blocks = new ReportBlocks();
    private final NackReader nack = new NackReader();
    private final FirReader fir = new FirReader();
    private final TransportFeedbackReader transport = new TransportFeedbackReader();
    private long roundTripNanos = UNKNOWN;
    private double reportedLoss;

    Feedback(
            Uplink uplink,
            Downlink downlink,
            VideoSlot[] videoSlots,
            List<SlotStream> streams,
            long epochNanosAtZero,
            SfuCounters counters) {
        this.uplink = uplink;
        this.downlink = downlink;
        this.videoSlots = videoSlots;
        this.streams = streams;
        this.epochNanosAtZero = epochNanosAtZero;
        this.counters = counters;
    }

    void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
        if (!reader.tryWrap(buffer, offset, length)) {
            counters.add(Counter.MALFORMED, 1);
            return;
        }
        while (reader.next()) {
            switch (reader.type()) {
                case RtcpReader.SENDER_REPORT -> {
                    onSenderReport(nowNanos);
                    onBlocks(nowNanos);
                }
                case RtcpReader.RECEIVER_REPORT -> onBlocks(nowNanos);
                case RtcpReader.TRANSPORT_LAYER_FEEDBACK -> onTransportLayer(nowNanos);
                case RtcpReader.PAYLOAD_FEEDBACK -> onPayload();
                default -> {}
            }
        }
    }

    private void onSenderReport(long nowNanos) {
        if (senderReport.tryWrap(reader) && senderReport.ntpTime() != 0) {
            Layer layer = uplink.layer(senderReport.ssrc());
            if (layer != null) {
                layer.onSenderReport(senderReport.ntpTime(), senderReport.rtpTimestamp(), nowNanos);
            }
        }
    }

    private void onBlocks(long nowNanos) {
        if (!blocks.tryWrap(reader)) {
            return;
        }
        long now = NtpTime.compact(NtpTime.fromEpochNanos(nowNanos + epochNanosAtZero));
        int worst = 0;
        boolean any = false;
        while (blocks.next()) {
            long sample = blocks.roundTripNanos(now);
            if (sample >= 0) {
                roundTripNanos = roundTripNanos == UNKNOWN ? sample : (7 * roundTripNanos + sample) / 8;
            }
            if (isSlot(blocks.ssrc())) {
                worst = Math.max(worst, blocks.fractionLost());
                any = true;
            }
        }
        if (any) {
            reportedLoss = worst / 256.0;
            downlink.estimate().onReportedLoss(reportedLoss, nowNanos);
        }
    }

    private void onTransportLayer(long nowNanos) {
        if (transport.tryWrap(reader)) {
            downlink.estimate().onFeedback(transport, nowNanos);
        } else if (nack.tryWrap(reader)) {
            VideoSlot slot = slot(reader.mediaSsrc());
            while (slot != null && nack.next()) {
                slot.resend(nack.sequenceNumber(), roundTripOrGuessNanos(), nowNanos);
            }
        }
    }

    private void onPayload() {
        if (reader.isFeedback(RtcpReader.PAYLOAD_FEEDBACK, RtcpReader.PLI)) {
            requestKeyFrame(reader.mediaSsrc());
        } else if (fir.tryWrap(reader)) {
            while (fir.next()) {
                requestKeyFrame(fir.ssrc());
            }
        }
    }

    private void requestKeyFrame(long ssrc) {
        VideoSlot slot = slot(ssrc);
        if (slot != null) {
            slot.requestKeyFrame();
        }
    }

    /** Whether this is a slot's stream; reports about retransmissions count few packets and say little. */
    private boolean isSlot(long ssrc) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).ssrc() == ssrc) {
                return true;
            }
        }
        return false;
    }

    private VideoSlot slot(long ssrc) {
        for (VideoSlot slot : videoSlots) {
            if (slot.stream().ssrc() == ssrc) {
                return slot;
            }
        }
        return null;
    }

    /** Round-trip time of this transport, -1 while unknown. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    /** Round-trip time of this transport, or a guess while unknown. */
    long roundTripOrGuessNanos() {
        return roundTripNanos == UNKNOWN ? ROUND_TRIP_NANOS : roundTripNanos;
    }

    /** The worst loss of its slots that the participant reported last, 0 to 1. */
    double reportedLoss() {
        return reportedLoss;
    }
}
