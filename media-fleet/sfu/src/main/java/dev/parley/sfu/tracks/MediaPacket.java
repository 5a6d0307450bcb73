package dev.parley.sfu.tracks;

import dev.parley.rtp.payload.Vp8Payload;
import dev.parley.rtp.payload.Vp9Payload;
import dev.parley.sfu.Codec;
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

    // Where the payload's picture numbers are; found once for all receivers.
    private boolean located;
    private int pictureIdAt;
    private int pictureIdBits;
    private int pictureId;
    private int tl0PicIdxAt;
    private int tl0PicIdx;

    /** Points at a payload. */
    public MediaPacket payload(ByteBuffer buffer, int offset, int length) {
        this.buffer = buffer;
        this.payloadOffset = offset;
        this.payloadLength = length;
        this.located = false;
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

    /**
     * Finds picture id and TL0PICIDX in the payload (RFC 7741 section 4.2, RFC 9628 section 4.2), once.
     *
     * @param vp8 a flyweight to find them with
     * @param vp9 another
     */
    public void locatePicture(Vp8Payload vp8, Vp9Payload vp9) {
        if (located) {
            return;
        }
        located = true;
        pictureIdAt = ABSENT;
        pictureId = ABSENT;
        tl0PicIdxAt = ABSENT;
        tl0PicIdx = ABSENT;
        if (format.codec() == Codec.VP8 && vp8.tryWrap(buffer, payloadOffset, payloadLength)) {
            picture(
                    vp8.pictureIdOffset(),
                    vp8.pictureIdBits(),
                    vp8.pictureId(),
                    vp8.tl0PicIdxOffset(),
                    vp8.tl0PicIdx());
        } else if (format.codec() == Codec.VP9 && vp9.tryWrap(buffer, payloadOffset, payloadLength)) {
            picture(
                    vp9.pictureIdOffset(),
                    vp9.pictureIdBits(),
                    vp9.pictureId(),
                    vp9.tl0PicIdxOffset(),
                    vp9.tl0PicIdx());
        }
    }

    private void picture(int idOffset, int idBits, int id, int tl0Offset, int tl0) {
        pictureIdAt = idOffset < 0 ? ABSENT : idOffset - payloadOffset;
        pictureIdBits = idBits;
        pictureId = id;
        tl0PicIdxAt = tl0Offset < 0 ? ABSENT : tl0Offset - payloadOffset;
        tl0PicIdx = tl0;
    }

    /** Where in the payload the picture id is, {@link #ABSENT} without one; after {@link #locatePicture}. */
    public int pictureIdAt() {
        return pictureIdAt;
    }

    /** 7 or 15. */
    public int pictureIdBits() {
        return pictureIdBits;
    }

    /** The publisher's picture id, {@link #ABSENT} without one. */
    public int pictureId() {
        return pictureId;
    }

    /** Where in the payload TL0PICIDX is, {@link #ABSENT} without one; after {@link #locatePicture}. */
    public int tl0PicIdxAt() {
        return tl0PicIdxAt;
    }

    /** The publisher's TL0PICIDX, {@link #ABSENT} without one. */
    public int tl0PicIdx() {
        return tl0PicIdx;
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
