package dev.parley.rtp.rtcp;

import java.nio.ByteBuffer;

/**
 * Writes an RTCP compound packet front to back. Each method appends one packet, or one entry to the packet before it;
 * {@link #length()} is right after each call. The caller gives enough room (a sender report with 31 blocks takes 772 bytes).
 */
public final class RtcpWriter {
    private ByteBuffer buffer;
    private int start;
    private int position;
    private int packet;
    private int lastNackBase;
    private boolean nackOpen;

    /** Starts an empty compound. */
    public RtcpWriter begin(ByteBuffer buffer, int offset) {
        this.buffer = buffer;
        start = offset;
        position = offset;
        packet = offset;
        nackOpen = false;
        return this;
    }

    /** Appends a sender report with no report blocks yet. */
    public RtcpWriter senderReport(long ssrc, long ntpTime, long rtpTimestamp, long packetCount, long octetCount) {
        header(RtcpReader.SENDER_REPORT, 0);
        putInt(ssrc);
        buffer.putLong(position, ntpTime);
        position += 8;
        putInt(rtpTimestamp);
        putInt(packetCount);
        putInt(octetCount);
        return close();
    }

    /** Appends a receiver report with no report blocks yet. */
    public RtcpWriter receiverReport(long ssrc) {
        header(RtcpReader.RECEIVER_REPORT, 0);
        putInt(ssrc);
        return close();
    }

    /** Adds a block to the report just written; at most 31. See {@link ReportBlocks} for the units. */
    public RtcpWriter reportBlock(
            long ssrc,
            int fractionLost,
            int cumulativeLost,
            long highestSequence,
            long jitter,
            long lastSenderReport,
            long delaySinceLastSenderReport) {
        int first = buffer.get(packet);
        if ((first & 0x1F) == 31) {
            throw new IllegalStateException("a report carries at most 31 blocks");
        }
        buffer.put(packet, (byte) (first + 1));
        putInt(ssrc);
        putInt((long) (fractionLost & 0xFF) << 24 | (Math.clamp(cumulativeLost, -0x80_0000, 0x7F_FFFF) & 0xFF_FFFF));
        putInt(highestSequence);
        putInt(jitter);
        putInt(lastSenderReport);
        putInt(delaySinceLastSenderReport);
        return close();
    }

    /** Appends a source description with one chunk: the canonical name, at most 255 bytes. */
    public RtcpWriter canonicalName(long ssrc, byte[] name) {
        header(RtcpReader.SOURCE_DESCRIPTION, 1);
        putInt(ssrc);
        buffer.put(position++, (byte) SdesReader.CNAME);
        buffer.put(position++, (byte) name.length);
        buffer.put(position, name);
        position += name.length;
        do {
            buffer.put(position++, (byte) 0);
        } while ((position - packet & 3) != 0);
        return close();
    }

    /** Appends a BYE for one source. */
    public RtcpWriter bye(long ssrc) {
        header(RtcpReader.BYE, 1);
        putInt(ssrc);
        return close();
    }

    /** Appends a picture loss indication (RFC 4585 section 6.3.1). */
    public RtcpWriter pictureLoss(long senderSsrc, long mediaSsrc) {
        feedback(RtcpReader.PAYLOAD_FEEDBACK, RtcpReader.PLI, senderSsrc, mediaSsrc);
        return close();
    }

    /** Appends a full intra request with one entry (RFC 5104 section 4.3.1). */
    public RtcpWriter fullIntraRequest(long senderSsrc, long mediaSsrc, int requestNumber) {
        feedback(RtcpReader.PAYLOAD_FEEDBACK, RtcpReader.FIR, senderSsrc, 0);
        putInt(mediaSsrc);
        putInt((long) (requestNumber & 0xFF) << 24);
        return close();
    }

    /** Opens a generic NACK with its first missing number; {@link #nackAnother} adds more. */
    public RtcpWriter nack(long senderSsrc, long mediaSsrc, int sequenceNumber) {
        feedback(RtcpReader.TRANSPORT_LAYER_FEEDBACK, RtcpReader.NACK, senderSsrc, mediaSsrc);
        nackEntry(sequenceNumber);
        nackOpen = true;
        return close();
    }

    /** Adds a missing number to the NACK just opened; ascending order packs best. */
    public RtcpWriter nackAnother(int sequenceNumber) {
        if (!nackOpen) {
            throw new IllegalStateException("no NACK is open");
        }
        int distance = (sequenceNumber - lastNackBase) & 0xFFFF;
        if (distance >= 1 && distance <= 16) {
            buffer.putShort(position - 2, (short) (buffer.getShort(position - 2) | 1 << (distance - 1)));
        } else if (distance != 0) {
            nackEntry(sequenceNumber);
        }
        return close();
    }

    private void nackEntry(int sequenceNumber) {
        lastNackBase = sequenceNumber & 0xFFFF;
        buffer.putShort(position, (short) sequenceNumber);
        buffer.putShort(position + 2, (short) 0);
        position += 4;
    }

    /** Appends a receiver-estimated maximum bitrate for one stream. */
    public RtcpWriter remb(long senderSsrc, long bitrateBps, long mediaSsrc) {
        feedback(RtcpReader.PAYLOAD_FEEDBACK, RtcpReader.REMB, senderSsrc, 0);
        putInt(0x52454D42L);
        int exponent = Math.max(0, 46 - Long.numberOfLeadingZeros(bitrateBps));
        putInt(1L << 24 | (long) exponent << 18 | bitrateBps >>> exponent);
        putInt(mediaSsrc);
        return close();
    }

    /**
     * Opens any feedback packet and answers the absolute offset of its body; the caller writes {@code bodyLength} bytes there, a
     * multiple of four.
     */
    public int feedback(int type, int format, long senderSsrc, long mediaSsrc, int bodyLength) {
        if ((bodyLength & 3) != 0) {
            throw new IllegalArgumentException("feedback body of " + bodyLength + " bytes");
        }
        feedback(type, format, senderSsrc, mediaSsrc);
        int body = position;
        position += bodyLength;
        close();
        return body;
    }

    private void feedback(int type, int format, long senderSsrc, long mediaSsrc) {
        header(type, format);
        putInt(senderSsrc);
        putInt(mediaSsrc);
    }

    private void header(int type, int count) {
        nackOpen = false;
        packet = position;
        buffer.put(position, (byte) (0x80 | count));
        buffer.put(position + 1, (byte) type);
        position += 4;
    }

    private void putInt(long value) {
        buffer.putInt(position, (int) value);
        position += 4;
    }

    private RtcpWriter close() {
        buffer.putShort(packet + 2, (short) ((position - packet) / 4 - 1));
        return this;
    }

    /** Bytes written so far. */
    public int length() {
        return position - start;
    }

    /** Absolute offset of the next byte. */
    public int position() {
        return position;
    }
}
