package dev.parley.rtp;

import java.nio.ByteBuffer;

/**
 * One RTP packet in a buffer (RFC 3550 section 5.1), read and changed in place.
 *
 * <p>SSRCs, CSRCs and timestamps are unsigned 32-bit values in a {@code long}; sequence numbers are 0 to 65535.
 */
public final class RtpPacket {
    /** Bytes of the fixed header. */
    public static final int FIXED_HEADER_LENGTH = 12;

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private ByteBuffer buffer;
    private int offset;
    private int length;
    private int extensionOffset;
    private int extensionLength;
    private int payloadOffset;
    private int paddingLength;

    /**
     * Points this flyweight at a packet.
     *
     * @throws MalformedPacketException if the bytes are not one well-formed RTP packet
     */
    public RtpPacket wrap(ByteBuffer buffer, int offset, int length) {
        if (!tryWrap(buffer, offset, length)) {
            throw new MalformedPacketException("not an RTP packet");
        }
        return this;
    }

    /** Points this flyweight at a packet; answers false, and is unusable until the next wrap, when the bytes are malformed. */
    public boolean tryWrap(ByteBuffer buffer, int offset, int length) {
        if (length < FIXED_HEADER_LENGTH || offset < 0 || offset > buffer.capacity() - length) {
            return false;
        }
        int first = buffer.get(offset);
        if ((first & 0xC0) != 0x80) {
            return false;
        }
        int end = offset + length;
        int position = offset + FIXED_HEADER_LENGTH + 4 * (first & 0x0F);
        int extensionStart = 0;
        int extensionSize = 0;
        if ((first & 0x10) != 0) {
            if (position + 4 > end) {
                return false;
            }
            extensionStart = position + 4;
            extensionSize = 4 * (buffer.getShort(position + 2) & 0xFFFF);
            position = extensionStart + extensionSize;
        }
        if (position > end) {
            return false;
        }
        int padding = 0;
        if ((first & 0x20) != 0) {
            padding = position == end ? 0 : buffer.get(end - 1) & 0xFF;
            if (padding == 0 || position + padding > end) {
                return false;
            }
        }
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.extensionOffset = extensionStart;
        this.extensionLength = extensionSize;
        this.payloadOffset = position;
        this.paddingLength = padding;
        return true;
    }

    /**
     * Whether a datagram on a multiplexed transport is RTP or RTCP by its first byte (RFC 7983: 128 to 191).
     * Tell the two apart with {@link dev.parley.rtp.rtcp.RtcpReader#looksLikeRtcp}.
     */
    public static boolean looksLikeRtpOrRtcp(ByteBuffer buffer, int offset, int length) {
        return length > 1 && (buffer.get(offset) & 0xC0) == 0x80;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    /** Bytes of the whole packet, padding included. */
    public int length() {
        return length;
    }

    public boolean marker() {
        return buffer.get(offset + 1) < 0;
    }

    public void marker(boolean marker) {
        buffer.put(offset + 1, (byte) ((buffer.get(offset + 1) & 0x7F) | (marker ? 0x80 : 0)));
    }

    public int payloadType() {
        return buffer.get(offset + 1) & 0x7F;
    }

    public void payloadType(int payloadType) {
        buffer.put(offset + 1, (byte) ((buffer.get(offset + 1) & 0x80) | (payloadType & 0x7F)));
    }

    public int sequenceNumber() {
        return buffer.getShort(offset + 2) & 0xFFFF;
    }

    public void sequenceNumber(int sequenceNumber) {
        buffer.putShort(offset + 2, (short) sequenceNumber);
    }

    public long timestamp() {
        return buffer.getInt(offset + 4) & UNSIGNED;
    }

    public void timestamp(long timestamp) {
        buffer.putInt(offset + 4, (int) timestamp);
    }

    public long ssrc() {
        return buffer.getInt(offset + 8) & UNSIGNED;
    }

    public void ssrc(long ssrc) {
        buffer.putInt(offset + 8, (int) ssrc);
    }

    /** Reads the SSRC of a packet that is not wrapped; the caller has checked that 12 bytes are there. */
    public static long ssrc(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + 8) & UNSIGNED;
    }

    public int csrcCount() {
        return buffer.get(offset) & 0x0F;
    }

    /** Answers contributing source number {@code index}, 0 to {@link #csrcCount()} - 1. */
    public long csrc(int index) {
        return buffer.getInt(offset + FIXED_HEADER_LENGTH + 4 * index) & UNSIGNED;
    }

    public boolean hasExtension() {
        return (buffer.get(offset) & 0x10) != 0;
    }

    /** The 16-bit "defined by profile" word: 0xBEDE for one-byte elements, 0x100x for two-byte; 0 without an extension. */
    public int extensionProfile() {
        return hasExtension() ? buffer.getShort(extensionOffset - 4) & 0xFFFF : 0;
    }

    /** Absolute offset of the first extension element (behind the 4-byte extension header). */
    public int extensionOffset() {
        return extensionOffset;
    }

    /** Bytes of extension elements, without the 4-byte extension header. */
    public int extensionLength() {
        return extensionLength;
    }

    /** Bytes before the payload. */
    public int headerLength() {
        return payloadOffset - offset;
    }

    /** Absolute offset of the payload. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Bytes of payload, without padding. */
    public int payloadLength() {
        return offset + length - paddingLength - payloadOffset;
    }

    /** Bytes of RTP padding at the end, its count byte included; 0 when there is none. */
    public int paddingLength() {
        return paddingLength;
    }
}
