package dev.parley.peer.rtc;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.Source;
import dev.parley.peer.PeerStats;
import dev.parley.peer.media.DemoMedia;
import dev.parley.peer.media.MediaFile;
import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.extension.TransportSequence;
import dev.parley.rtp.rtcp.FirReader;
import dev.parley.rtp.rtcp.NackReader;
import dev.parley.rtp.rtcp.RtcpReader;
import dev.parley.rtp.rtcp.RtcpWriter;
import dev.parley.rtp.rtcp.SenderReport;
import dev.parley.rtp.rtx.Rtx;
import dev.parley.rtp.twcc.ArrivalLog;
import dev.parley.rtp.twcc.TransportFeedbackWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The one owner of a peer's RTP and RTCP: plays the files, takes what arrives, and sends feedback, each when it is due.
 * Everything else reaches it through its inbox.
 */
final class MediaLoop implements Runnable {
    private static final int INBOX = 4096;
    private static final long FEEDBACK_NANOS = 50_000_000L;
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final int LARGEST_RTCP = 1100;
    private static final byte[] CNAME = "parley-peer".getBytes(StandardCharsets.US_ASCII);

    private sealed interface Input {
        record Datagram(byte[] bytes, int length) implements Input {}

        record Command(Runnable action) implements Input {}
    }

    private final IcePath path;
    private final Srtp srtp;
    private final BlockingQueue<Input> inbox = new ArrayBlockingQueue<>(INBOX);
    private final long epochNanosAtZero = System.currentTimeMillis() * 1_000_000L - System.nanoTime();
    private final VoiceTrack voice;
    private final List<VideoLayer> layers = new ArrayList<>();
    private final List<ReceiveSlot> slots;
    private final Map<Long, ReceiveSlot> slotBySsrc = new HashMap<>();
    private final Map<Long, ReceiveSlot> slotByRtx = new HashMap<>();
    private final ArrivalLog arrivals = new ArrivalLog(4096);
    private final TransportFeedbackWriter transportFeedback = new TransportFeedbackWriter();
    private final RtpPacket packet = new RtpPacket();
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final RtcpReader control = new RtcpReader();
    private final NackReader nack = new NackReader();
    private final FirReader fir = new FirReader();
    private final SenderReport senderReport = new SenderReport();
    private final byte[] outgoing = new byte[1500 + Srtp.ROOM];
    private final ByteBuffer outgoingBuffer = ByteBuffer.wrap(outgoing);
    private final RtcpWriter compound = new RtcpWriter();
    private volatile boolean stopped;
    private long nextFeedbackNanos;
    private long nextReportNanos;
    private long picturesAsked;
    private long rejected;

    MediaLoop(IcePath path, Srtp srtp, DemoMedia.Person person, List<ReceiveSlot> slots, RandomGenerator random) {
        this.path = path;
        this.srtp = srtp;
        this.slots = List.copyOf(slots);
        slots.forEach(slot -> {
            slotBySsrc.put(slot.ssrc(), slot);
            slotByRtx.put(slot.rtxSsrc(), slot);
        });
        PacketOut out = new ProtectedOut();
        TransportSequencer sequencer = new TransportSequencer();
        voice = new VoiceTrack(
                person.voice(),
                new OutgoingStream(
                        Offer.MICROPHONE_MID, "", Offer.OPUS, -1, person.voice().clockRate(), random, sequencer, out));
        for (int i = 0; i < person.layers().size(); i++) {
            MediaFile file = person.layers().get(i);
            layers.add(new VideoLayer(
                    file,
                    new OutgoingStream(
                            Offer.CAMERA_MID,
                            DemoMedia.RIDS.get(i),
                            Offer.VP8,
                            Offer.VP8_RTX,
                            file.clockRate(),
                            random,
                            sequencer,
                            out)));
        }
    }

    /** Hands a datagram over; one too many is dropped, as a network would. */
    void offer(byte[] bytes, int length) {
        inbox.offer(new Input.Datagram(bytes, length));
    }

    /** Has something done by the loop's thread. */
    void execute(Runnable action) {
        inbox.offer(new Input.Command(action));
    }

    void stop() {
        stopped = true;
        execute(() -> {});
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                long nowNanos = System.nanoTime();
                long nextNanos = Math.min(play(nowNanos), feedBack(nowNanos));
                Input input = inbox.poll(Math.max(0, nextNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
                while (input != null && !stopped) {
                    take(input);
                    input = System.nanoTime() < nextNanos ? inbox.poll() : null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            srtp.close();
        }
    }

    private long play(long nowNanos) {
        long epochNanos = epochNanosAtZero + nowNanos;
        long next = voice.play(epochNanos);
        for (VideoLayer layer : layers) {
            next = Math.min(next, layer.play(epochNanos));
        }
        return next - epochNanosAtZero;
    }

    private void take(Input input) {
        switch (input) {
            case Input.Command command -> command.action.run();
            case Input.Datagram datagram -> {
                ByteBuffer buffer = ByteBuffer.wrap(datagram.bytes);
                boolean isControl = RtcpReader.looksLikeRtcp(buffer, 0);
                int length = srtp.unprotect(datagram.bytes, datagram.length, isControl);
                if (length < 0) {
                    rejected++;
                } else if (isControl) {
                    onControl(buffer, length, System.nanoTime());
                } else {
                    onMedia(buffer, length, System.nanoTime());
                }
            }
        }
    }

    private void onMedia(ByteBuffer buffer, int length, long nowNanos) {
        if (!packet.tryWrap(buffer, 0, length)) {
            rejected++;
            return;
        }
        if (extensions.wrap(packet).find(Extensions.TRANSPORT_SEQUENCE) && extensions.valueLength() == 2) {
            arrivals.onPacket(TransportSequence.read(buffer, extensions.valueOffset()), nowNanos);
        }
        ReceiveSlot slot = slotBySsrc.get(packet.ssrc());
        if (slot != null) {
            slot.onPacket(packet, false, nowNanos);
            return;
        }
        slot = slotByRtx.get(packet.ssrc());
        if (slot != null && Rtx.restore(packet, Offer.VP8, slot.ssrc())) {
            slot.onPacket(packet, true, nowNanos);
        }
    }

    private void onControl(ByteBuffer buffer, int length, long nowNanos) {
        if (!control.tryWrap(buffer, 0, length)) {
            rejected++;
            return;
        }
        while (control.next()) {
            if (senderReport.tryWrap(control)) {
                ReceiveSlot slot = slotBySsrc.get(senderReport.ssrc());
                if (slot != null) {
                    slot.onSenderReport(senderReport.compactNtp(), nowNanos);
                }
            } else if (nack.tryWrap(control)) {
                long media = control.mediaSsrc();
                while (nack.next()) {
                    resend(media, nack.sequenceNumber());
                }
            } else if (control.isFeedback(RtcpReader.PAYLOAD_FEEDBACK, RtcpReader.PLI)) {
                keyFrame(control.mediaSsrc());
            } else if (fir.tryWrap(control)) {
                while (fir.next()) {
                    keyFrame(fir.ssrc());
                }
            }
        }
    }

    private void resend(long ssrc, int sequence) {
        for (VideoLayer layer : layers) {
            if (layer.stream().ssrc() == ssrc) {
                layer.stream().resend(sequence);
            }
        }
    }

    private void keyFrame(long ssrc) {
        picturesAsked++;
        for (VideoLayer layer : layers) {
            if (layer.stream().ssrc() == ssrc) {
                layer.wantKeyFrame();
            }
        }
    }

    /** What the node watches of us: the other layers are not sent. */
    void watched(List<ChannelMessage.TrackLayers> tracks) {
        for (ChannelMessage.TrackLayers track : tracks) {
            if (track.source() == Source.CAMERA && track.rids() != null) {
                for (int i = 0; i < layers.size(); i++) {
                    layers.get(i).active(track.rids().contains(DemoMedia.RIDS.get(i)));
                }
            }
        }
    }

    void muted(Source source, boolean silent) {
        if (source == Source.MICROPHONE) {
            voice.muted(silent);
        } else if (source == Source.CAMERA) {
            layers.forEach(layer -> layer.active(!silent));
        }
    }

    private long feedBack(long nowNanos) {
        if (nowNanos >= nextFeedbackNanos) {
            nextFeedbackNanos = nowNanos + FEEDBACK_NANOS;
            reportArrivals();
            askForMissing(nowNanos);
        }
        if (nowNanos >= nextReportNanos) {
            nextReportNanos = nowNanos + REPORT_NANOS;
            report(nowNanos);
        }
        return Math.min(nextFeedbackNanos, nextReportNanos);
    }

    private void reportArrivals() {
        int length = transportFeedback.write(
                arrivals, outgoingBuffer, 0, LARGEST_RTCP, voice.stream().ssrc(), 0);
        while (length > 0) {
            sendControl(length);
            length = transportFeedback.write(
                    arrivals, outgoingBuffer, 0, LARGEST_RTCP, voice.stream().ssrc(), 0);
        }
    }

    private void askForMissing(long nowNanos) {
        for (ReceiveSlot slot : slots) {
            compound.begin(outgoingBuffer, 0);
            boolean asks = slot.request(compound, voice.stream().ssrc(), nowNanos);
            if (slot.takeLoss()) {
                compound.pictureLoss(voice.stream().ssrc(), slot.ssrc());
                asks = true;
            }
            if (asks) {
                sendControl(compound.length());
            }
        }
    }

    /** A sender report for each stream, a receiver report for the slots, and our name. */
    private void report(long nowNanos) {
        long epochNanos = epochNanosAtZero + nowNanos;
        compound.begin(outgoingBuffer, 0);
        voice.stream().report(compound, epochNanos);
        for (VideoLayer layer : layers) {
            if (layer.isActive()) {
                layer.stream().report(compound, epochNanos);
            }
        }
        compound.receiverReport(voice.stream().ssrc());
        for (ReceiveSlot slot : slots) {
            if (slot.hasStarted()) {
                slot.report(compound, nowNanos);
            }
        }
        compound.canonicalName(voice.stream().ssrc(), CNAME);
        sendControl(compound.length());
    }

    private void sendControl(int length) {
        int protectedLength = srtp.protect(outgoing, length, true);
        send(outgoing, protectedLength);
    }

    private void send(byte[] bytes, int length) {
        if (length > 0) {
            try {
                path.send(bytes, 0, length);
            } catch (IOException e) {
                rejected++;
            }
        }
    }

    /** The state of everything at one moment; to be called by the loop's thread. */
    PeerStats stats() {
        long sent = voice.stream().packets();
        long retransmitted = 0;
        long frames = 0;
        for (VideoLayer layer : layers) {
            sent += layer.stream().packets();
            retransmitted += layer.stream().retransmitted();
            frames += layer.frames();
        }
        List<String> active = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).isActive()) {
                active.add(DemoMedia.RIDS.get(i));
            }
        }
        return new PeerStats(
                sent,
                frames,
                retransmitted,
                picturesAsked,
                rejected,
                active,
                slots.stream().map(ReceiveSlot::stats).toList());
    }

    private final class ProtectedOut implements PacketOut {
        @Override
        public void rtp(byte[] bytes, int length) {
            send(bytes, srtp.protect(bytes, length, false));
        }

        @Override
        public void rtcp(byte[] bytes, int length) {
            send(bytes, srtp.protect(bytes, length, true));
        }
    }
}
