package dev.parley.rtp.payload;

import java.nio.ByteBuffer;

/** The VP9 payload descriptor (RFC 9628 section 4.2). */
public final class Vp9Payload {
    private ByteBuffer buffer;
    private int offset;
    private int pictureIdOffset;
    private int pictureIdBits;
    private int layerOffset;
    private int headerLength;

    /** Points this flyweight at an RTP payload; false when the descriptor runs over its end. */
    public boolean tryWrap(ByteBuffer buffer, int offset, int length) {
        if (length < 2 || offset < 0 || offset > buffer.capacity() - length) {
            return false;
        }
        int end = offset + length;
        int flags = buffer.get(offset);
        int position = offset + 1;
        int pictureId = 0;
        int bits = 0;
        int layer = 0;
        if ((flags & 0x80) != 0) {
            pictureId = position;
            bits = buffer.get(position) < 0 ? 15 : 7;
            position += bits == 15 ? 2 : 1;
        }
        if ((flags & 0x20) != 0) {
            layer = position;
            // TL0PICIDX follows the layer byte in non-flexible mode only.
            position += (flags & 0x10) == 0 ? 2 : 1;
        }
        if ((flags & 0x50) == 0x50) {
            int references = 0;
            do {
                if (position >= end || references++ == 3) {
                    return false;
                }
            } while ((buffer.get(position++) & 1) != 0);
        }
        if ((flags & 0x02) != 0) {
            position = skipScalability(buffer, position, end);
        }
        if (position >= end) {
            return false;
        }
        this.buffer = buffer;
        this.offset = offset;
        this.pictureIdOffset = pictureId;
        this.pictureIdBits = bits;
        this.layerOffset = layer;
        this.headerLength = position - offset;
        return true;
    }

    private static int skipScalability(ByteBuffer buffer, int start, int end) {
        if (start >= end) {
            return end;
        }
        int structure = buffer.get(start);
        int position = start + 1;
        if ((structure & 0x10) != 0) {
            position += 4 * ((structure >> 5 & 7) + 1);
        }
        if ((structure & 0x08) != 0) {
            if (position >= end) {
                return end;
            }
            int pictures = buffer.get(position++) & 0xFF;
            for (int i = 0; i < pictures; i++) {
                if (position >= end) {
                    return end;
                }
                position += 1 + (buffer.get(position) >> 2 & 3);
            }
        }
        return position;
    }

    /** Bytes of the descriptor. */
    public int headerLength() {
        return headerLength;
    }

    /** Whether a frame of some spatial layer starts with this packet. */
    public boolean startOfFrame() {
        return (buffer.get(offset) & 0x08) != 0;
    }

    /** Whether a frame of some spatial layer ends with this packet. */
    public boolean endOfFrame() {
        return (buffer.get(offset) & 0x04) != 0;
    }

    /** Whether this frame is predicted from earlier pictures. */
    public boolean interPredicted() {
        return (buffer.get(offset) & 0x40) != 0;
    }

    /** Whether a key frame starts with this packet: first packet, not predicted, lowest spatial layer. */
    public boolean startOfKeyFrame() {
        return startOfFrame() && !interPredicted() && spatialId() <= 0;
    }

    /** The picture id, -1 when absent. */
    public int pictureId() {
        return switch (pictureIdBits) {
            case 15 -> buffer.getShort(pictureIdOffset) & 0x7FFF;
            case 7 -> buffer.get(pictureIdOffset) & 0x7F;
            default -> -1;
        };
    }

    /** 15, 7 or 0 when there is no picture id. */
    public int pictureIdBits() {
        return pictureIdBits;
    }

    /** Absolute offset of the picture id, -1 when absent. */
    public int pictureIdOffset() {
        return pictureIdBits == 0 ? -1 : pictureIdOffset;
    }

    /** Absolute offset of TL0PICIDX, -1 when absent. */
    public int tl0PicIdxOffset() {
        return layerOffset == 0 || flexible() ? -1 : layerOffset + 1;
    }

    /** Replaces the picture id, keeping its width; no effect when absent. */
    public void pictureId(int pictureId) {
        switch (pictureIdBits) {
            case 15 -> buffer.putShort(pictureIdOffset, (short) (0x8000 | pictureId));
            case 7 -> buffer.put(pictureIdOffset, (byte) (pictureId & 0x7F));
            default -> {}
        }
    }

    /** Temporal layer, 0 to 7; -1 when absent. */
    public int temporalId() {
        return layerOffset == 0 ? -1 : buffer.get(layerOffset) >> 5 & 7;
    }

    /** Spatial layer, 0 to 7; -1 when absent. */
    public int spatialId() {
        return layerOffset == 0 ? -1 : buffer.get(layerOffset) >> 1 & 7;
    }

    /** Running index of base layer frames, 0 to 255; -1 in flexible mode or without layers. */
    public int tl0PicIdx() {
        return layerOffset == 0 || flexible() ? -1 : buffer.get(layerOffset + 1) & 0xFF;
    }

    /** Replaces TL0PICIDX; no effect when absent. */
    public void tl0PicIdx(int tl0PicIdx) {
        if (layerOffset != 0 && !flexible()) {
            buffer.put(layerOffset + 1, (byte) tl0PicIdx);
        }
    }

    private boolean flexible() {
        return (buffer.get(offset) & 0x10) != 0;
    }
}
