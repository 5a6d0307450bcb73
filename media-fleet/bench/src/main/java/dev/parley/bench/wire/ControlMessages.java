package dev.parley.bench.wire;

import java.nio.ByteBuffer;

/** What the kernel says about a received message beside its bytes, read from a block of {@code cmsghdr}. */
final class ControlMessages {
    static final int SOL_SOCKET = 1;
    static final int IPPROTO_IP = 0;
    static final int SOL_UDP = 17;
    static final int IP_PKTINFO = 8;
    static final int UDP_GRO = 104;
    static final int UDP_SEGMENT = 103;
    static final int SO_TIMESTAMPNS = 35;
    static final int SO_RXQ_OVFL = 40;

    private static final int HEADER_BYTES = 16;

    private int destination;
    private int segmentBytes;
    private int dropped;
    private long arrivedNanos;

    /** Reads those of one message. */
    ControlMessages read(ByteBuffer controls, int offset, int length) {
        destination = 0;
        segmentBytes = 0;
        dropped = 0;
        arrivedNanos = 0;
        int end = offset + length;
        int at = offset;
        while (at + HEADER_BYTES <= end) {
            int size = (int) controls.getLong(at);
            if (size < HEADER_BYTES || at + size > end) {
                break;
            }
            note(controls, controls.getInt(at + 8), controls.getInt(at + 12), at + HEADER_BYTES);
            at += size + 7 & -8;
        }
        return this;
    }

    private void note(ByteBuffer controls, int level, int type, int at) {
        if (level == IPPROTO_IP && type == IP_PKTINFO) {
            destination = Integer.reverseBytes(controls.getInt(at + 8));
        } else if (level == SOL_UDP && type == UDP_GRO) {
            segmentBytes = controls.getInt(at);
        } else if (level == SOL_SOCKET && type == SO_TIMESTAMPNS) {
            arrivedNanos = controls.getLong(at) * 1_000_000_000L + controls.getLong(at + 8);
        } else if (level == SOL_SOCKET && type == SO_RXQ_OVFL) {
            dropped = controls.getInt(at);
        }
    }

    /** The IPv4 address the message was sent to, as a number; 0 when unknown. */
    int destination() {
        return destination;
    }

    /** Bytes of each packet of a coalesced run, the last may be shorter; 0 when the message is one packet. */
    int segmentBytes() {
        return segmentBytes;
    }

    /** What the socket has dropped since it was opened, as of this message. */
    int dropped() {
        return dropped;
    }

    /** When the kernel handed the message to this machine's receiving side, by the wall clock; 0 when it does not say. */
    long arrivedNanos() {
        return arrivedNanos;
    }

    /** Writes the source address of a message to send; answers the bytes used. */
    static int writeSource(ByteBuffer controls, int offset, int address) {
        controls.putLong(offset, HEADER_BYTES + 12)
                .putInt(offset + 8, IPPROTO_IP)
                .putInt(offset + 12, IP_PKTINFO)
                .putInt(offset + 16, 0)
                .putInt(offset + 20, Integer.reverseBytes(address))
                .putInt(offset + 24, 0);
        return 32;
    }

    /** Writes where the kernel cuts a message into packets; answers the bytes used. */
    static int writeSegment(ByteBuffer controls, int offset, int bytes) {
        controls.putLong(offset, HEADER_BYTES + 2)
                .putInt(offset + 8, SOL_UDP)
                .putInt(offset + 12, UDP_SEGMENT)
                .putShort(offset + 16, (short) bytes);
        return 24;
    }
}
