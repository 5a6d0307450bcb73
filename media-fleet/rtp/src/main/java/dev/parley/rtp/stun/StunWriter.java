package dev.parley.rtp.stun;

import java.nio.ByteBuffer;

/** Writes one STUN message front to back: {@link #begin}, attributes, {@link #integrity}, {@link #fingerprint}; then {@link #length()} is its size. */
public final class StunWriter {
    private ByteBuffer buffer;
    private int offset;
    private int position;

    /** Writes the header with a transaction id of the caller's making: 96 random bits. */
    public StunWriter begin(ByteBuffer buffer, int offset, int type, int transactionIdHigh, long transactionIdLow) {
        this.buffer = buffer;
        this.offset = offset;
        buffer.putShort(offset, (short) type);
        buffer.putShort(offset + 2, (short) 0);
        buffer.putInt(offset + 4, StunMessage.MAGIC_COOKIE);
        buffer.putInt(offset + 8, transactionIdHigh);
        buffer.putLong(offset + 12, transactionIdLow);
        position = offset + StunMessage.HEADER_LENGTH;
        return this;
    }

    /** Writes the header of a response to a request: same transaction id. The two buffers may be one, at different places. */
    public StunWriter respond(ByteBuffer buffer, int offset, int type, StunMessage request) {
        return begin(buffer, offset, type, request.transactionIdHigh(), request.transactionIdLow());
    }

    /** Adds the user name: in ICE {@code remote-fragment:local-fragment}, as seen from the sender. */
    public StunWriter username(byte[] name) {
        int value = attribute(StunAttribute.USERNAME, name.length);
        buffer.put(value, name);
        return this;
    }

    public StunWriter priority(long priority) {
        buffer.putInt(attribute(StunAttribute.PRIORITY, 4), (int) priority);
        return this;
    }

    public StunWriter useCandidate() {
        attribute(StunAttribute.USE_CANDIDATE, 0);
        return this;
    }

    public StunWriter controlling(long tieBreaker) {
        buffer.putLong(attribute(StunAttribute.ICE_CONTROLLING, 8), tieBreaker);
        return this;
    }

    public StunWriter controlled(long tieBreaker) {
        buffer.putLong(attribute(StunAttribute.ICE_CONTROLLED, 8), tieBreaker);
        return this;
    }

    /**
     * Adds the sender's address as seen.
     *
     * @param address 4 or 16 bytes
     */
    public StunWriter xorMappedAddress(byte[] address, int port) {
        int value = attribute(StunAttribute.XOR_MAPPED_ADDRESS, 4 + address.length);
        buffer.putShort(value, (short) (address.length == 4 ? 1 : 2));
        buffer.putShort(value + 2, (short) (port ^ StunMessage.MAGIC_COOKIE >>> 16));
        for (int i = 0; i < address.length; i++) {
            buffer.put(value + 4 + i, (byte) (address[i] ^ buffer.get(offset + 4 + i)));
        }
        return this;
    }

    /** Adds an error code, 300 to 699, with a short ASCII reason. */
    public StunWriter errorCode(int code, byte[] reason) {
        int value = attribute(StunAttribute.ERROR_CODE, 4 + reason.length);
        buffer.putInt(value, code / 100 << 8 | code % 100);
        buffer.put(value + 4, reason);
        return this;
    }

    /** Names an attribute type that was not understood; goes with error 420. */
    public StunWriter unknownAttribute(int type) {
        buffer.putShort(attribute(StunAttribute.UNKNOWN_ATTRIBUTES, 2), (short) type);
        return this;
    }

    /** Adds SOFTWARE or any other attribute by copying its value. */
    public StunWriter attribute(int type, byte[] value) {
        int at = attribute(type, value.length);
        buffer.put(at, value);
        return this;
    }

    /** Adds MESSAGE-INTEGRITY over everything before. */
    public StunWriter integrity(StunIntegrity integrity, StunKey key) {
        int value = attribute(StunAttribute.MESSAGE_INTEGRITY, 20);
        integrity.write(buffer, offset, value - 4, key);
        return this;
    }

    /** Adds FINGERPRINT; last. */
    public StunWriter fingerprint(StunIntegrity integrity) {
        int value = attribute(StunAttribute.FINGERPRINT, 4);
        buffer.putInt(value, integrity.fingerprint(buffer, offset, value - 4));
        return this;
    }

    private int attribute(int type, int size) {
        buffer.putShort(position, (short) type);
        buffer.putShort(position + 2, (short) size);
        int value = position + 4;
        position = value + size;
        while ((position - offset & 3) != 0) {
            buffer.put(position++, (byte) 0);
        }
        buffer.putShort(offset + 2, (short) (position - offset - StunMessage.HEADER_LENGTH));
        return value;
    }

    /** Bytes written so far. */
    public int length() {
        return position - offset;
    }
}
