package dev.parley.rtp;

import java.nio.ByteBuffer;

/**
 * Walks the header extension elements of a packet, one-byte and two-byte form (RFC 8285 section 4).
 *
 * <p>Elements that run over the end of the block, and everything behind them, are ignored as the RFC asks; nothing is thrown.
 */
public final class HeaderExtensions {
    /** The profile word of one-byte elements. */
    public static final int ONE_BYTE_PROFILE = 0xBEDE;
    /** The profile word of two-byte elements; its low four bits are free. */
    public static final int TWO_BYTE_PROFILE = 0x1000;

    private ByteBuffer buffer;
    private boolean twoByte;
    private boolean known;
    private int start;
    private int position;
    private int end;
    private int id;
    private int valueOffset;
    private int valueLength;

    /** Starts over at the first element of a wrapped packet. */
    public HeaderExtensions wrap(RtpPacket packet) {
        buffer = packet.buffer();
        int profile = packet.extensionProfile();
        twoByte = (profile & 0xFFF0) == TWO_BYTE_PROFILE;
        known = packet.hasExtension() && (twoByte || profile == ONE_BYTE_PROFILE);
        start = packet.extensionOffset();
        position = start;
        end = known ? start + packet.extensionLength() : start;
        return this;
    }

    /** Goes back to the first element. */
    public void rewind() {
        position = start;
    }

    /** Moves to the next element; false at the end. */
    public boolean next() {
        while (position < end) {
            int head = buffer.get(position) & 0xFF;
            if (head == 0) {
                position++;
            } else if (!twoByte && head < 0x10) {
                // Id 0 with a length: padding that says how long it is.
                position += 2 + head;
            } else {
                return twoByte ? readTwoByte(head) : readOneByte(head);
            }
        }
        return false;
    }

    private boolean readOneByte(int head) {
        int size = (head & 0x0F) + 1;
        if (head >> 4 == 15 || position + 1 + size > end) {
            position = end;
            return false;
        }
        return element(head >> 4, position + 1, size);
    }

    private boolean readTwoByte(int head) {
        if (position + 2 > end || position + 2 + (buffer.get(position + 1) & 0xFF) > end) {
            position = end;
            return false;
        }
        return element(head, position + 2, buffer.get(position + 1) & 0xFF);
    }

    private boolean element(int elementId, int offset, int size) {
        id = elementId;
        valueOffset = offset;
        valueLength = size;
        position = offset + size;
        return true;
    }

    /** Moves to the element with this id, searching from the first; false, and no current element, when there is none. */
    public boolean find(int wantedId) {
        rewind();
        while (next()) {
            if (id == wantedId) {
                return true;
            }
        }
        return false;
    }

    /** The current element's id: 1 to 14 in one-byte form, 1 to 255 in two-byte form. */
    public int id() {
        return id;
    }

    /** Absolute offset of the current element's value. */
    public int valueOffset() {
        return valueOffset;
    }

    /** Bytes of the current element's value: 1 to 16 in one-byte form, 0 to 255 in two-byte form. */
    public int valueLength() {
        return valueLength;
    }

    /** The buffer the values lie in. */
    public ByteBuffer buffer() {
        return buffer;
    }
}
