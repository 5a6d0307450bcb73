package dev.parley.transport.srtp;

import java.nio.ByteBuffer;

/** The few header fields that SRTP must read, whatever byte order the buffer is set to. */
final class Packets {
    private static final int FIXED_HEADER_BYTES = 12;
    private static final int VERSION_2 = 0x80;
    private static final int VERSION_MASK = 0xC0;
    private static final int EXTENSION_BIT = 0x10;
    private static final int CSRC_COUNT_MASK = 0x0F;

    private Packets() {}

    /** Length of the RTP header with CSRCs and extension, or -1 when it does not fit into {@code length}. */
    static int rtpHeaderLength(ByteBuffer buffer, int offset, int length) {
        if (length < FIXED_HEADER_BYTES || (buffer.get(offset) & VERSION_MASK) != VERSION_2) {
            return -1;
        }
        int header = FIXED_HEADER_BYTES + (buffer.get(offset) & CSRC_COUNT_MASK) * 4;
        if ((buffer.get(offset) & EXTENSION_BIT) != 0) {
            if (header + 4 > length) {
                return -1;
            }
            header += 4 + getShort(buffer, offset + header + 2) * 4;
        }
        return header <= length ? header : -1;
    }

    static int rtpSequence(ByteBuffer buffer, int offset) {
        return getShort(buffer, offset + 2);
    }

    static int rtpSsrc(ByteBuffer buffer, int offset) {
        return getInt(buffer, offset + 8);
    }

    static boolean isRtcp(ByteBuffer buffer, int offset, int length) {
        return length >= 8 && (buffer.get(offset) & VERSION_MASK) == VERSION_2;
    }

    static int rtcpSsrc(ByteBuffer buffer, int offset) {
        return getInt(buffer, offset + 4);
    }

    private static int getShort(ByteBuffer buffer, int at) {
        return (buffer.get(at) & 0xFF) << 8 | buffer.get(at + 1) & 0xFF;
    }

    static int getInt(ByteBuffer buffer, int at) {
        return getShort(buffer, at) << 16 | getShort(buffer, at + 2);
    }

    static void putInt(ByteBuffer buffer, int at, int value) {
        buffer.put(at, (byte) (value >>> 24));
        buffer.put(at + 1, (byte) (value >>> 16));
        buffer.put(at + 2, (byte) (value >>> 8));
        buffer.put(at + 3, (byte) value);
    }
}
