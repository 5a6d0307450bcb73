package dev.parley.rtp.rtcp;

import java.nio.ByteBuffer;

/** Walks the sources that a BYE packet says have left (RFC 3550 section 6.6). */
public final class ByeReader {
    private ByteBuffer buffer;
    private int position;
    private int remaining;

    /** Starts before the first source of the reader's current packet; false when it is no BYE or shorter than its count says. */
    public boolean tryWrap(RtcpReader packet) {
        if (packet.type() != RtcpReader.BYE || packet.length() < 4 + 4 * packet.count()) {
            return false;
        }
        buffer = packet.buffer();
        position = packet.offset();
        remaining = packet.count();
        return true;
    }

    /** Moves to the next source; false at the end. */
    public boolean next() {
        if (remaining == 0) {
            return false;
        }
        remaining--;
        position += 4;
        return true;
    }

    public long ssrc() {
        return buffer.getInt(position) & 0xFFFF_FFFFL;
    }
}
