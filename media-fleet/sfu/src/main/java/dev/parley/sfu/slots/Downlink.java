package dev.parley.sfu.slots;

import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.ReceiveSlot;
import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.SfuCounters.Counter;
import dev.parley.sfu.bwe.SendSideEstimate;
import dev.parley.sfu.repair.ResendBudget;
import dev.parley.sfu.tracks.MediaPacket;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Everything sent to one receiver's transport: its payload types, its header extension ids, and the one counter of transport-wide numbers that
 * every packet takes as it leaves, retransmissions and padding included.
 */
public final class Downlink {
    /** Room that headers, trailer and in-place encryption take beside the payload. */
    private static final int OVERHEAD = 192;

    private static final int PADDING_BIT = 0x20;
    private static final int LARGEST_PAYLOAD = PacketSink.OUTGOING_BYTES - OVERHEAD;

    private final List<PayloadFormat> formats;
    private final ExtensionIds ids;
    private final PacketSink sink;
    private final SfuCounters counters;
    private final ByteBuffer scratch;
    private final SendSideEstimate estimate;
    private final ResendBudget resends = new ResendBudget();
    private boolean numbered;
    private int transportSequence;
    private ByteBuffer buffer;
    private int offset;
    private int position;
    private int runPackets;
    private int runBytes;

    /**
     * A way to one receiver.
     *
     * @param scratch where packets are written whose sink has no place for them; shared by all receivers of the agent
     */
    public Downlink(
            ParticipantSpec spec,
            PacketSink sink,
            ByteBuffer scratch,
            SendSideEstimate estimate,
            SfuCounters counters) {
        this.formats = spec.formats();
        this.sink = sink;
        this.scratch = scratch;
        this.estimate = estimate;
        this.counters = counters;
        ids = spec.extensions();
    }

    /** The header of a slot's packets. */
    SlotHeader header(ReceiveSlot slot) {
        return new SlotHeader(ids, slot);
    }

    /** The receiver's format for a publisher's packets; null when it cannot decode them. */
    PayloadFormat match(PayloadFormat publishers) {
        for (PayloadFormat format : formats) {
            if (format.sameAs(publishers)) {
                return format;
            }
        }
        return null;
    }

    /** Begins a packet: header, CSRC and extensions, rebuilt with this receiver's ids. The payload follows. */
    void begin(
            int payloadType,
            MediaPacket packet,
            int sequenceNumber,
            long timestamp,
            long ssrc,
            long csrc,
            SlotHeader header) {
        place();
        numbered = header.numbered();
        position = header.write(
                buffer,
                offset,
                payloadType,
                packet.marker(),
                sequenceNumber,
                timestamp,
                ssrc,
                csrc,
                transportSequence,
                packet.audioLevel(),
                packet.orientation());
    }

    /** Appends a 16-bit word. */
    void appendShort(int value) {
        buffer.putShort(position, (short) value);
        position += Short.BYTES;
    }

    /** Appends a packet's payload; answers where it lies in {@link #buffer}. */
    int append(MediaPacket packet) {
        int at = position;
        buffer.put(at, packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        position += packet.payloadLength();
        return at;
    }

    /** Appends 1 to 255 bytes of RTP padding (RFC 3550 section 5.1); the last step before {@link #send}. */
    void pad(int bytes) {
        for (int i = 0; i < bytes - 1; i++) {
            buffer.put(position + i, (byte) 0);
        }
        position += bytes;
        buffer.put(position - 1, (byte) bytes);
        buffer.put(offset, (byte) (buffer.get(offset) | PADDING_BIT));
    }

    /** Finds the place for a packet: where the transport would copy it to, if it has such a place. */
    private void place() {
        ByteBuffer outgoing = sink.outgoing();
        buffer = outgoing == null ? scratch : outgoing;
        offset = outgoing == null ? 0 : sink.outgoingOffset();
    }

    /** Whether a payload fits into one packet of ours. */
    boolean fits(int payloadLength) {
        return payloadLength <= LARGEST_PAYLOAD;
    }

    /** Sends what {@link #begin} began; {@link #endRun} follows after the last packet. */
    void send(long nowNanos) {
        int length = position - offset;
        if (numbered) {
            estimate.onSent(transportSequence, length, nowNanos);
            transportSequence = transportSequence + 1 & 0xFFFF;
        }
        runPackets++;
        runBytes += length;
        sink.rtp(buffer, offset, length);
    }

    /** Accounts for the packets sent since the last time. */
    void endRun(long nowNanos) {
        if (runPackets > 0) {
            estimate.onOffered(runBytes, nowNanos);
            counters.add(Counter.PACKETS_OUT, runPackets);
            counters.add(Counter.BYTES_OUT, runBytes);
            runPackets = 0;
            runBytes = 0;
        }
    }

    /** Sends a packet of padding only, as a probe. */
    int sendPadding(
            int payloadType,
            int sequenceNumber,
            long timestamp,
            long ssrc,
            SlotHeader header,
            int bytes,
            long nowNanos) {
        place();
        numbered = header.numbered();
        position =
                header.writeForPadding(buffer, offset, payloadType, sequenceNumber, timestamp, ssrc, transportSequence);
        pad(bytes);
        int length = position - offset;
        counters.add(Counter.PROBES_OUT, 1);
        send(nowNanos);
        endRun(nowNanos);
        return length;
    }

    /** Whether a packet of this many bytes may be sent again now; if so, it counts as sent. */
    boolean mayResend(int bytes, long nowNanos) {
        return resends.take(bytes, estimate.bitrateBps(), nowNanos);
    }

    /** Counts the answer to a receiver that missed a packet. */
    void countResend(boolean sent) {
        counters.add(sent ? Counter.RESENT : Counter.NOT_RESENT, 1);
    }

    /** The buffer that holds the packet that {@link #begin} began. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** A format for padding on a retransmission stream; null when retransmission was not negotiated. */
    PayloadFormat rtxFormat() {
        for (PayloadFormat format : formats) {
            if (format.codec().video() && format.rtxPayloadType() != PayloadFormat.NO_RTX) {
                return format;
            }
        }
        return null;
    }

    /** What the path is believed to carry. */
    public SendSideEstimate estimate() {
        return estimate;
    }

    /** Bits per second sent lately. */
    public long bitrateBps(long nowNanos) {
        return estimate.offeredBps(nowNanos);
    }
}
