package dev.parley.bench.roads;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/** The kernel's structures as 64-bit little-endian Linux lays them out. */
final class Words {
    static final int LOOPBACK = 0x7F00_0001;
    static final int SOCKADDR_BYTES = 16;
    static final int IOVEC_BYTES = 16;
    static final int MMSGHDR_BYTES = 64;
    static final int CONTROL_BYTES = 24;
    static final int SQE_BYTES = 64;
    static final int CQE_BYTES = 16;

    private static final int CONTROL_LENGTH = 18;

    private Words() {}

    /** Writes a {@code sockaddr_in} of this IPv4 address, high byte first; answers the memory it was written to. */
    static MemorySegment sockaddr(MemorySegment memory, long at, int address, int port) {
        memory.set(JAVA_SHORT, at, (short) Linux.AF_INET);
        memory.set(JAVA_SHORT, at + 2, Short.reverseBytes((short) port));
        memory.set(JAVA_INT, at + 4, Integer.reverseBytes(address));
        memory.set(JAVA_LONG, at + 8, 0);
        return memory;
    }

    /** The port of a {@code sockaddr_in}. */
    static int port(MemorySegment memory, long at) {
        return Short.toUnsignedInt(Short.reverseBytes(memory.get(JAVA_SHORT, at + 2)));
    }

    /** Writes an {@code iovec}. */
    static void iovec(MemorySegment memory, long at, long address, long bytes) {
        memory.set(JAVA_LONG, at, address);
        memory.set(JAVA_LONG, at + 8, bytes);
    }

    /** Writes a {@code mmsghdr}, whose first 56 bytes are a {@code msghdr}; addresses of 0 are absent. */
    static void mmsghdr(MemorySegment memory, long at, long sockaddr, long iovecs, int iovecCount, long control) {
        memory.set(JAVA_LONG, at, sockaddr);
        memory.set(JAVA_INT, at + 8, sockaddr == 0 ? 0 : SOCKADDR_BYTES);
        memory.set(JAVA_LONG, at + 16, iovecs);
        memory.set(JAVA_LONG, at + 24, iovecCount);
        memory.set(JAVA_LONG, at + 32, control);
        memory.set(JAVA_LONG, at + 40, control == 0 ? 0 : CONTROL_LENGTH);
        memory.set(JAVA_INT, at + 48, 0);
    }

    /** Writes the control message that has the kernel cut a message into segments of this size. */
    static void segment(MemorySegment memory, long at, int bytes) {
        memory.set(JAVA_LONG, at, CONTROL_LENGTH);
        memory.set(JAVA_INT, at + 8, Linux.SOL_UDP);
        memory.set(JAVA_INT, at + 12, Linux.UDP_SEGMENT);
        memory.set(JAVA_SHORT, at + 16, (short) bytes);
    }
}
