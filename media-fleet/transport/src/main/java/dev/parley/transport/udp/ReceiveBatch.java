package dev.parley.transport.udp;

import java.nio.ByteBuffer;

/**
 * Datagrams on their way in: up to {@value #MESSAGES} messages by one call, each in a slot that takes a whole coalesced run
 * (UDP_GRO), handed over packet by packet. What is beyond the caller's limit waits for the next call.
 */
final class ReceiveBatch {
    private static final int MESSAGES = 64;
    private static final int LARGEST_MESSAGE_BYTES = 65_536;
    /** Not a power of two: the starts of all slots would share a few cache sets. */
    private static final int SLOT_BYTES = LARGEST_MESSAGE_BYTES + 2048 + 64;

    private static final int LARGEST_DATAGRAM_BYTES = SendBatch.SLOT_BYTES - UdpEngine.TAIL_ROOM_BYTES;
    private static final int IOV_BYTES = 16;
    private static final int CMSG_BYTES = 20;
    private static final int CMSG_DATA = 16;
    private static final int SOL_UDP = 17;
    private static final int UDP_GRO = 104;

    private final LinuxCalls calls;
    private final int fd;
    private final int nameLength;
    private final Addresses addresses;
    private final ByteBuffer slab = LinuxCalls.block(MESSAGES * SLOT_BYTES);
    private final ByteBuffer packets = slab.duplicate();
    private final ByteBuffer vectors = LinuxCalls.block(MESSAGES * IOV_BYTES);
    private final MessageHeaders headers = new MessageHeaders(MESSAGES);
    private final ByteBuffer covered = LinuxCalls.block(UdpEngine.TAIL_ROOM_BYTES);
    private int arrived;
    private int message;
    private int messageBytes;
    private int segmentBytes;
    private int nextOffset;
    private BatchedAddress from;

    private long in;
    private long inBytes;
    private long tooLong;
    private volatile long datagramsIn;
    private volatile long bytesIn;
    private volatile long oversized;
    private volatile long receiveErrors;

    /** Finds the object of an address, a passing one if it is not kept. */
    @FunctionalInterface
    interface Addresses {
        BatchedAddress find(long first, long second, long third, long fourth);
    }

    ReceiveBatch(LinuxCalls calls, int fd, int family, Addresses addresses) {
        this.calls = calls;
        this.fd = fd;
        this.nameLength = SocketAddressWords.lengthOf(family);
        this.addresses = addresses;
        long slabAddress = LinuxCalls.addressOf(slab);
        long vectorsAddress = LinuxCalls.addressOf(vectors);
        for (int i = 0; i < MESSAGES; i++) {
            vectors.putLong(i * IOV_BYTES, slabAddress + (long) i * SLOT_BYTES);
            vectors.putLong(i * IOV_BYTES + 8, LARGEST_MESSAGE_BYTES);
            headers.vectors(i, vectorsAddress + (long) i * IOV_BYTES, 1);
        }
    }

    /** Hands over at most {@code limit} datagrams; answers how many. */
    int receive(UdpEngine.Receiver receiver, int limit) {
        int count = 0;
        try {
            boolean more = true;
            while (count < limit && (hasWaiting() || more)) {
                if (!hasWaiting()) {
                    int room = Math.min(MESSAGES, limit - count);
                    if (!fill(room)) {
                        break;
                    }
                    more = arrived == room;
                }
                handOver(receiver);
                count++;
            }
        } finally {
            datagramsIn = in;
            bytesIn = inBytes;
            oversized = tooLong;
        }
        return count;
    }

    /** Whether packets of an earlier call still wait. */
    boolean hasWaiting() {
        return message < arrived;
    }

    private boolean fill(int room) {
        for (int i = 0; i < room; i++) {
            headers.lengths(i, nameLength, MessageHeaders.CONTROL_BYTES);
        }
        message = 0;
        arrived = 0;
        int got = calls.recvmmsg(fd, headers.address(0), room);
        if (got <= 0) {
            if (-got != LinuxCalls.EAGAIN && -got != LinuxCalls.EINTR) {
                receiveErrors++;
            }
            return false;
        }
        arrived = got;
        begin();
        return true;
    }

    private void begin() {
        messageBytes = headers.length(message);
        segmentBytes = messageBytes;
        nextOffset = 0;
        from = null;
        int control = message * MessageHeaders.CONTROL_BYTES;
        ByteBuffer controls = headers.controls();
        if (headers.controlLength(message) >= CMSG_BYTES
                && controls.getInt(control + 8) == SOL_UDP
                && controls.getInt(control + 12) == UDP_GRO) {
            segmentBytes = Math.clamp(controls.getInt(control + CMSG_DATA), 1, Math.max(1, messageBytes));
        }
    }

    private void handOver(UdpEngine.Receiver receiver) {
        int length = Math.min(segmentBytes, messageBytes - nextOffset);
        int offset = message * SLOT_BYTES + nextOffset;
        BatchedAddress sender = sender();
        nextOffset += length;
        boolean isLast = nextOffset >= messageBytes;
        if (isLast && ++message < arrived) {
            begin();
        }
        in++;
        inBytes += length;
        if (length > LARGEST_DATAGRAM_BYTES) {
            tooLong++;
            return;
        }
        packets.clear();
        if (isLast) {
            receiver.datagram(packets, offset, length, sender);
            return;
        }
        // The next packet of the run begins where this one's receiver may write.
        int behind = offset + length;
        covered.put(0, slab, behind, UdpEngine.TAIL_ROOM_BYTES);
        try {
            receiver.datagram(packets, offset, length, sender);
        } finally {
            slab.put(behind, covered, 0, UdpEngine.TAIL_ROOM_BYTES);
        }
    }

    private BatchedAddress sender() {
        if (from == null || !from.kept) {
            long first = SocketAddressWords.first(headers.nameWord(message, 0));
            from = addresses.find(
                    first,
                    SocketAddressWords.middle(first, headers.nameWord(message, 1)),
                    SocketAddressWords.middle(first, headers.nameWord(message, 2)),
                    SocketAddressWords.last(first, headers.nameWord(message, 3)));
        }
        return from;
    }

    /** For the agent alone: exact at any moment. */
    long received() {
        return in;
    }

    long datagramsIn() {
        return datagramsIn;
    }

    long bytesIn() {
        return bytesIn;
    }

    long oversized() {
        return oversized;
    }

    long receiveErrors() {
        return receiveErrors;
    }
}
