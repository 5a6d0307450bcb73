package dev.parley.sfu.allocation;

import dev.parley.sfu.SlotReport.Why;
import dev.parley.sfu.tracks.Layer;

/** What was decided for one video slot; reused. */
public final class SlotChoice {
    /** Stands for "no layer". */
    public static final int NONE = -1;

    private int wantedIndex;
    private Layer layer;
    private Why why;

    void decide(int newWantedIndex, Layer newLayer, Why newWhy) {
        wantedIndex = newWantedIndex;
        layer = newLayer;
        why = newWhy;
    }

    /** The layer that fills the tile, flowing or not; {@link #NONE} when nothing is to be seen. */
    public int wantedIndex() {
        return wantedIndex;
    }

    /** The layer to send; null for none. */
    public Layer layer() {
        return layer;
    }

    /** Why this is not what was wanted. */
    public Why why() {
        return why;
    }
}
