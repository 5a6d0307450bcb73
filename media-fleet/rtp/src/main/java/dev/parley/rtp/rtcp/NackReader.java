package dev.parley.rtp.rtcp;

import java.nio.ByteBuffer;

/** Walks the sequence numbers of a generic NACK (RFC 4585 section 6.2.1). */
public final class NackReader {
    private ByteBuffer buffer;
    private int position;
    private int end;
    private int packetId;
    private int mask;
    private int bit;
    private int sequenceNumber;

    /** Starts before the first number of the reader's current packet; false when it is no NACK. */
    public boolean tryWrap(RtcpReader packet) {
        if (!packet.isFeedback(RtcpReader.TRANSPORT_LAYER_FEEDBACK, RtcpReader.NACK)) {
            return false;
        }
        buffer = packet.buffer();
        position = packet.offset() + 12;
        end = packet.offset() + packet.length() - 3;
        mask = 0;
        return true;
    }

    /** Moves to the next missing sequence number; false at the end. */
    public boolean next() {
        if (mask == 0) {
            if (position >= end) {
                return false;
            }
            packetId = buffer.getShort(position) & 0xFFFF;
            mask = buffer.getShort(position + 2) & 0xFFFF;
            position += 4;
            bit = 0;
            sequenceNumber = packetId;
            return true;
        }
        int skipped = Integer.numberOfTrailingZeros(mask) + 1;
        mask >>>= skipped;
        bit += skipped;
        sequenceNumber = packetId + bit & 0xFFFF;
        return true;
    }

    /** The missing packet's sequence number, 0 to 65535. */
    public int sequenceNumber() {
        return sequenceNumber;
    }
}
