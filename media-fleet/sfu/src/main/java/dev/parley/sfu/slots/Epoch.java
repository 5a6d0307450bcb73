package dev.parley.sfu.slots;

import dev.parley.sfu.tracks.Layer;

/**
 * One stretch of a slot's stream in which it carries one layer without interruption: what is added to the layer's numbers to get the slot's.
 * Reused in a ring.
 */
final class Epoch {
    private Layer layer;
    private long layerStart;
    private long slotStart;
    private long timestampDelta;
    private int pictureIdDelta;
    private int tl0PicIdxDelta;

    void begin(Layer layer, long layerStart, long slotStart, long timestampDelta) {
        this.layer = layer;
        this.layerStart = layerStart;
        this.slotStart = slotStart;
        this.timestampDelta = timestampDelta;
        this.pictureIdDelta = 0;
        this.tl0PicIdxDelta = 0;
    }

    void pictureDeltas(int pictureIdDelta, int tl0PicIdxDelta) {
        this.pictureIdDelta = pictureIdDelta;
        this.tl0PicIdxDelta = tl0PicIdxDelta;
    }

    void forget() {
        layer = null;
    }

    /** What the slot carried; null once that is gone. */
    Layer layer() {
        return layer;
    }

    /** First of the layer's unwrapped numbers; earlier ones belong to nobody. */
    long layerStart() {
        return layerStart;
    }

    /** First of the slot's unwrapped numbers. */
    long slotStart() {
        return slotStart;
    }

    long toSlot(long layerSequence) {
        return layerSequence - layerStart + slotStart;
    }

    long toLayer(long slotSequence) {
        return slotSequence - slotStart + layerStart;
    }

    long timestamp(long layerTimestamp) {
        return layerTimestamp + timestampDelta & 0xFFFF_FFFFL;
    }

    int pictureIdDelta() {
        return pictureIdDelta;
    }

    int tl0PicIdxDelta() {
        return tl0PicIdxDelta;
    }
}
