package dev.parley.transport.udp;

import java.nio.ByteBuffer;

/** An array of the kernel's {@code mmsghdr}, each with its own room for an address and for one control message. */
final class MessageHeaders {
    static final int HEADER_BYTES = 64;
    static final int CONTROL_BYTES = 64;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int IOV = 16;
    private static final int IOV_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int MESSAGE_LENGTH = 56;

    private final ByteBuffer headers;
    private final ByteBuffer names;
    private final ByteBuffer controls;
    private final long address;

    MessageHeaders(int count) {
        headers = LinuxCalls.block(count * HEADER_BYTES);
        names = LinuxCalls.block(count * SocketAddressWords.BYTES);
        controls = LinuxCalls.block(count * CONTROL_BYTES);
        address = LinuxCalls.addressOf(headers);
        long namesAt = LinuxCalls.addressOf(names);
        long controlsAt = LinuxCalls.addressOf(controls);
        for (int i = 0; i < count; i++) {
            int at = i * HEADER_BYTES;
            headers.putLong(at + NAME, namesAt + (long) i * SocketAddressWords.BYTES);
            headers.putLong(at + CONTROL, controlsAt + (long) i * CONTROL_BYTES);
        }
    }

    /** Where the kernel finds the i-th. */
    long address(int i) {
        return address + (long) i * HEADER_BYTES;
    }

    void lengths(int i, int nameLength, int controlLength) {
        int at = i * HEADER_BYTES;
        headers.putInt(at + NAME_LENGTH, nameLength);
        headers.putLong(at + CONTROL_LENGTH, controlLength);
        headers.putInt(at + FLAGS, 0);
    }

    void vectors(int i, long iovAddress, int count) {
        int at = i * HEADER_BYTES;
        headers.putLong(at + IOV, iovAddress);
        headers.putLong(at + IOV_COUNT, count);
    }

    void name(int i, BatchedAddress to) {
        int at = i * SocketAddressWords.BYTES;
        names.putLong(at, to.first());
        names.putLong(at + 8, to.second());
        names.putLong(at + 16, to.third());
        names.putLong(at + 24, to.fourth());
    }

    void copyName(int i, MessageHeaders from, int j) {
        names.put(i * SocketAddressWords.BYTES, from.names, j * SocketAddressWords.BYTES, SocketAddressWords.BYTES);
    }

    long nameWord(int i, int word) {
        return names.getLong(i * SocketAddressWords.BYTES + word * Long.BYTES);
    }

    /** What the kernel wrote as the message's length. */
    int length(int i) {
        return headers.getInt(i * HEADER_BYTES + MESSAGE_LENGTH);
    }

    /** How much the kernel wrote of control messages. */
    int controlLength(int i) {
        return (int) headers.getLong(i * HEADER_BYTES + CONTROL_LENGTH);
    }

    /** The control messages' bytes; the i-th message's are at i x {@link #CONTROL_BYTES}. */
    ByteBuffer controls() {
        return controls;
    }
}
