package dev.parley.sfu.rooms;

import dev.parley.rtp.HeaderExtensions;
import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.extension.TransportSequence;
import dev.parley.rtp.rtx.Rtx;
import dev.parley.rtp.twcc.ArrivalLog;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.SfuCounters.Counter;
import dev.parley.sfu.bwe.RateMeter;
import dev.parley.sfu.tracks.Gathering;
import dev.parley.sfu.tracks.Layer;
import dev.parley.sfu.tracks.MediaPacket;
import dev.parley.sfu.tracks.PublisherClock;
import dev.parley.sfu.tracks.Track;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Everything that comes in from one publisher: finds each packet's track and layer, takes retransmissions apart, notes arrivals for feedback. */
final class Uplink {
    private static final int ARRIVALS = 4096;
    private static final int NOT_SENT = -1;

    private final Gathering gathering;
    private final SfuCounters counters;
    private final ExtensionIds ids;
    private final List<Track> tracks;
    private final StreamBinding binding;
    private final PayloadFormat[] formats = new PayloadFormat[128];
    private final PayloadFormat[] rtxFormats = new PayloadFormat[128];
    private final ArrivalLog arrivals = new ArrivalLog(ARRIVALS);
    private final RateMeter rate = new RateMeter();
    private final RtpPacket rtp;
    private final HeaderExtensions extensions;
    private final StreamBinding.Elements elements;
    private final MediaPacket packet;

    Uplink(ParticipantSpec spec, Reading reading, Gathering gathering, SfuCounters counters) {
        rtp = reading.rtp;
        extensions = reading.extensions;
        elements = reading.elements;
        packet = reading.packet;
        this.gathering = gathering;
        this.counters = counters;
        ids = spec.extensions();
        PublisherClock clock = new PublisherClock();
        List<Track> all = new ArrayList<>();
        for (PublishedSource published : spec.published()) {
            all.add(new Track(spec.number(), published, clock));
        }
        tracks = List.copyOf(all);
        binding = new StreamBinding(tracks);
        for (PayloadFormat format : spec.formats()) {
            formats[format.payloadType()] = format;
            if (format.rtxPayloadType() != PayloadFormat.NO_RTX) {
                rtxFormats[format.rtxPayloadType()] = format;
            }
        }
    }

    void onRtp(ByteBuffer buffer, int offset, int length, long nowNanos) {
        if (!rtp.tryWrap(buffer, offset, length)) {
            counters.add(Counter.MALFORMED, 1);
            return;
        }
        counters.add(Counter.PACKETS_IN, 1);
        readElements(buffer);
        if (elements.transportSequence != NOT_SENT) {
            arrivals.onPacket(elements.transportSequence, nowNanos);
        }
        rate.add(length, nowNanos);
        int payloadType = rtp.payloadType();
        boolean repair = formats[payloadType] == null;
        PayloadFormat format = repair ? rtxFormats[payloadType] : formats[payloadType];
        if (format == null) {
            counters.add(Counter.UNKNOWN, 1);
            return;
        }
        IncomingStream stream = binding.find(rtp.ssrc());
        if (stream == null) {
            stream = binding.bind(rtp.ssrc(), format, repair, elements);
        }
        if (stream == null || stream.repair() != repair || stream.layer() == null) {
            counters.add(Counter.UNKNOWN, 1);
            return;
        }
        if (repair) {
            onRepair(stream, format, nowNanos);
        } else {
            onMedia(stream, format, nowNanos);
        }
    }

    private void onMedia(IncomingStream stream, PayloadFormat format, long nowNanos) {
        Layer layer = stream.layer();
        if (layer.startsOver(rtp.sequenceNumber())) {
            if (!layer.mayStartOver(nowNanos)) {
                counters.add(Counter.UNKNOWN, 1);
                return;
            }
            layer = stream.track().start(stream.index(), layer.ssrc(), layer.clockRate());
        }
        packet.payload(rtp.buffer(), rtp.payloadOffset(), rtp.payloadLength());
        deliver(layer, format, rtp.sequenceNumber(), false, nowNanos);
    }

    private void onRepair(IncomingStream stream, PayloadFormat format, long nowNanos) {
        int original = Rtx.originalSequenceNumber(rtp);
        Layer layer = stream.layer();
        if (original < 0 || layer.highestSequence() < 0 || layer.startsOver(original)) {
            return;
        }
        packet.payload(rtp.buffer(), rtp.payloadOffset() + Rtx.OVERHEAD, rtp.payloadLength() - Rtx.OVERHEAD);
        deliver(layer, format, original, true, nowNanos);
    }

    private void deliver(Layer layer, PayloadFormat format, int sequenceNumber, boolean repaired, long nowNanos) {
        packet.header(layer.unwrap(sequenceNumber), rtp.timestamp(), rtp.marker(), format)
                .extensions(elements.audioLevel, elements.orientation);
        Track track = layer.track();
        if (!layer.onPacket(packet, repaired, nowNanos) || track.muted() || layer.isLeftBehind(packet.sequence())) {
            return;
        }
        if (track.loudness() != null) {
            track.loudness().onPacket(packet.audioLevel(), nowNanos);
        }
        if (layer.keeps()) {
            gathering.add(layer, packet, nowNanos);
        } else {
            gathering.forwardAtOnce(layer, packet, nowNanos);
        }
    }

    private void readElements(ByteBuffer buffer) {
        elements.buffer = buffer;
        elements.midLength = 0;
        elements.ridLength = 0;
        elements.repairedRidLength = 0;
        elements.audioLevel = MediaPacket.ABSENT;
        elements.orientation = MediaPacket.ABSENT;
        elements.transportSequence = NOT_SENT;
        if (!rtp.hasExtension()) {
            return;
        }
        extensions.wrap(rtp);
        while (extensions.next()) {
            ExtensionUri uri = ids.byId(extensions.id());
            if (uri != null && extensions.valueLength() > 0) {
                readElement(uri, buffer, extensions.valueOffset(), extensions.valueLength());
            }
        }
    }

    private void readElement(ExtensionUri uri, ByteBuffer buffer, int at, int length) {
        switch (uri) {
            case MID -> {
                elements.midOffset = at;
                elements.midLength = length;
            }
            case RID -> {
                elements.ridOffset = at;
                elements.ridLength = length;
            }
            case REPAIRED_RID -> {
                elements.repairedRidOffset = at;
                elements.repairedRidLength = length;
            }
            case AUDIO_LEVEL -> elements.audioLevel = buffer.get(at) & 0xFF;
            case VIDEO_ORIENTATION -> elements.orientation = buffer.get(at) & 0xFF;
            case TRANSPORT_SEQUENCE -> {
                if (length >= TransportSequence.LENGTH) {
                    elements.transportSequence = TransportSequence.read(buffer, at);
                }
            }
            default -> {}
        }
    }

    /** The layer that sends under this SSRC; null when there is none. */
    Layer layer(long ssrc) {
        IncomingStream stream = binding.find(ssrc);
        return stream == null || stream.repair() ? null : stream.layer();
    }

    /** The publisher's tracks, in the order of its offer. */
    List<Track> tracks() {
        return tracks;
    }

    /** Arrival times of the transport, for its feedback. */
    ArrivalLog arrivals() {
        return arrivals;
    }

    /** Bits per second that arrive. */
    long bitrateBps(long nowNanos) {
        return rate.bitrateBps(nowNanos);
    }
}
