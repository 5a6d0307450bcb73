package dev.parley.rtp.rtcp;

import java.nio.ByteBuffer;

/** A sender report (RFC 3550 section 6.4.1). Its report blocks are read with {@link ReportBlocks}. */
public final class SenderReport {
    /** Bytes of a sender report without report blocks. */
    public static final int LENGTH = 28;

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private ByteBuffer buffer;
    private int offset;

    /** Points this flyweight at the reader's current packet; false when it is no sender report or too short. */
    public boolean tryWrap(RtcpReader packet) {
        if (packet.type() != RtcpReader.SENDER_REPORT || packet.length() < LENGTH) {
            return false;
        }
        buffer = packet.buffer();
        offset = packet.offset();
        return true;
    }

    public long ssrc() {
        return buffer.getInt(offset + 4) & UNSIGNED;
    }

    /** The NTP time: seconds since 1900 in the upper 32 bits, fraction below. */
    public long ntpTime() {
        return buffer.getLong(offset + 8);
    }

    /** The middle 32 bits of the NTP time, as receivers give them back in the "last SR" field. */
    public long compactNtp() {
        return ntpTime() >>> 16 & UNSIGNED;
    }

    public long rtpTimestamp() {
        return buffer.getInt(offset + 16) & UNSIGNED;
    }

    public long packetCount() {
        return buffer.getInt(offset + 20) & UNSIGNED;
    }

    public long octetCount() {
        return buffer.getInt(offset + 24) & UNSIGNED;
    }
}
