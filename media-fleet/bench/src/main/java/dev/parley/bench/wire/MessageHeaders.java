package dev.parley.bench.wire;

import java.nio.ByteBuffer;

/** An array of the kernel's {@code mmsghdr} with one {@code iovec}, one IPv4 address and room for control messages each. */
final class MessageHeaders {
    static final int CONTROL_BYTES = 128;

    private static final int HEADER_BYTES = 64;
    private static final int NAME_BYTES = 16;
    private static final int VECTOR_BYTES = 16;
    private static final int AF_INET = 2;

    private final ByteBuffer headers;
    private final ByteBuffer names;
    private final ByteBuffer vectors;
    private final ByteBuffer controls;
    private final long address;

    MessageHeaders(int count) {
        headers = WireCalls.block(count * HEADER_BYTES);
        names = WireCalls.block(count * NAME_BYTES);
        vectors = WireCalls.block(count * VECTOR_BYTES);
        controls = WireCalls.block(count * CONTROL_BYTES);
        address = WireCalls.addressOf(headers);
        for (int i = 0; i < count; i++) {
            int at = i * HEADER_BYTES;
            headers.putLong(at, WireCalls.addressOf(names) + (long) i * NAME_BYTES)
                    .putInt(at + 8, NAME_BYTES)
                    .putLong(at + 16, WireCalls.addressOf(vectors) + (long) i * VECTOR_BYTES)
                    .putLong(at + 24, 1)
                    .putLong(at + 32, WireCalls.addressOf(controls) + (long) i * CONTROL_BYTES)
                    .putLong(at + 40, CONTROL_BYTES);
        }
    }

    /** Where the i-th header is. */
    long address(int i) {
        return address + (long) i * HEADER_BYTES;
    }

    /** What the i-th message is read into or written from. */
    void vector(int i, long start, int length) {
        vectors.putLong(i * VECTOR_BYTES, start).putLong(i * VECTOR_BYTES + 8, length);
    }

    /** Room for a received message's name and control messages, or the control messages' length of one to send. */
    void controlLength(int i, int length) {
        headers.putInt(i * HEADER_BYTES + 8, NAME_BYTES).putLong(i * HEADER_BYTES + 40, length);
    }

    int controlLength(int i) {
        return (int) headers.getLong(i * HEADER_BYTES + 40);
    }

    /** The control messages of all; the i-th message's are at i x {@link #CONTROL_BYTES}. */
    ByteBuffer controls() {
        return controls;
    }

    /** What the kernel says was read. */
    int length(int i) {
        return headers.getInt(i * HEADER_BYTES + 56);
    }

    /** Where the message goes: an address in the upper 32 bits and a port in the lower. */
    void remote(int i, long remote) {
        int at = i * NAME_BYTES;
        names.putShort(at, (short) AF_INET)
                .putShort(at + 2, Short.reverseBytes((short) remote))
                .putInt(at + 4, Integer.reverseBytes((int) (remote >>> 32)));
    }

    /** Where the message came from. */
    long remote(int i) {
        int at = i * NAME_BYTES;
        return (long) Integer.reverseBytes(names.getInt(at + 4)) << 32
                | Short.toUnsignedLong(Short.reverseBytes(names.getShort(at + 2)));
    }
}
