package dev.parley.bench.wire;

import java.nio.ByteBuffer;

/** Reads up to {@value #MESSAGES} messages by one call and takes coalesced runs (UDP_GRO) apart. One thread. */
final class ReceiveBatch {
    static final int MESSAGES = 32;

    private static final int SLOT_BYTES = 65_536 + 2112;

    private final ByteBuffer slab = WireCalls.block(MESSAGES * SLOT_BYTES).order(java.nio.ByteOrder.BIG_ENDIAN);
    private final MessageHeaders headers = new MessageHeaders(MESSAGES);
    private final ControlMessages told = new ControlMessages();

    /** Takes what has arrived. */
    interface Receiver {
        /**
         * One packet.
         *
         * @param destination the IPv4 address it was sent to, as a number
         * @param remote where it came from: address in the upper half, port in the lower
         * @param wallNanos when the kernel had it, by the wall clock; 0 when unknown
         */
        void packet(ByteBuffer buffer, int offset, int length, int destination, long remote, long wallNanos);
    }

    ReceiveBatch() {
        long start = WireCalls.addressOf(slab);
        for (int i = 0; i < MESSAGES; i++) {
            headers.vector(i, start + (long) i * SLOT_BYTES, 65_536);
        }
    }

    /**
     * Reads once.
     *
     * @return messages read
     */
    int receive(int fd, Receiver receiver) {
        for (int i = 0; i < MESSAGES; i++) {
            headers.controlLength(i, MessageHeaders.CONTROL_BYTES);
        }
        int count = WireCalls.recvmmsg(fd, headers.address(0), MESSAGES);
        for (int i = 0; i < count; i++) {
            told.read(headers.controls(), i * MessageHeaders.CONTROL_BYTES, headers.controlLength(i));
            split(i * SLOT_BYTES, headers.length(i), headers.remote(i), receiver);
        }
        return Math.max(0, count);
    }

    private void split(int start, int bytes, long remote, Receiver receiver) {
        int segment = told.segmentBytes() > 0 ? told.segmentBytes() : bytes;
        for (int offset = 0; offset < bytes; offset += segment) {
            int length = Math.min(segment, bytes - offset);
            receiver.packet(slab, start + offset, length, told.destination(), remote, told.arrivedNanos());
        }
    }

    /** What the socket that was read last has dropped so far; 0 also when nothing was read. */
    int dropped() {
        return told.dropped();
    }
}
