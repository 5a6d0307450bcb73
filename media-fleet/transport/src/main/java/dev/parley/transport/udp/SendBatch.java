package dev.parley.transport.udp;

import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packets on their way out. Each is written or copied into the next slot of a slab and chained to its address; {@link #flush} makes one
 * kernel message of each run of equal-sized packets to one address (the last may be shorter) and sends many messages by one
 * call. Packets to one address keep their order; slots are used from the first on after every flush, so that a quiet port
 * stays in the cache.
 */
final class SendBatch {
    static final int SLOT_BYTES = UdpEngine.OUTGOING_BYTES;
    static final int CONTROL_BYTES_USED = 24;

    private static final Logger LOG = LoggerFactory.getLogger(SendBatch.class);
    private static final int SLOTS = 8192;
    /** From this many on a packet to another address sends first: so many stay in a core's cache from the copy to the kernel's. */
    private static final int CACHED_SLOTS = 160;

    private static final int MESSAGES = 256;
    private static final int MAX_SEGMENTS = 64;
    /** What a UDP datagram may carry over IPv6. */
    private static final int MAX_RUN_BYTES = 65_535 - 40 - 8;

    private static final int IOV_BYTES = 16;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int CMSG_LENGTH = 18;
    private static final int CMSG_DATA = 16;

    private final LinuxCalls calls;
    private final int fd;
    private final int nameLength;
    private final ByteBuffer slab = LinuxCalls.block(SLOTS * SLOT_BYTES);
    private final ByteBuffer outgoing = slab.duplicate();
    private final long slabAddress = LinuxCalls.addressOf(slab);
    private final ByteBuffer vectors = LinuxCalls.block(SLOTS * IOV_BYTES);
    private final long vectorsAddress = LinuxCalls.addressOf(vectors);
    private final MessageHeaders headers = new MessageHeaders(MESSAGES);
    private final MessageHeaders single = new MessageHeaders(1);
    private final int[] lengthOfSlot = new int[SLOTS];
    private final int[] slotBehind = new int[SLOTS];
    private final BatchedAddress[] waitedFor = new BatchedAddress[SLOTS];
    private final int[] firstVector = new int[MESSAGES];
    private final int[] segments = new int[MESSAGES];
    private int usedSlots;
    private int addresses;
    private int usedVectors;
    private int messages;
    private volatile boolean segmenting;

    // The agent counts; any thread reads what the last flush published.
    private long out;
    private long outBytes;
    private long runs;
    private long fallbacks;
    private long dropped;
    private long errors;
    private volatile long datagramsOut;
    private volatile long bytesOut;
    private volatile long messagesOut;
    private volatile long segmentFallbacks;
    private volatile long sendsDropped;
    private volatile long sendErrors;

    SendBatch(LinuxCalls calls, int fd, int family, boolean segmenting) {
        this.calls = calls;
        this.fd = fd;
        this.nameLength = SocketAddressWords.lengthOf(family);
        this.segmenting = segmenting;
        ByteBuffer controls = headers.controls();
        for (int i = 0; i < MESSAGES; i++) {
            int at = i * MessageHeaders.CONTROL_BYTES;
            controls.putLong(at, CMSG_LENGTH).putInt(at + 8, SOL_UDP).putInt(at + 12, UDP_SEGMENT);
        }
    }

    /** What slots are part of, in network byte order. */
    ByteBuffer outgoing() {
        return outgoing;
    }

    /** Where the next slot begins. */
    int nextOffset() {
        if (usedSlots == SLOTS) {
            flush();
        }
        return usedSlots * SLOT_BYTES;
    }

    /** Takes the packet; sends first if many slots are taken and it begins another run. */
    void add(BatchedAddress to, ByteBuffer buffer, int offset, int length) {
        if (usedSlots >= CACHED_SLOTS && (usedSlots == SLOTS || !to.isWaitedFor())) {
            flush();
        }
        int slot = usedSlots++;
        if (buffer != outgoing || offset != slot * SLOT_BYTES) {
            slab.put(slot * SLOT_BYTES, buffer, offset, length);
        }
        lengthOfSlot[slot] = length;
        slotBehind[slot] = BatchedAddress.NONE;
        if (to.isWaitedFor()) {
            slotBehind[to.tail] = slot;
        } else {
            to.head = slot;
            waitedFor[addresses++] = to;
        }
        to.tail = slot;
    }

    /** Sends everything taken since the last time. */
    void flush() {
        if (usedSlots == 0) {
            return;
        }
        for (int i = 0; i < addresses; i++) {
            BatchedAddress to = waitedFor[i];
            waitedFor[i] = null;
            for (int slot = to.head; slot != BatchedAddress.NONE; ) {
                slot = addRun(to, slot);
                if (messages == MESSAGES) {
                    submit();
                }
            }
            to.head = BatchedAddress.NONE;
            to.tail = BatchedAddress.NONE;
        }
        submit();
        usedSlots = 0;
        usedVectors = 0;
        addresses = 0;
        publish();
    }

    /** Makes a message of the longest run from this slot on; answers the slot behind it. */
    private int addRun(BatchedAddress to, int firstSlot) {
        int message = messages++;
        int first = usedVectors;
        int size = lengthOfSlot[firstSlot];
        int total = size;
        addVector(firstSlot, size);
        int slot = slotBehind[firstSlot];
        int limit = segmenting && size > 0 ? MAX_SEGMENTS : 1;
        int length = size;
        while (slot != BatchedAddress.NONE && length == size && usedVectors - first < limit) {
            length = lengthOfSlot[slot];
            if (length > size || length == 0 || total + length > MAX_RUN_BYTES) {
                break;
            }
            addVector(slot, length);
            total += length;
            slot = slotBehind[slot];
        }
        int count = usedVectors - first;
        firstVector[message] = first;
        segments[message] = count;
        headers.name(message, to);
        headers.vectors(message, vectorsAddress + (long) first * IOV_BYTES, count);
        if (count > 1) {
            headers.lengths(message, nameLength, CONTROL_BYTES_USED);
            headers.controls().putShort(message * MessageHeaders.CONTROL_BYTES + CMSG_DATA, (short) size);
        } else {
            headers.lengths(message, nameLength, 0);
        }
        return slot;
    }

    private void addVector(int slot, int length) {
        int at = usedVectors++ * IOV_BYTES;
        vectors.putLong(at, slabAddress + (long) slot * SLOT_BYTES);
        vectors.putLong(at + 8, length);
    }

    private void submit() {
        int done = 0;
        while (done < messages) {
            int sent = calls.sendmmsg(fd, headers.address(done), messages - done);
            if (sent > 0) {
                for (int i = done; i < done + sent; i++) {
                    out += segments[i];
                    outBytes += headers.length(i);
                }
                runs += sent;
                done += sent;
            } else if (-sent != LinuxCalls.EINTR) {
                refused(done++, -sent);
            }
        }
        messages = 0;
    }

    /** The kernel did not take this message. */
    private void refused(int message, int errorNumber) {
        int count = segments[message];
        if (isFull(errorNumber)) {
            dropped += count;
        } else if (count == 1) {
            errors++;
        } else {
            if (errorNumber == LinuxCalls.EIO && segmenting) {
                segmenting = false;
                LOG.warn(
                        "segmentation offload (UDP_SEGMENT) failed with EIO on the way out: this network interface cannot"
                                + " do it. Off for this port from now on; sending costs more.");
            }
            // Also right for packets larger than the link's: without segmentation they go out in fragments.
            fallbacks++;
            sendOneByOne(message);
        }
    }

    private void sendOneByOne(int message) {
        single.copyName(0, headers, message);
        single.lengths(0, nameLength, 0);
        for (int i = 0; i < segments[message]; i++) {
            single.vectors(0, vectorsAddress + (long) (firstVector[message] + i) * IOV_BYTES, 1);
            int sent;
            do {
                sent = calls.sendmmsg(fd, single.address(0), 1);
            } while (-sent == LinuxCalls.EINTR);
            if (sent == 1) {
                out++;
                runs++;
                outBytes += single.length(0);
            } else if (isFull(-sent)) {
                dropped++;
            } else {
                errors++;
            }
        }
    }

    private static boolean isFull(int errorNumber) {
        return errorNumber == LinuxCalls.EAGAIN
                || errorNumber == LinuxCalls.ENOBUFS
                || errorNumber == LinuxCalls.ENOMEM;
    }

    /** Counts a packet that cannot be sent at all. */
    void refuse() {
        errors++;
        publish();
    }

    private void publish() {
        datagramsOut = out;
        bytesOut = outBytes;
        messagesOut = runs;
        segmentFallbacks = fallbacks;
        sendsDropped = dropped;
        sendErrors = errors;
    }

    boolean isSegmenting() {
        return segmenting;
    }

    long datagramsOut() {
        return datagramsOut;
    }

    long bytesOut() {
        return bytesOut;
    }

    long messagesOut() {
        return messagesOut;
    }

    long segmentFallbacks() {
        return segmentFallbacks;
    }

    long sendsDropped() {
        return sendsDropped;
    }

    long sendErrors() {
        return sendErrors;
    }
}
