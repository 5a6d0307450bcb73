package dev.parley.sfu.slots;

import dev.parley.rtp.payload.Vp8Payload;
import dev.parley.rtp.payload.Vp9Payload;
import dev.parley.sfu.tracks.MediaPacket;
import java.nio.ByteBuffer;

/**
 * Keeps picture id and TL0PICIDX of one slot continuous (RFC 7741 section 4.2, RFC 9628 section 4.2): within an epoch both move by a constant,
 * chosen at its first packet so that they go on where the epoch before ended. H.264 and AV1 have none.
 */
final class PictureIds {
    private static final int LONG_BITS = 15;
    private static final int LONG_MARK = 0x8000;

    private final Vp8Payload vp8 = new Vp8Payload();
    private final Vp9Payload vp9 = new Vp9Payload();
    private int lastPictureId = -1;
    private int lastTl0PicIdx = -1;

    /** Sets the epoch's differences from its first packet. */
    void begin(Epoch epoch, MediaPacket first) {
        first.locatePicture(vp8, vp9);
        epoch.pictureDeltas(
                first.pictureId() < 0 || lastPictureId < 0 ? 0 : lastPictureId + 1 - first.pictureId(),
                first.tl0PicIdx() < 0 || lastTl0PicIdx < 0 ? 0 : lastTl0PicIdx + 1 - first.tl0PicIdx());
    }

    /**
     * Rewrites the copy of a packet's payload.
     *
     * @param pictureIdDelta the epoch's
     * @param tl0PicIdxDelta the epoch's
     * @param at absolute offset of the copy
     * @param newest whether this is the slot's newest packet, from which the next epoch goes on
     */
    void rewrite(int pictureIdDelta, int tl0PicIdxDelta, MediaPacket packet, ByteBuffer copy, int at, boolean newest) {
        packet.locatePicture(vp8, vp9);
        if (packet.pictureIdAt() >= 0) {
            int pictureId = packet.pictureId() + pictureIdDelta & 0x7FFF;
            if (packet.pictureIdBits() == LONG_BITS) {
                copy.putShort(at + packet.pictureIdAt(), (short) (LONG_MARK | pictureId));
            } else {
                copy.put(at + packet.pictureIdAt(), (byte) (pictureId & 0x7F));
            }
            lastPictureId = newest ? pictureId : lastPictureId;
        }
        if (packet.tl0PicIdxAt() >= 0) {
            int tl0PicIdx = packet.tl0PicIdx() + tl0PicIdxDelta & 0xFF;
            copy.put(at + packet.tl0PicIdxAt(), (byte) tl0PicIdx);
            lastTl0PicIdx = newest ? tl0PicIdx : lastTl0PicIdx;
        }
    }
}
