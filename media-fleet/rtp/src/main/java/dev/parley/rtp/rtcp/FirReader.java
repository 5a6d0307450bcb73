package dev.parley.rtp.rtcp;

import java.nio.ByteBuffer;

/** Walks the entries of a full intra request (RFC 5104 section 4.3.1). */
public final class FirReader {
    private ByteBuffer buffer;
    private int position;
    private int end;

    /** Starts before the first entry of the reader's current packet; false when it is no full intra request. */
    public boolean tryWrap(RtcpReader packet) {
        if (!packet.isFeedback(RtcpReader.PAYLOAD_FEEDBACK, RtcpReader.FIR)) {
            return false;
        }
        buffer = packet.buffer();
        position = packet.offset() + 4;
        end = packet.offset() + packet.length();
        return true;
    }

    /** Moves to the next entry; false at the end. */
    public boolean next() {
        position += 8;
        return position + 8 <= end;
    }

    /** The stream that should send a key frame. */
    public long ssrc() {
        return buffer.getInt(position) & 0xFFFF_FFFFL;
    }

    /** The request's number, 0 to 255; a repeated one is the same request. */
    public int requestNumber() {
        return buffer.get(position + 4) & 0xFF;
    }
}
