package dev.parley.sfu.allocation;

import dev.parley.sfu.tracks.Track;
import java.util.ArrayList;
import java.util.List;

/**
 * Which layers of one video track its publisher should send (dynacast). A layer is asked for at once, and given up only after {@link #HOLD_NANOS} without
 * a watcher. The smallest layer is asked for as long as anyone else is in the room: whoever looks next sees something at once.
 */
public final class LayerDemand {
    /** How long a layer is kept that nobody watches any more. */
    public static final long HOLD_NANOS = 3_000_000_000L;

    private final Track track;
    private final long[] wantedAtNanos;
    private int collecting;
    private int told;
    private boolean toldBefore;

    /** Nothing is asked for yet. */
    public LayerDemand(Track track) {
        this.track = track;
        wantedAtNanos = new long[track.layerCount()];
    }

    /** Starts counting. */
    public void begin(boolean anyoneElse) {
        collecting = anyoneElse ? 1 : 0;
    }

    /** A receiver wants this layer. */
    public void add(int index) {
        collecting |= 1 << index;
    }

    /** Ends counting; true when the publisher is to be told. */
    public boolean end(long nowNanos) {
        int wanted = 0;
        for (int i = 0; i < wantedAtNanos.length; i++) {
            int bit = 1 << i;
            if ((collecting & bit) != 0) {
                wantedAtNanos[i] = nowNanos;
                wanted |= bit;
            } else if ((told & bit) != 0 && nowNanos - wantedAtNanos[i] < HOLD_NANOS) {
                wanted |= bit;
            }
        }
        boolean changed = wanted != told || !toldBefore;
        told = wanted;
        toldBefore = true;
        return changed;
    }

    /** The rids to be sent; one empty string for a track without rids. */
    public List<String> rids() {
        List<String> rids = new ArrayList<>();
        for (int i = 0; i < wantedAtNanos.length; i++) {
            if ((told & 1 << i) != 0) {
                rids.add(track.rid(i));
            }
        }
        return List.copyOf(rids);
    }

    /** The track this is about. */
    public Track track() {
        return track;
    }
}
