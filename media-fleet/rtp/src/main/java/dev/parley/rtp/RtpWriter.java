package dev.parley.rtp;

import java.nio.ByteBuffer;

/**
 * Writes one RTP packet front to back: {@link #begin}, {@link #csrc} any number of times, {@link #beginExtensions} with elements and
 * {@link #endExtensions}, {@link #payload}, {@link #padding}; {@link #length()} is right after each step.
 *
 * <p>The caller gives a buffer with enough room behind the offset; writing past its capacity is a programming error
 * ({@link IndexOutOfBoundsException}).
 */
public final class RtpWriter {
    private ByteBuffer buffer;
    private int offset;
    private int position;
    private int extensionHeader;
    private boolean twoByte;

    /** Writes the fixed header; timestamp and ssrc are unsigned 32-bit values. */
    public RtpWriter begin(
            ByteBuffer buffer,
            int offset,
            int payloadType,
            boolean marker,
            int sequenceNumber,
            long timestamp,
            long ssrc) {
        this.buffer = buffer;
        this.offset = offset;
        buffer.put(offset, (byte) 0x80);
        buffer.put(offset + 1, (byte) ((marker ? 0x80 : 0) | (payloadType & 0x7F)));
        buffer.putShort(offset + 2, (short) sequenceNumber);
        buffer.putInt(offset + 4, (int) timestamp);
        buffer.putInt(offset + 8, (int) ssrc);
        position = offset + RtpPacket.FIXED_HEADER_LENGTH;
        return this;
    }

    /** Adds a contributing source; at most 15, before the extensions. */
    public RtpWriter csrc(long csrc) {
        int first = buffer.get(offset);
        if ((first & 0x0F) == 15) {
            throw new IllegalStateException("a packet carries at most 15 CSRCs");
        }
        buffer.put(offset, (byte) (first + 1));
        buffer.putInt(position, (int) csrc);
        position += 4;
        return this;
    }

    /** Opens the extension block in one-byte form (ids 1 to 14, values of 1 to 16 bytes) or in two-byte form. */
    public RtpWriter beginExtensions(boolean twoByte) {
        this.twoByte = twoByte;
        extensionHeader = position;
        buffer.put(offset, (byte) (buffer.get(offset) | 0x10));
        buffer.putShort(
                position, (short) (twoByte ? HeaderExtensions.TWO_BYTE_PROFILE : HeaderExtensions.ONE_BYTE_PROFILE));
        position += 4;
        return this;
    }

    /** Starts an element of the given size and answers the absolute offset at which the caller writes its value. */
    public int extension(int id, int size) {
        if (twoByte) {
            if (id < 1 || id > 255 || size < 0 || size > 255) {
                throw new IllegalArgumentException("two-byte extension id " + id + ", size " + size);
            }
            buffer.put(position, (byte) id);
            buffer.put(position + 1, (byte) size);
            position += 2;
        } else {
            if (id < 1 || id > 14 || size < 1 || size > 16) {
                throw new IllegalArgumentException("one-byte extension id " + id + ", size " + size);
            }
            buffer.put(position, (byte) (id << 4 | (size - 1)));
            position++;
        }
        int value = position;
        position += size;
        return value;
    }

    /** Adds an element by copying its value. */
    public RtpWriter extension(int id, ByteBuffer source, int sourceOffset, int size) {
        int value = extension(id, size);
        buffer.put(value, source, sourceOffset, size);
        return this;
    }

    /** Adds an element by copying its value. */
    public RtpWriter extension(int id, byte[] value) {
        int at = extension(id, value.length);
        buffer.put(at, value);
        return this;
    }

    /** Closes the extension block: pads to 32 bits and writes its length. An empty block is taken back. */
    public RtpWriter endExtensions() {
        int size = position - extensionHeader - 4;
        if (size == 0) {
            position = extensionHeader;
            buffer.put(offset, (byte) (buffer.get(offset) & ~0x10));
            return this;
        }
        while ((position - extensionHeader & 3) != 0) {
            buffer.put(position++, (byte) 0);
        }
        buffer.putShort(extensionHeader + 2, (short) ((position - extensionHeader - 4) / 4));
        return this;
    }

    /** Appends payload bytes. */
    public RtpWriter payload(ByteBuffer source, int sourceOffset, int size) {
        buffer.put(position, source, sourceOffset, size);
        position += size;
        return this;
    }

    /** Appends a 16-bit payload word. */
    public RtpWriter payloadShort(int value) {
        buffer.putShort(position, (short) value);
        position += 2;
        return this;
    }

    /** Appends 1 to 255 bytes of RTP padding and sets the padding bit; last step. */
    public RtpWriter padding(int size) {
        if (size < 1 || size > 255) {
            throw new IllegalArgumentException("padding of " + size + " bytes");
        }
        for (int i = 0; i < size - 1; i++) {
            buffer.put(position + i, (byte) 0);
        }
        position += size;
        buffer.put(position - 1, (byte) size);
        buffer.put(offset, (byte) (buffer.get(offset) | 0x20));
        return this;
    }

    /** Absolute offset of the next byte to be written: the payload starts here once the header is complete. */
    public int position() {
        return position;
    }

    /** Bytes written so far. */
    public int length() {
        return position - offset;
    }
}
