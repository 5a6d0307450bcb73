package dev.parley.rtp.rtcp;

import dev.parley.rtp.MalformedPacketException;
import java.nio.ByteBuffer;

/** Walks the packets of an RTCP compound (RFC 3550 section 6.1); reduced-size compounds (RFC 5506) are welcome. */
public final class RtcpReader {
    /** Sender report. */
    public static final int SENDER_REPORT = 200;
    /** Receiver report. */
    public static final int RECEIVER_REPORT = 201;
    /** Source description. */
    public static final int SOURCE_DESCRIPTION = 202;
    /** Goodbye. */
    public static final int BYE = 203;
    /** Application-defined. */
    public static final int APPLICATION = 204;
    /** Transport-layer feedback: {@link #NACK}, {@link #TRANSPORT_FEEDBACK}. */
    public static final int TRANSPORT_LAYER_FEEDBACK = 205;
    /** Payload-specific feedback: {@link #PLI}, {@link #FIR}, {@link #REMB}. */
    public static final int PAYLOAD_FEEDBACK = 206;
    /** Extended report. */
    public static final int EXTENDED_REPORT = 207;

    /** Transport-layer feedback format: generic NACK. */
    public static final int NACK = 1;
    /** Transport-layer feedback format: transport-wide congestion control. */
    public static final int TRANSPORT_FEEDBACK = 15;
    /** Payload-specific feedback format: picture loss indication. */
    public static final int PLI = 1;
    /** Payload-specific feedback format: full intra request. */
    public static final int FIR = 4;
    /** Payload-specific feedback format: application layer, used by REMB. */
    public static final int REMB = 15;

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private ByteBuffer buffer;
    private int next;
    private int end;
    private int offset;
    private int length;

    /**
     * Tells RTCP from RTP on a multiplexed transport: packet types 192 to 223 (RFC 5761 section 4). The caller has checked that the
     * datagram is one of the two and that it holds two bytes.
     */
    public static boolean looksLikeRtcp(ByteBuffer buffer, int offset) {
        int type = buffer.get(offset + 1) & 0xFF;
        return type >= 192 && type <= 223;
    }

    /**
     * Points this reader before the first packet of a compound.
     *
     * @throws MalformedPacketException if the lengths do not fit together
     */
    public RtcpReader wrap(ByteBuffer buffer, int offset, int length) {
        if (!tryWrap(buffer, offset, length)) {
            throw new MalformedPacketException("not an RTCP compound packet");
        }
        return this;
    }

    /** Points this reader before the first packet; answers false when the lengths do not fit together. */
    public boolean tryWrap(ByteBuffer buffer, int offset, int length) {
        if (length < 4 || offset < 0 || offset > buffer.capacity() - length) {
            return false;
        }
        int stop = offset + length;
        int position = offset;
        while (position < stop) {
            if (position + 4 > stop || (buffer.get(position) & 0xC0) != 0x80) {
                return false;
            }
            int size = 4 + 4 * (buffer.getShort(position + 2) & 0xFFFF);
            if (position + size > stop || !paddingFits(buffer, position, size)) {
                return false;
            }
            position += size;
        }
        this.buffer = buffer;
        this.next = offset;
        this.end = stop;
        this.offset = offset;
        this.length = 0;
        return true;
    }

    private static boolean paddingFits(ByteBuffer buffer, int position, int size) {
        if ((buffer.get(position) & 0x20) == 0) {
            return true;
        }
        int padding = size == 4 ? 0 : buffer.get(position + size - 1) & 0xFF;
        return padding != 0 && padding <= size - 4;
    }

    /** Moves to the next packet; false at the end. */
    public boolean next() {
        if (next >= end) {
            return false;
        }
        offset = next;
        length = 4 + 4 * (buffer.getShort(offset + 2) & 0xFFFF);
        next += length;
        return true;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /** Absolute offset of the current packet's header. */
    public int offset() {
        return offset;
    }

    /** Bytes of the current packet, header included, padding left out. */
    public int length() {
        return (buffer.get(offset) & 0x20) == 0 ? length : length - (buffer.get(offset + length - 1) & 0xFF);
    }

    /** The packet type, one of the constants here or another value. */
    public int type() {
        return buffer.get(offset + 1) & 0xFF;
    }

    /** The five bits behind the padding bit: a count of blocks or the feedback format. */
    public int count() {
        return buffer.get(offset) & 0x1F;
    }

    /** The feedback format of types 205 and 206. */
    public int format() {
        return count();
    }

    /** Whether this is feedback of the given type and format with its two SSRCs in place. */
    public boolean isFeedback(int type, int format) {
        return type() == type && count() == format && length() >= 12;
    }

    /** The SSRC of the packet's sender; 0 when the packet is too short to name one. */
    public long senderSsrc() {
        return length() < 8 ? 0 : buffer.getInt(offset + 4) & UNSIGNED;
    }

    /** The SSRC that feedback is about; 0 when the packet is too short to name one. */
    public long mediaSsrc() {
        return length() < 12 ? 0 : buffer.getInt(offset + 8) & UNSIGNED;
    }
}
