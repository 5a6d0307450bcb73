package dev.parley.bench.roads;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** An Ethernet frame with IPv4 and UDP headers, as AF_XDP wants it whole. */
final class Frame {
    static final int HEADER_BYTES = 14 + 20 + 8;

    private static final int IPV4 = 0x0800;
    private static final int UDP = 17;
    private static final int TIME_TO_LIVE = 64;
    private static final int FROM_PORT = 10_000;

    private Frame() {}

    /** Writes the headers in front of a payload of this length; a UDP checksum of 0 says that there is none. */
    static void write(
            MemorySegment frame, byte[] fromMac, byte[] toMac, int from, int to, int toPort, int payloadBytes) {
        for (int i = 0; i < 6; i++) {
            frame.set(JAVA_BYTE, i, toMac[i]);
            frame.set(JAVA_BYTE, 6 + i, fromMac[i]);
        }
        put16(frame, 12, IPV4);
        int ip = 14;
        put16(frame, ip, 0x4500);
        put16(frame, ip + 2, 20 + 8 + payloadBytes);
        put16(frame, ip + 4, 0);
        put16(frame, ip + 6, 0x4000);
        put16(frame, ip + 8, TIME_TO_LIVE << 8 | UDP);
        put16(frame, ip + 10, 0);
        put16(frame, ip + 12, from >>> 16);
        put16(frame, ip + 14, from);
        put16(frame, ip + 16, to >>> 16);
        put16(frame, ip + 18, to);
        put16(frame, ip + 10, checksum(frame, ip, 20));
        int udp = ip + 20;
        put16(frame, udp, FROM_PORT);
        put16(frame, udp + 2, toPort);
        put16(frame, udp + 4, 8 + payloadBytes);
        put16(frame, udp + 6, 0);
    }

    /** The Internet checksum (RFC 1071) of an even number of bytes; 0 over a header that carries its own. */
    static int checksum(MemorySegment memory, int at, int bytes) {
        int sum = 0;
        for (int i = at; i < at + bytes; i += 2) {
            sum += Byte.toUnsignedInt(memory.get(JAVA_BYTE, i)) << 8 | Byte.toUnsignedInt(memory.get(JAVA_BYTE, i + 1));
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return ~(sum + (sum >>> 16)) & 0xFFFF;
    }

    private static void put16(MemorySegment memory, int at, int value) {
        memory.set(JAVA_BYTE, at, (byte) (value >>> 8));
        memory.set(JAVA_BYTE, at + 1, (byte) value);
    }
}
