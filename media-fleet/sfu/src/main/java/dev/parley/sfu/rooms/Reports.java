package dev.parley.sfu.rooms;

import dev.parley.rtp.nack.MissingPackets;
import dev.parley.rtp.rtcp.NtpTime;
import dev.parley.rtp.rtcp.RtcpWriter;
import dev.parley.rtp.twcc.TransportFeedbackWriter;
import dev.parley.sfu.PacketSink;
import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.SfuCounters.Counter;
import dev.parley.sfu.slots.SlotStream;
import dev.parley.sfu.tracks.Layer;
import dev.parley.sfu.tracks.Track;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the RTCP that one participant is sent: what was lost, what arrived when, key-frame requests, reports. */
final class Reports {
    private static final int MAX_BYTES = 1200;
    private static final int MAX_BLOCKS = 24;
    private static final int MAX_NACKED = 128;
    /** Feedback packets at a time; what is left over is told the next time. */
    private static final int MAX_FEEDBACKS = 8;
    /** The largest single step: a sender report with its blocks left aside, and a source description. */
    private static final int STEP_BYTES = 28 + 272;

    private final Uplink uplink;
    private final Track[] pictures;
    private final List<SlotStream> streams;
    private final PacketSink sink;
    private final SfuCounters counters;
    private final ByteBuffer scratch;
    private final byte[] canonicalName;
    private final long epochNanosAtZero;
    private final long ownSsrc;
    private final RtcpWriter writer = new RtcpWriter();
    private final int[] due = new int[MAX_NACKED];
    /** Made when the participant sends its first packet: most only receive. */
    private TransportFeedbackWriter transport;

    /** @param streams all slots of the participant, on which it gets sender reports */
    Reports(
            Uplink uplink,
            List<SlotStream> streams,
            PacketSink sink,
            ByteBuffer scratch,
            String canonicalName,
            long epochNanosAtZero,
            SfuCounters counters) {
        this.counters = counters;
        this.uplink = uplink;
        pictures =
                uplink.tracks().stream().filter(track -> track.source().video()).toArray(Track[]::new);
        this.streams = List.copyOf(streams);
        this.sink = sink;
        this.scratch = scratch;
        this.canonicalName = canonicalName.getBytes(StandardCharsets.UTF_8);
        this.epochNanosAtZero = epochNanosAtZero;
        ownSsrc = streams.isEmpty() ? 1 : streams.getFirst().ssrc();
    }

    /** Asks the publisher for lost packets and for key frames, as far as each is due. */
    void writeRequests(long roundTripNanos, long nowNanos) {
        for (Track track : pictures) {
            if (track.asks().any()) {
                writeRequests(track, roundTripNanos, nowNanos);
            }
        }
    }

    private void writeRequests(Track track, long roundTripNanos, long nowNanos) {
        boolean still = false;
        for (int index = 0; index < track.layerCount(); index++) {
            Layer layer = track.layer(index);
            if (layer != null) {
                writeRequests(layer, roundTripNanos, nowNanos);
                still |= layer.missing().size() > 0 || layer.keyFrames().pending();
            }
        }
        track.asks().settle(still);
    }

    private void writeRequests(Layer layer, long roundTripNanos, long nowNanos) {
        MissingPackets missing = layer.missing();
        int count = missing.size() == 0 ? 0 : missing.due(nowNanos, roundTripNanos, due);
        boolean keyFrame = layer.keyFrames().takeDue(nowNanos);
        if (count == 0 && !keyFrame) {
            return;
        }
        writer.begin(scratch, 0);
        if (count > 0) {
            counters.add(Counter.MISSED, count);
            writer.nack(ownSsrc, layer.ssrc(), due[0]);
            for (int i = 1; i < count; i++) {
                writer.nackAnother(due[i]);
            }
        }
        if (keyFrame) {
            counters.add(Counter.KEY_FRAMES_ASKED, 1);
            writer.pictureLoss(ownSsrc, layer.ssrc());
        }
        send();
    }

    /** Tells the publisher when its packets arrived (transport-wide feedback). */
    void writeArrivals() {
        if (uplink.arrivals().unreported() == 0) {
            return;
        }
        if (transport == null) {
            transport = new TransportFeedbackWriter();
        }
        long mediaSsrc = firstSsrc();
        int length = transport.write(uplink.arrivals(), scratch, 0, MAX_BYTES, ownSsrc, mediaSsrc);
        for (int packets = 1; length > 0; packets++) {
            sink.rtcp(scratch, 0, length);
            if (packets == MAX_FEEDBACKS) {
                return;
            }
            length = transport.write(uplink.arrivals(), scratch, 0, MAX_BYTES, ownSsrc, mediaSsrc);
        }
    }

    private long firstSsrc() {
        for (int i = 0; i < uplink.tracks().size(); i++) {
            Track track = uplink.tracks().get(i);
            for (int index = 0; index < track.layerCount(); index++) {
                if (track.layer(index) != null) {
                    return track.layer(index).ssrc();
                }
            }
        }
        return 0;
    }

    /** Sends a sender report for every slot that ever carried anything, and report blocks for everything received. */
    void writeReports(long nowNanos) {
        long ntpTime = NtpTime.fromEpochNanos(nowNanos + epochNanosAtZero);
        writer.begin(scratch, 0);
        boolean first = true;
        for (int i = 0; i < streams.size(); i++) {
            SlotStream stream = streams.get(i);
            if (!stream.started()) {
                continue;
            }
            if (writer.length() + STEP_BYTES > MAX_BYTES) {
                send();
                writer.begin(scratch, 0);
            }
            stream.writeReport(writer, ntpTime, nowNanos);
            if (first) {
                writeBlocks(nowNanos);
                first = false;
            }
            writer.canonicalName(stream.ssrc(), canonicalName);
        }
        if (first) {
            writer.receiverReport(ownSsrc);
            writeBlocks(nowNanos);
            writer.canonicalName(ownSsrc, canonicalName);
        }
        send();
    }

    private void writeBlocks(long nowNanos) {
        int written = 0;
        for (int i = 0; i < uplink.tracks().size(); i++) {
            Track track = uplink.tracks().get(i);
            for (int index = 0; index < track.layerCount() && written < MAX_BLOCKS; index++) {
                Layer layer = track.layer(index);
                if (layer != null && layer.reception().started()) {
                    layer.reception().report(writer, layer.ssrc(), nowNanos);
                    written++;
                }
            }
        }
    }

    private void send() {
        sink.rtcp(scratch, 0, writer.length());
    }
}
