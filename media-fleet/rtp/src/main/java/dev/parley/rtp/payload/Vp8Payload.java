package dev.parley.rtp.payload;

import java.nio.ByteBuffer;

/** The VP8 payload descriptor (RFC 7741 section 4.2), read and rewritten in place. */
public final class Vp8Payload {
    private ByteBuffer buffer;
    private int offset;
    private int length;
    private int pictureIdOffset;
    private boolean longPictureId;
    private int tl0Offset;
    private int tidOffset;
    private boolean hasTid;
    private int headerLength;

    /** Points this flyweight at an RTP payload; false when the descriptor runs over its end or no frame data follows. */
    public boolean tryWrap(ByteBuffer buffer, int offset, int length) {
        if (length < 2 || offset < 0 || offset > buffer.capacity() - length) {
            return false;
        }
        int end = offset + length;
        int position = offset + 1;
        int pictureId = 0;
        int tl0 = 0;
        int tid = 0;
        boolean isLong = false;
        boolean tidPresent = false;
        if (buffer.get(offset) < 0) {
            int flags = buffer.get(position++);
            if ((flags & 0x80) != 0) {
                pictureId = position;
                isLong = position < end && buffer.get(position) < 0;
                position += isLong ? 2 : 1;
            }
            if ((flags & 0x40) != 0) {
                tl0 = position++;
            }
            if ((flags & 0x30) != 0) {
                tid = position++;
                tidPresent = (flags & 0x20) != 0;
            }
        }
        if (position >= end) {
            return false;
        }
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.pictureIdOffset = pictureId;
        this.longPictureId = isLong;
        this.tl0Offset = tl0;
        this.tidOffset = tid;
        this.hasTid = tidPresent;
        this.headerLength = position - offset;
        return true;
    }

    /** Bytes of the descriptor; the VP8 frame data follow. */
    public int headerLength() {
        return headerLength;
    }

    /** Whether no other frame refers to this one, so that it may be dropped. */
    public boolean nonReference() {
        return (buffer.get(offset) & 0x20) != 0;
    }

    /** Whether a partition starts with this packet. */
    public boolean startOfPartition() {
        return (buffer.get(offset) & 0x10) != 0;
    }

    /** Index of the partition this packet belongs to, 0 to 7. */
    public int partition() {
        return buffer.get(offset) & 0x07;
    }

    /** Whether a frame starts with this packet. */
    public boolean startOfFrame() {
        return (buffer.get(offset) & 0x17) == 0x10;
    }

    /** Whether a key frame starts with this packet. */
    public boolean startOfKeyFrame() {
        return startOfFrame() && (buffer.get(offset + headerLength) & 1) == 0;
    }

    public boolean hasPictureId() {
        return pictureIdOffset != 0;
    }

    /** 15, 7 or 0 when there is no picture id. */
    public int pictureIdBits() {
        if (pictureIdOffset == 0) {
            return 0;
        }
        return longPictureId ? 15 : 7;
    }

    /** The picture id, -1 when absent. */
    public int pictureId() {
        return switch (pictureIdBits()) {
            case 15 -> buffer.getShort(pictureIdOffset) & 0x7FFF;
            case 7 -> buffer.get(pictureIdOffset) & 0x7F;
            default -> -1;
        };
    }

    /** Replaces the picture id, keeping its width; no effect when absent. */
    public void pictureId(int pictureId) {
        switch (pictureIdBits()) {
            case 15 -> buffer.putShort(pictureIdOffset, (short) (0x8000 | pictureId));
            case 7 -> buffer.put(pictureIdOffset, (byte) (pictureId & 0x7F));
            default -> {}
        }
    }

    /** Absolute offset of the picture id, -1 when absent. */
    public int pictureIdOffset() {
        return pictureIdOffset == 0 ? -1 : pictureIdOffset;
    }

    /** Absolute offset of TL0PICIDX, -1 when absent. */
    public int tl0PicIdxOffset() {
        return tl0Offset == 0 ? -1 : tl0Offset;
    }

    public boolean hasTl0PicIdx() {
        return tl0Offset != 0;
    }

    /** Running index of base layer frames, 0 to 255; -1 when absent. */
    public int tl0PicIdx() {
        return tl0Offset == 0 ? -1 : buffer.get(tl0Offset) & 0xFF;
    }

    /** Replaces TL0PICIDX; no effect when absent. */
    public void tl0PicIdx(int tl0PicIdx) {
        if (tl0Offset != 0) {
            buffer.put(tl0Offset, (byte) tl0PicIdx);
        }
    }

    /** Temporal layer, 0 to 3; -1 when absent. */
    public int temporalId() {
        return hasTid ? buffer.get(tidOffset) >> 6 & 3 : -1;
    }

    /** Whether this frame depends on layer 0 only, so that a receiver may switch up to its layer here. */
    public boolean layerSync() {
        return hasTid && (buffer.get(tidOffset) & 0x20) != 0;
    }

    /** Width in pixels when {@link #startOfKeyFrame()} and the frame header is whole; else 0. */
    public int width() {
        return hasResolution() ? Short.reverseBytes(buffer.getShort(offset + headerLength + 6)) & 0x3FFF : 0;
    }

    /** Height in pixels when {@link #startOfKeyFrame()} and the frame header is whole; else 0. */
    public int height() {
        return hasResolution() ? Short.reverseBytes(buffer.getShort(offset + headerLength + 8)) & 0x3FFF : 0;
    }

    private boolean hasResolution() {
        int frame = offset + headerLength;
        return startOfKeyFrame()
                && length - headerLength >= 10
                && buffer.get(frame + 3) == (byte) 0x9D
                && buffer.get(frame + 4) == 0x01
                && buffer.get(frame + 5) == 0x2A;
    }
}
