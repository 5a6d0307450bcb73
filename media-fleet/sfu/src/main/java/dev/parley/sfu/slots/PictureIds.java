package dev.parley.sfu.slots;

import dev.parley.rtp.payload.Vp8Payload;
import dev.parley.rtp.payload.Vp9Payload;
import dev.parley.sfu.Codec;
import java.nio.ByteBuffer;

/**
 * Keeps picture id and TL0PICIDX of one slot continuous (RFC 7741 section 4.2, RFC 9628 section 4.2): within an epoch both move by a constant,
 * chosen at its first packet so that they go on where the epoch before ended. H.264 and AV1 have none.
 */
final class PictureIds {
    private final Vp8Payload vp8 = new Vp8Payload();
    private final Vp9Payload vp9 = new Vp9Payload();
    private int lastPictureId = -1;
    private int lastTl0PicIdx = -1;

    /** Sets the epoch's differences from its first packet. */
    void begin(Epoch epoch, Codec codec, ByteBuffer payload, int offset, int length) {
        int pictureId = -1;
        int tl0 = -1;
        if (codec == Codec.VP8 && vp8.tryWrap(payload, offset, length)) {
            pictureId = vp8.pictureId();
            tl0 = vp8.tl0PicIdx();
        } else if (codec == Codec.VP9 && vp9.tryWrap(payload, offset, length)) {
            pictureId = vp9.pictureId();
            tl0 = vp9.tl0PicIdx();
        }
        epoch.pictureDeltas(
                pictureId < 0 || lastPictureId < 0 ? 0 : lastPictureId + 1 - pictureId,
                tl0 < 0 || lastTl0PicIdx < 0 ? 0 : lastTl0PicIdx + 1 - tl0);
    }

    /**
     * Rewrites a payload in place.
     *
     * @param newest whether this is the slot's newest packet, from which the next epoch goes on
     */
    void rewrite(Epoch epoch, Codec codec, ByteBuffer payload, int offset, int length, boolean newest) {
        int pictureId = -1;
        int tl0 = -1;
        if (codec == Codec.VP8 && vp8.tryWrap(payload, offset, length)) {
            pictureId = vp8.pictureId() < 0 ? -1 : vp8.pictureId() + epoch.pictureIdDelta() & 0x7FFF;
            tl0 = vp8.tl0PicIdx() < 0 ? -1 : vp8.tl0PicIdx() + epoch.tl0PicIdxDelta() & 0xFF;
            vp8.pictureId(pictureId);
            vp8.tl0PicIdx(tl0);
        } else if (codec == Codec.VP9 && vp9.tryWrap(payload, offset, length)) {
            pictureId = vp9.pictureId() < 0 ? -1 : vp9.pictureId() + epoch.pictureIdDelta() & 0x7FFF;
            tl0 = vp9.tl0PicIdx() < 0 ? -1 : vp9.tl0PicIdx() + epoch.tl0PicIdxDelta() & 0xFF;
            vp9.pictureId(pictureId);
            vp9.tl0PicIdx(tl0);
        }
        if (newest && pictureId >= 0) {
            lastPictureId = pictureId;
        }
        if (newest && tl0 >= 0) {
            lastTl0PicIdx = tl0;
        }
    }
}
