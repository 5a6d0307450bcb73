package dev.parley.rtp.rtcp;

import java.nio.ByteBuffer;

/** Walks the report blocks of a sender or receiver report (RFC 3550 section 6.4). */
public final class ReportBlocks {
    /** Bytes of one block. */
    public static final int BLOCK_LENGTH = 24;

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private ByteBuffer buffer;
    private int offset;
    private int remaining;

    /** Starts before the first block of the reader's current packet; false when it is no report or shorter than its count says. */
    public boolean tryWrap(RtcpReader packet) {
        int head;
        if (packet.type() == RtcpReader.SENDER_REPORT) {
            head = SenderReport.LENGTH;
        } else if (packet.type() == RtcpReader.RECEIVER_REPORT) {
            head = 8;
        } else {
            return false;
        }
        if (packet.length() < head + BLOCK_LENGTH * packet.count()) {
            return false;
        }
        buffer = packet.buffer();
        offset = packet.offset() + head - BLOCK_LENGTH;
        remaining = packet.count();
        return true;
    }

    /** Moves to the next block; false at the end. */
    public boolean next() {
        if (remaining == 0) {
            return false;
        }
        remaining--;
        offset += BLOCK_LENGTH;
        return true;
    }

    /** The stream this block is about. */
    public long ssrc() {
        return buffer.getInt(offset) & UNSIGNED;
    }

    /** Share of packets lost since the last report, in 1/256. */
    public int fractionLost() {
        return buffer.get(offset + 4) & 0xFF;
    }

    /** Packets lost since the beginning, a signed 24-bit number. */
    public int cumulativeLost() {
        return buffer.getInt(offset + 4) << 8 >> 8;
    }

    /** Highest sequence number received, with its cycle count in the upper 16 bits. */
    public long highestSequence() {
        return buffer.getInt(offset + 8) & UNSIGNED;
    }

    /** Interarrival jitter in timestamp units. */
    public long jitter() {
        return buffer.getInt(offset + 12) & UNSIGNED;
    }

    /** Middle 32 bits of the NTP time of the last sender report; 0 when none arrived. */
    public long lastSenderReport() {
        return buffer.getInt(offset + 16) & UNSIGNED;
    }

    /** Time since that sender report, in 1/65536 s. */
    public long delaySinceLastSenderReport() {
        return buffer.getInt(offset + 20) & UNSIGNED;
    }

    /**
     * The round-trip time in nanoseconds (RFC 3550 section 6.4.1).
     *
     * @param nowCompactNtp middle 32 bits of the NTP time at which this report arrived, see {@link NtpTime#compact}
     * @return the time, or -1 when this block answers no sender report or the clocks do not fit
     */
    public long roundTripNanos(long nowCompactNtp) {
        if (lastSenderReport() == 0) {
            return -1;
        }
        int units = (int) (nowCompactNtp - lastSenderReport() - delaySinceLastSenderReport());
        return units < 0 ? -1 : units * 1_000_000_000L >> 16;
    }
}
