package dev.parley.rtp.extension;

import java.nio.ByteBuffer;

/** Transport-wide sequence number: 16 bits, one counter for all streams of a transport (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
public final class TransportSequence {
    /** Bytes of the value. */
    public static final int LENGTH = 2;

    private TransportSequence() {}

    /** The number, 0 to 65535. */
    public static int read(ByteBuffer buffer, int offset) {
        return buffer.getShort(offset) & 0xFFFF;
    }

    /** Writes the number. */
    public static void write(ByteBuffer buffer, int offset, int sequenceNumber) {
        buffer.putShort(offset, (short) sequenceNumber);
    }
}
