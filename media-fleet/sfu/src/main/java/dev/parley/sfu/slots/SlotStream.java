package dev.parley.sfu.slots;

import dev.parley.rtp.rtcp.RtcpWriter;
import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.sfu.tracks.Layer;
import dev.parley.sfu.tracks.MediaPacket;
import dev.parley.sfu.tracks.PacketRun;
import dev.parley.sfu.tracks.Track;

/**
 * The outgoing stream of one slot: one SSRC for the whole session, whatever it carries.
 *
 * <p>Example: the slot sent number 5000 with timestamp 900000 at 2.00 s. At 2.10 s a key frame of another publisher begins with its number 17 and its
 * timestamp 44. It leaves as number 5001 with timestamp 900000 + 0.10 s * 90000 = 909000; until the next change every number of that
 * publisher moves by 4984 and every timestamp by 908956. A receiver that misses 5003 gets the publisher's 19.
 */
public final class SlotStream {
    private static final int EPOCHS = 32;
    private static final int RESENT = 256;
    private static final int PADDING_BYTES = 224;
    private static final int NOT_DECODED = -1;

    private final ReceiveSlot slot;
    private final Downlink downlink;
    private final SlotHeader header;
    private final PictureIds pictureIds = new PictureIds();
    private final Epoch[] epochs = new Epoch[EPOCHS];
    private final MediaPacket cached = new MediaPacket();

    /** Made at the first NACK: most slots never see one. */
    private long[] resentSequences;

    private long[] resentAtNanos;
    private long epochsBegun;
    private Epoch epoch;

    // What every packet needs of the epoch, of its publisher and of the format, without a look at them: a receiver's
    // objects are
    // seldom in the cache when its turn comes.
    private final long ssrc;
    private long csrc;
    private long layerStart;
    private long sequenceDelta;
    private long timestampDelta;
    private int pictureIdDelta;
    private int tl0PicIdxDelta;
    private int payloadType;

    private long highest;
    private long timestamp;
    private long timestampNanos;
    private int clockRate;
    private long packets;
    private long octets;
    private int rtxSequence;
    private PayloadFormat lastFormat;
    private PayloadFormat lastMatch;

    /** A stream that has sent nothing. Its first number and timestamp follow from its SSRC. */
    public SlotStream(ReceiveSlot slot, Downlink downlink) {
        this.slot = slot;
        ssrc = slot.ssrc();
        this.downlink = downlink;
        header = downlink.header(slot);
        long mixed = slot.ssrc() * 0x9E3779B97F4A7C15L;
        // Numbers start in the lower half, as SRTP asks of a stream whose rollover counter is not signalled (RFC 3711
        // section 3.3.1).
        highest = 0x10000L + (mixed >>> 50);
        timestamp = mixed & 0x3FFF_FFFFL;
        rtxSequence = (int) (mixed >>> 34) & 0x3FFF;
    }

    /** Whether the receiver can decode this format. */
    boolean decodes(PayloadFormat format) {
        return match(format) != null;
    }

    /** The receiver's format for a publisher's; null when it cannot decode it (on the packet path, hence no Optional). */
    private PayloadFormat match(PayloadFormat format) {
        if (format != lastFormat) {
            lastFormat = format;
            lastMatch = downlink.match(format);
            payloadType = lastMatch == null ? NOT_DECODED : lastMatch.payloadType();
        }
        return lastMatch;
    }

    /** From this packet on the stream carries {@code layer}: number, timestamp and picture id go on from what was sent last. */
    void begin(Layer layer, MediaPacket first, long nowNanos) {
        int rate = first.format().codec().clockRate();
        long next = timestamp;
        if (packets > 0) {
            next += Math.max(1, Math.round((nowNanos - timestampNanos) * 1e-9 * rate));
        }
        int at = (int) (epochsBegun++ % EPOCHS);
        if (epochs[at] == null) {
            epochs[at] = new Epoch();
        }
        epoch = epochs[at];
        epoch.begin(layer, first.sequence(), highest + 1, next - first.timestamp());
        pictureIds.begin(epoch, first);
        csrc = layer.track().publisher();
        layerStart = epoch.layerStart();
        sequenceDelta = epoch.toSlot(0);
        timestampDelta = epoch.timestamp(0);
        pictureIdDelta = epoch.pictureIdDelta();
        tl0PicIdxDelta = epoch.tl0PicIdxDelta();
        timestamp = next & 0xFFFF_FFFFL;
        timestampNanos = nowNanos;
        clockRate = rate;
    }

    /** Sends packets of the layer that {@link #begin} named; those that precede its first one or cannot be decoded are ignored. */
    void forward(PacketRun run, long nowNanos) {
        for (int i = 0; i < run.count(); i++) {
            forward(run.packet(i), run.padding(i), nowNanos);
        }
        downlink.endRun(nowNanos);
    }

    /** As {@link #forward(PacketRun, long)}, one packet alone. */
    void forward(MediaPacket packet, long nowNanos) {
        forward(packet, 0, nowNanos);
        downlink.endRun(nowNanos);
    }

    private void forward(MediaPacket packet, int padding, long nowNanos) {
        match(packet.format());
        if (payloadType == NOT_DECODED || packet.sequence() < layerStart || !downlink.fits(packet.payloadLength())) {
            return;
        }
        long sequence = packet.sequence() + sequenceDelta;
        long sentTimestamp = packet.timestamp() + timestampDelta & 0xFFFF_FFFFL;
        boolean newest = sequence > highest;
        if (newest) {
            highest = sequence;
            advance(sentTimestamp, nowNanos);
        }
        packets++;
        octets += packet.payloadLength();
        downlink.begin(payloadType, packet, (int) sequence & 0xFFFF, sentTimestamp, ssrc, csrc, header);
        int at = downlink.append(packet);
        pictureIds.rewrite(pictureIdDelta, tl0PicIdxDelta, packet, downlink.buffer(), at, newest);
        if (padding > 0) {
            downlink.pad(padding);
        }
        downlink.send(nowNanos);
    }

    private void advance(long newTimestamp, long nowNanos) {
        if ((int) (newTimestamp - timestamp) > 0) {
            timestamp = newTimestamp;
            timestampNanos = nowNanos;
        }
    }

    /**
     * Answers a receiver's NACK from the layer's cache, on the retransmission stream. A repeated NACK within half a round trip is ignored: the answer is
     * still on its way.
     *
     * @return whether a packet was sent
     */
    boolean resend(int sequenceNumber, long roundTripNanos, long nowNanos) {
        boolean sent = tryResend(sequenceNumber, roundTripNanos, nowNanos);
        downlink.countResend(sent);
        return sent;
    }

    private boolean tryResend(int sequenceNumber, long roundTripNanos, long nowNanos) {
        long sequence = highest + (short) (sequenceNumber - (int) highest);
        Epoch of = epochOf(sequence);
        if (of == null || slot.rtxSsrc() == ReceiveSlot.NO_RTX || sequence > highest) {
            return false;
        }
        if (resentSequences == null) {
            resentSequences = new long[RESENT];
            resentAtNanos = new long[RESENT];
        }
        int guard = (int) sequence & RESENT - 1;
        if (resentSequences[guard] == sequence && nowNanos - resentAtNanos[guard] < roundTripNanos / 2) {
            return false;
        }
        if (!of.layer().find(of.toLayer(sequence), cached)) {
            return false;
        }
        PayloadFormat format = match(cached.format());
        if (format == null || format.rtxPayloadType() == PayloadFormat.NO_RTX) {
            return false;
        }
        if (!downlink.mayResend(cached.payloadLength(), nowNanos)) {
            return false;
        }
        resentSequences[guard] = sequence;
        resentAtNanos[guard] = nowNanos;
        downlink.begin(
                format.rtxPayloadType(),
                cached,
                nextRtxSequence(),
                of.timestamp(cached.timestamp()),
                slot.rtxSsrc(),
                of.layer().track().publisher(),
                header);
        downlink.appendShort(sequenceNumber);
        int at = downlink.append(cached);
        pictureIds.rewrite(of.pictureIdDelta(), of.tl0PicIdxDelta(), cached, downlink.buffer(), at, false);
        downlink.send(nowNanos);
        downlink.endRun(nowNanos);
        return true;
    }

    /** The epoch a number was sent in; null when it is too long ago or its publisher is gone. */
    private Epoch epochOf(long sequence) {
        long oldest = Math.max(0, epochsBegun - EPOCHS);
        for (long i = epochsBegun - 1; i >= oldest; i--) {
            Epoch candidate = epochs[(int) (i % EPOCHS)];
            if (sequence >= candidate.slotStart()) {
                return candidate.layer() == null ? null : candidate;
            }
        }
        return null;
    }

    private int nextRtxSequence() {
        rtxSequence = rtxSequence + 1 & 0xFFFF;
        return rtxSequence;
    }

    /** Sends padding on the retransmission stream; answers the bytes sent, 0 when there is no such stream. */
    public int sendPadding(long nowNanos) {
        PayloadFormat format = downlink.rtxFormat();
        if (format == null || slot.rtxSsrc() == ReceiveSlot.NO_RTX || !header.numbered()) {
            return 0;
        }
        return downlink.sendPadding(
                format.rtxPayloadType(), nextRtxSequence(), timestamp, slot.rtxSsrc(), header, PADDING_BYTES, nowNanos);
    }

    /** Lets go of a track that is gone: its packets can no longer be sent again. */
    void forget(Track track) {
        for (Epoch each : epochs) {
            if (each != null && each.layer() != null && each.layer().track() == track) {
                each.forget();
            }
        }
    }

    /** Lets go of everything that was sent: none of it is sent again. */
    void forgetAll() {
        for (Epoch each : epochs) {
            if (each != null) {
                each.forget();
            }
        }
    }

    /** Whether a sender report is due: something was sent. */
    public boolean started() {
        return packets > 0;
    }

    /** Appends this stream's sender report on the node's clock. */
    public void writeReport(RtcpWriter writer, long ntpTime, long nowNanos) {
        Layer layer = epoch.layer();
        long now = layer != null && layer.flowing(nowNanos)
                ? epoch.timestamp(layer.timestampAt(nowNanos))
                : timestamp + Math.round((nowNanos - timestampNanos) * 1e-9 * clockRate);
        writer.senderReport(ssrc, ntpTime, now & 0xFFFF_FFFFL, packets, octets);
    }

    public long ssrc() {
        return ssrc;
    }
}
