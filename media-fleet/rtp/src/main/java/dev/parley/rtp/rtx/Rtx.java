package dev.parley.rtp.rtx;

import dev.parley.rtp.RtpPacket;
import dev.parley.rtp.RtpWriter;
import java.nio.ByteBuffer;

/** Packs packets into a retransmission stream and takes them out again (RFC 4588 section 4). */
public final class Rtx {
    /** Bytes a packet grows by. */
    public static final int OVERHEAD = 2;

    private Rtx() {}

    /** The original sequence number of a retransmission; -1 when the payload is too short, as in padding sent as a probe. */
    public static int originalSequenceNumber(RtpPacket retransmission) {
        return retransmission.payloadLength() < OVERHEAD
                ? -1
                : retransmission.buffer().getShort(retransmission.payloadOffset()) & 0xFFFF;
    }

    /**
     * Turns a retransmission back into the original packet, in place: the header moves two bytes on. CSRCs and header extensions stay.
     * On success the flyweight points at the original packet.
     *
     * @return false, with nothing changed, when {@link #originalSequenceNumber} is -1
     */
    public static boolean restore(RtpPacket retransmission, int payloadType, long ssrc) {
        int sequenceNumber = originalSequenceNumber(retransmission);
        if (sequenceNumber < 0) {
            return false;
        }
        ByteBuffer buffer = retransmission.buffer();
        int offset = retransmission.offset();
        int length = retransmission.length();
        buffer.put(offset + OVERHEAD, buffer, offset, retransmission.headerLength());
        retransmission.wrap(buffer, offset + OVERHEAD, length - OVERHEAD);
        retransmission.sequenceNumber(sequenceNumber);
        retransmission.payloadType(payloadType);
        retransmission.ssrc(ssrc);
        return true;
    }

    /** Writes the payload of a retransmission behind a header that the caller has written with the RTX payload type, SSRC and number. */
    public static void writePayload(
            RtpWriter writer, int originalSequenceNumber, ByteBuffer payload, int payloadOffset, int payloadLength) {
        writer.payloadShort(originalSequenceNumber).payload(payload, payloadOffset, payloadLength);
    }
}
