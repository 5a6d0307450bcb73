package dev.parley.sfu.tracks;

import dev.parley.sfu.PayloadFormat;
import java.nio.ByteBuffer;

/**
 * One packet of a track as publishers' transports leave it: unwrapped number, payload in a buffer, and what its header extensions
 * said. Reused for every packet; valid during a call.
 */
public final class MediaPacket {
    /** Stands for "no audio level" and "no orientation". */
    public static final int ABSENT = -1;

    private ByteBuffer buffer;
    private int payloadOffset;
    private int payloadLength;
    private long sequence;
    private long timestamp;
    private boolean marker;
    private PayloadFormat format;
    private boolean keyFrameStart;
    private int audioLevel;
    private int orientation;

    /** Points at a payload. */
    public MediaPacket payload(ByteBuffer buffer, int offset, int length) {
        this.buffer = buffer;
        this.payloadOffset = offset;
        this.payloadLength = length;
        return this;
    }

    /** Sets the header's values. */
    public MediaPacket header(long sequence, long timestamp, boolean marker, PayloadFormat format) {
        this.sequence = sequence;
        this.timestamp = timestamp;
        this.marker = marker;
        this.format = format;
        return this;
    }

    /** Sets what the header extensions said: raw one-byte values, or {@link #ABSENT}. */
    public MediaPacket extensions(int audioLevel, int orientation) {
        this.audioLevel = audioLevel;
        this.orientation = orientation;
        return this;
    }

    /** Becomes another view of the same packet. */
    void copy(MediaPacket from) {
        payload(from.buffer, from.payloadOffset, from.payloadLength)
                .header(from.sequence, from.timestamp, from.marker, from.format)
                .extensions(from.audioLevel, from.orientation)
                .keyFrameStart(from.keyFrameStart);
    }

    MediaPacket keyFrameStart(boolean keyFrameStart) {
        this.keyFrameStart = keyFrameStart;
        return this;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /** Absolute offset of the payload. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Bytes of payload; 0 for a packet that was nothing but padding. */
    public int payloadLength() {
        return payloadLength;
    }

    /** Unwrapped sequence number of its layer. */
    public long sequence() {
        return sequence;
    }

    /** The publisher's timestamp, unsigned 32 bits. */
    public long timestamp() {
        return timestamp;
    }

    public boolean marker() {
        return marker;
    }

    public PayloadFormat format() {
        return format;
    }

    /** Whether a key frame begins with this packet. */
    public boolean keyFrameStart() {
        return keyFrameStart;
    }

    /** The audio level element's byte (RFC 6464), {@link #ABSENT} without one. */
    public int audioLevel() {
        return audioLevel;
    }

    /** The video orientation element's byte (3GPP TS 26.114), {@link #ABSENT} without one. */
    public int orientation() {
        return orientation;
    }
}
