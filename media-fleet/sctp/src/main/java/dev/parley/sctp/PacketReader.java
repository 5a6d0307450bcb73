package dev.parley.sctp;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Reads a received packet chunk by chunk. {@link #open} checks the header and the checksum; then each {@link #next}
 * stands on a chunk whose declared length lies inside the packet, or says there is none.
 */
final class PacketReader {
    private static final int CHECKSUM_AT = 8;
    private static final byte[] ZERO_CHECKSUM = new byte[4];

    private final CRC32C crc = new CRC32C();
    private byte[] bytes = ZERO_CHECKSUM;
    private ByteBuffer packet = ByteBuffer.wrap(bytes);
    private int end;
    private int start;
    private int chunkAt;
    private int chunkLength;

    /** Whether this is an SCTP packet with the right ports and checksum. */
    boolean open(byte[] source, int offset, int length, int localPort, int remotePort) {
        if (length < PacketWriter.COMMON_HEADER + ChunkBytes.HEADER) {
            return false;
        }
        if (source != bytes) {
            bytes = source;
            packet = ByteBuffer.wrap(source);
        }
        start = offset;
        end = offset + length;
        chunkAt = offset + PacketWriter.COMMON_HEADER;
        chunkLength = 0;
        return Short.toUnsignedInt(packet.getShort(offset)) == remotePort
                && Short.toUnsignedInt(packet.getShort(offset + 2)) == localPort
                && checksum(length) == packet.getInt(offset + CHECKSUM_AT);
    }

    private int checksum(int length) {
        crc.reset();
        crc.update(bytes, start, CHECKSUM_AT);
        crc.update(ZERO_CHECKSUM);
        crc.update(bytes, start + PacketWriter.COMMON_HEADER, length - PacketWriter.COMMON_HEADER);
        return Integer.reverseBytes((int) crc.getValue());
    }

    int verificationTag() {
        return packet.getInt(start + 4);
    }

    /** Moves to the next chunk; false at the end or when what is left is not a whole chunk. */
    boolean next() {
        chunkAt += ChunkBytes.padded(chunkLength);
        if (end - chunkAt < ChunkBytes.HEADER) {
            return false;
        }
        chunkLength = Short.toUnsignedInt(packet.getShort(chunkAt + 2));
        return chunkLength >= ChunkBytes.HEADER && chunkLength <= end - chunkAt;
    }

    /** Whether the chunk is the first and only one of the packet. */
    boolean isAlone() {
        return chunkAt == start + PacketWriter.COMMON_HEADER && chunkAt + ChunkBytes.padded(chunkLength) >= end;
    }

    boolean isFirst() {
        return chunkAt == start + PacketWriter.COMMON_HEADER;
    }

    int type() {
        return Byte.toUnsignedInt(packet.get(chunkAt));
    }

    int flags() {
        return Byte.toUnsignedInt(packet.get(chunkAt + 1));
    }

    int bodyLength() {
        return chunkLength - ChunkBytes.HEADER;
    }

    int u8(int bodyOffset) {
        return Byte.toUnsignedInt(packet.get(bodyAt(bodyOffset, 1)));
    }

    int u16(int bodyOffset) {
        return Short.toUnsignedInt(packet.getShort(bodyAt(bodyOffset, 2)));
    }

    int i32(int bodyOffset) {
        return packet.getInt(bodyAt(bodyOffset, 4));
    }

    /** A copy of part of the body. */
    byte[] bytes(int bodyOffset, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, bodyAt(bodyOffset, length), copy, 0, length);
        return copy;
    }

    /** A copy of the body. */
    byte[] body() {
        return bytes(0, bodyLength());
    }

    /** A copy of the whole chunk with its header, without padding. */
    byte[] chunk() {
        byte[] copy = new byte[chunkLength];
        System.arraycopy(bytes, chunkAt, copy, 0, chunkLength);
        return copy;
    }

    private int bodyAt(int offset, int length) {
        if (offset < 0 || offset + length > bodyLength()) {
            throw new IndexOutOfBoundsException(
                    "chunk body of " + bodyLength() + " bytes, asked for " + offset + "+" + length);
        }
        return chunkAt + ChunkBytes.HEADER + offset;
    }
}
