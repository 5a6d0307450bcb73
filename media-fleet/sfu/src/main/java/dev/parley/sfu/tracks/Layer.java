package dev.parley.sfu.tracks;

import dev.parley.rtp.SequenceUnwrapper;
import dev.parley.rtp.nack.MissingPackets;
import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.bwe.RateMeter;
import dev.parley.sfu.repair.DuplicateFilter;
import dev.parley.sfu.repair.KeyFrameRequests;
import dev.parley.sfu.repair.ReceptionStatistics;

/**
 * One incoming RTP stream: the only one of a plain track, or one simulcast layer. A publisher that starts over with another SSRC
 * gets a new layer.
 */
public final class Layer {
    /** A simulcast layer or a voice without packets for this long does not flow. */
    public static final long FLOWING_NANOS = 1_000_000_000L;
    /** A picture without layers may stand still: a screen that does not change is sent once a second. */
    public static final long STILL_NANOS = 3_000_000_000L;

    /** A stream does not start over more often than this: each beginning costs memory. */
    private static final long SHORTEST_LIFE_NANOS = 1_000_000_000L;

    private static final long NOTHING = Long.MIN_VALUE;
    private static final int MISSING_CAPACITY = 256;
    private static final long REORDER_NANOS = 10_000_000L;

    private final Track track;
    private final int index;
    private final long ssrc;
    private final int clockRate;
    private final SequenceUnwrapper sequences = new SequenceUnwrapper();
    private final DuplicateFilter duplicates = new DuplicateFilter();
    private final ReceptionStatistics reception;
    private final RateMeter rate = new RateMeter();
    private final KeyFrameDetector detector = new KeyFrameDetector();
    private final KeyFrameRequests keyFrames;
    private final long flowingNanos;
    private final MissingPackets missing;
    private PacketCache cache;
    private final Gathered gathered;

    private long firstPacketNanos;
    private long lastPacketNanos;
    private boolean anyPacket;
    private PayloadFormat format;
    private int height;
    private long lostBefore;
    private long latestTimestamp;
    private long latestTimestampNanos;
    private boolean reported;
    private long reportNtp;
    private long reportTimestamp;
    private long reportAtNanos;
    /** Packets up to this number belong to a room that their publisher has left. */
    private long leftBehind = NOTHING;

    Layer(Track track, int index, long ssrc, int clockRate) {
        this.track = track;
        this.index = index;
        this.ssrc = ssrc;
        this.clockRate = clockRate;
        flowingNanos = track.source().video() && track.layerCount() == 1 ? STILL_NANOS : FLOWING_NANOS;
        keyFrames = new KeyFrameRequests(track.asks());
        reception = new ReceptionStatistics(clockRate);
        missing = track.source().video() ? new MissingPackets(MISSING_CAPACITY, REORDER_NANOS) : null;
        gathered = track.source().video() ? new Gathered() : null;
    }

    /**
     * Takes in an arrived packet whose unwrapped number is set: keeps it and tells whether a key frame begins.
     *
     * @param repaired whether it came as a retransmission
     * @return false for a packet that was here before
     */
    public boolean onPacket(MediaPacket packet, boolean repaired, long nowNanos) {
        if (!duplicates.admit(packet.sequence())) {
            return false;
        }
        sequences.unwrap((int) packet.sequence() & 0xFFFF);
        rate.add(packet.payloadLength(), nowNanos);
        if (!repaired) {
            reception.onPacket(packet.sequence(), packet.timestamp(), nowNanos);
        }
        if (!anyPacket || (int) (packet.timestamp() - latestTimestamp) > 0) {
            latestTimestamp = packet.timestamp();
            latestTimestampNanos = nowNanos;
        }
        if (!anyPacket) {
            firstPacketNanos = nowNanos;
        }
        lastPacketNanos = nowNanos;
        anyPacket = true;
        format = packet.format();
        if (missing != null) {
            onVideo(packet, nowNanos);
        }
        return true;
    }

    private void onVideo(MediaPacket packet, long nowNanos) {
        missing.onPacket((int) packet.sequence() & 0xFFFF, nowNanos);
        if (missing.size() > 0) {
            track.asks().raise();
        }
        boolean key = packet.payloadLength() > 0 && detector.keyFrameStart(packet);
        packet.keyFrameStart(key);
        if (key) {
            keyFrames.onKeyFrame();
            if (detector.height() > 0) {
                height = detector.height();
            }
        }
        if (cache == null) {
            // Not before the first packet: many layers of a track that arrives at another agent never come here.
            cache = new PacketCache();
        }
        cache.put(packet, nowNanos);
        if (missing.lost() != lostBefore) {
            lostBefore = missing.lost();
            if (track.watched()) {
                keyFrames.request();
            }
        }
    }

    /** Extends a sequence number of this stream. */
    public long unwrap(int sequenceNumber) {
        return sequences.peek(sequenceNumber);
    }

    /** Whether the stream is old enough to give way to one that starts over. */
    public boolean mayStartOver(long nowNanos) {
        return nowNanos - firstPacketNanos >= SHORTEST_LIFE_NANOS;
    }

    /** Whether a number lies so far from the last ones that the sender must have started over. */
    public boolean startsOver(int sequenceNumber) {
        return sequences.highest() >= 0 && Math.abs(unwrap(sequenceNumber) - sequences.highest()) > 3000;
    }

    /** Notes a sender report of this stream. */
    public void onSenderReport(long ntpTime, long rtpTimestamp, long nowNanos) {
        reception.onSenderReport(ntpTime, nowNanos);
        track.clock().onSenderReport(ntpTime, nowNanos);
        reported = true;
        reportNtp = ntpTime;
        reportTimestamp = rtpTimestamp;
        reportAtNanos = nowNanos;
    }

    /** The NTP time of the last sender report; 0 before the first. */
    public long reportNtp() {
        return reportNtp;
    }

    /** The timestamp of the last sender report. */
    public long reportTimestamp() {
        return reportTimestamp;
    }

    /** When the last sender report arrived. */
    public long reportAtNanos() {
        return reportAtNanos;
    }

    /** The stream's timestamp at {@code nowNanos}: by its sender reports, or by its latest packet until there are any. */
    public long timestampAt(long nowNanos) {
        long from = reported ? reportTimestamp : latestTimestamp;
        long fromNanos = reported ? track.clock().nanosAt(reportNtp) : latestTimestampNanos;
        return from + Math.round((nowNanos - fromNanos) * 1e-9 * clockRate);
    }

    /** Whether packets arrived lately. */
    public boolean flowing(long nowNanos) {
        if (track.relayed() != null) {
            return track.relayed().flowing(index);
        }
        return anyPacket && nowNanos - lastPacketNanos < flowingNanos;
    }

    /** The track this stream belongs to. */
    public Track track() {
        return track;
    }

    /** Position among the track's layers, 0 the smallest picture. */
    public int index() {
        return index;
    }

    public long ssrc() {
        return ssrc;
    }

    /** RTP timestamp units a second. */
    public int clockRate() {
        return clockRate;
    }

    /** Highest unwrapped sequence number that arrived. */
    public long highestSequence() {
        return sequences.highest();
    }

    /** The format of the latest packet; null before the first. */
    public PayloadFormat format() {
        return track.relayed() != null ? track.relayed().format(index) : format;
    }

    /** Picture height of the last key frame, 0 while unknown. */
    public int height() {
        return track.relayed() != null ? track.relayed().height(index) : height;
    }

    /** Bits per second of payload lately. */
    public long bitrateBps(long nowNanos) {
        return track.relayed() != null ? track.relayed().bitrateBps(index) : rate.bitrateBps(nowNanos);
    }

    public ReceptionStatistics reception() {
        return reception;
    }

    /** Key-frame requests for this layer; video only. */
    public KeyFrameRequests keyFrames() {
        return keyFrames;
    }

    /** What has not arrived; null for audio, which is not repaired. */
    public MissingPackets missing() {
        return missing;
    }

    /** Whether its packets are kept, and so may be gathered. */
    public boolean keeps() {
        return cache != null;
    }

    /** Its packets that wait to be forwarded; null for audio, which never waits. */
    Gathered gathered() {
        return gathered;
    }

    /** The publisher goes to another room: what it has sent so far is passed on no more, however late it arrives. */
    void leaveBehind() {
        if (anyPacket) {
            leftBehind = sequences.highest();
        }
    }

    /** Whether a packet of this number belongs to a room that the publisher has left. */
    public boolean isLeftBehind(long sequence) {
        return sequence <= leftBehind;
    }

    /** Finds a packet of the last second; false when it is gone or this is audio. */
    public boolean find(long sequence, MediaPacket into) {
        return cache != null && cache.find(sequence, into);
    }
}
