package dev.parley.peer.rtc;

import dev.parley.rtp.RtpWriter;
import dev.parley.rtp.rtcp.NtpTime;
import dev.parley.rtp.rtcp.RtcpWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * One RTP stream we send: numbers its packets, labels them with MID and RID, keeps the last ones for retransmission (RFC
 * 4588), and reports on itself.
 */
final class OutgoingStream {
    /** No audio level. */
    static final int NO_LEVEL = -1;

    private static final int HISTORY = 512;
    private static final int VOICE_BELOW = 50;

    private record Sent(int sequence, long timestamp, boolean marker, byte[] payload) {}

    private final byte[] mid;
    private final byte[] rid;
    private final int payloadType;
    private final int rtxPayloadType;
    private final int clockRate;
    private final TransportSequencer sequencer;
    private final PacketOut out;
    private final long ssrc;
    private final long rtxSsrc;
    private final long firstTimestamp;
    private final byte[] packet = new byte[1500 + Srtp.ROOM];
    private final ByteBuffer buffer = ByteBuffer.wrap(packet);
    private final RtpWriter writer = new RtpWriter();
    private final Sent[] history;
    private int sequence;
    private int rtxSequence;
    private long packets;
    private long octets;
    private long retransmitted;

    /**
     * A stream.
     *
     * @param rid its simulcast layer, empty for none
     * @param rtxPayloadType the payload type of its retransmissions, -1 for none
     */
    OutgoingStream(
            String mid,
            String rid,
            int payloadType,
            int rtxPayloadType,
            int clockRate,
            RandomGenerator random,
            TransportSequencer sequencer,
            PacketOut out) {
        this.mid = mid.getBytes(StandardCharsets.US_ASCII);
        this.rid = rid.getBytes(StandardCharsets.US_ASCII);
        this.payloadType = payloadType;
        this.rtxPayloadType = rtxPayloadType;
        this.clockRate = clockRate;
        this.sequencer = sequencer;
        this.out = out;
        this.ssrc = random.nextInt() & 0xFFFF_FFFFL;
        this.rtxSsrc = random.nextInt() & 0xFFFF_FFFFL;
        this.firstTimestamp = random.nextInt() & 0xFFFF_FFFFL;
        this.sequence = random.nextInt(1 << 15);
        this.rtxSequence = random.nextInt(1 << 15);
        this.history = new Sent[rtxPayloadType < 0 ? 0 : HISTORY];
    }

    long ssrc() {
        return ssrc;
    }

    long packets() {
        return packets;
    }

    long retransmitted() {
        return retransmitted;
    }

    /**
     * Sends one packet.
     *
     * @param ticks the media time in clock ticks, any origin that all streams of a source share
     * @param level the audio level in -dBov, or {@link #NO_LEVEL}
     */
    void send(byte[] payload, int offset, int length, long ticks, boolean marker, int level) {
        long timestamp = firstTimestamp + ticks & 0xFFFF_FFFFL;
        header(payloadType, ssrc, sequence, timestamp, marker, Extensions.RID);
        if (level != NO_LEVEL) {
            int at = writer.extension(Extensions.AUDIO_LEVEL, 1);
            buffer.put(at, (byte) (level | (level < VOICE_BELOW ? 0x80 : 0)));
        }
        writer.endExtensions();
        buffer.put(writer.position(), payload, offset, length);
        int total = writer.length() + length;
        if (history.length > 0) {
            byte[] copy = java.util.Arrays.copyOfRange(payload, offset, offset + length);
            history[sequence % HISTORY] = new Sent(sequence, timestamp, marker, copy);
        }
        sequence = (sequence + 1) & 0xFFFF;
        packets++;
        octets += length;
        out.rtp(packet, total);
    }

    private void header(int type, long stream, int number, long timestamp, boolean marker, int ridExtension) {
        writer.begin(buffer, 0, type, marker, number, timestamp, stream).beginExtensions(false);
        writer.extension(Extensions.MID, mid);
        if (rid.length > 0) {
            writer.extension(ridExtension, rid);
        }
        int at = writer.extension(Extensions.TRANSPORT_SEQUENCE, 2);
        buffer.putShort(at, (short) sequencer.next());
    }

    /** Sends a packet again on the retransmission stream, if it is still known. */
    void resend(int number) {
        if (history.length == 0) {
            return;
        }
        Sent sent = history[number % HISTORY];
        if (sent == null || sent.sequence != number) {
            return;
        }
        header(rtxPayloadType, rtxSsrc, rtxSequence, sent.timestamp, sent.marker, Extensions.REPAIRED_RID);
        writer.endExtensions();
        buffer.putShort(writer.position(), (short) number);
        buffer.put(writer.position() + 2, sent.payload, 0, sent.payload.length);
        int total = writer.length() + 2 + sent.payload.length;
        rtxSequence = (rtxSequence + 1) & 0xFFFF;
        retransmitted++;
        out.rtp(packet, total);
    }

    /** Appends a sender report to a compound packet. */
    void report(RtcpWriter compound, long epochNanos) {
        long ticks = epochNanos / 1_000_000_000L * clockRate + epochNanos % 1_000_000_000L * clockRate / 1_000_000_000L;
        long timestamp = firstTimestamp + ticks & 0xFFFF_FFFFL;
        compound.senderReport(ssrc, NtpTime.fromEpochNanos(epochNanos), timestamp, packets, octets);
    }
}
