package dev.parley.sfu.allocation;

import dev.parley.sfu.SlotReport.Why;
import dev.parley.sfu.slots.VideoSlot;
import dev.parley.sfu.tracks.Layer;
import dev.parley.sfu.tracks.Track;

/**
 * Divides one receiver's bandwidth among its video slots.
 *
 * <ol>
 *   <li>For each slot, the layer that fills the tile: the smallest with at least 85 % of the wanted height, else the largest there is.
 *   <li>In order of priority (stage first, then the larger tile, then the lower slot) each gets its smallest flowing layer while the bandwidth lasts; the
 *       first one gets it in any case: too much for the path is better than nothing to see.
 *   <li>In the same order, what is left raises the stage to its layer, then the others step by step.
 * </ol>
 *
 * <p>Example: 1.2 Mb/s, a camera on stage (150 kb/s, 500 kb/s, 1.5 Mb/s) and three small tiles (150 kb/s each). After the smallest layers, 600 kb/s
 * are used; raising the stage to 500 kb/s fits (950), to 1.5 Mb/s does not. The stage's slot says {@code bandwidth}.
 */
public final class VideoAllocation {
    /** A layer with this share of the wanted height fills the tile. */
    public static final double FILLS = 0.85;

    /** What is kept for each audio slot. */
    private static final long AUDIO_BPS = 40_000;
    /** Going up costs this much more than staying, so that a wavering estimate does not make the picture flip. */
    private static final double UP = 1.1;

    private static final long NOT_RAISED = 0;
    private static final double BITS_PER_PIXEL_SECOND = 2.4;
    private static final int DEFAULT_HEIGHT = 720;

    private final VideoSlot[] slots;
    private final SlotChoice[] choices;
    private final int[] order;
    private final int audioSlots;
    private long wantedBps;

    /** Decides for these slots; {@code audioSlots} of the same receiver are provided for first. */
    public VideoAllocation(VideoSlot[] slots, int audioSlots) {
        this.slots = slots;
        this.audioSlots = audioSlots;
        choices = new SlotChoice[slots.length];
        order = new int[slots.length];
        for (int i = 0; i < slots.length; i++) {
            choices[i] = new SlotChoice();
            choices[i].decide(SlotChoice.NONE, null, Why.NOTHING);
            order[i] = i;
        }
    }

    /** Decides anew; see {@link #choice}. */
    public void run(long bandwidthBps, long nowNanos) {
        sort();
        wantedBps = audioSlots * AUDIO_BPS;
        long left = bandwidthBps - wantedBps;
        boolean first = true;
        for (int i : order) {
            Layer lowest = prepare(i, nowNanos);
            if (lowest == null) {
                continue;
            }
            long cost = cost(lowest, nowNanos);
            if (first || cost <= left) {
                choices[i].decide(choices[i].wantedIndex(), lowest, Why.NOTHING);
                left -= cost;
            } else {
                choices[i].decide(choices[i].wantedIndex(), null, Why.BANDWIDTH);
            }
            first = false;
        }
        left = raise(true, left, nowNanos);
        raise(false, left, nowNanos);
        explain(nowNanos);
    }

    /** Finds out what the slot wants and answers its smallest flowing layer; null, with the reason noted, when nothing can be sent. */
    private Layer prepare(int i, long nowNanos) {
        VideoSlot slot = slots[i];
        Track track = slot.track();
        SlotChoice choice = choices[i];
        if (slot.want().participant() == 0 || slot.want().height() == 0) {
            choice.decide(SlotChoice.NONE, null, Why.NOTHING);
            return null;
        }
        if (track == null) {
            choice.decide(SlotChoice.NONE, null, Why.PUBLISHER);
            return null;
        }
        int wanted = fills(track, slot.want().height());
        wantedBps += nominalBps(track, wanted, nowNanos);
        if (track.muted()) {
            choice.decide(wanted, null, Why.MUTED);
            return null;
        }
        boolean refused = false;
        for (int index = 0; index < track.layerCount(); index++) {
            Layer layer = track.layer(index);
            if (slot.refuses(layer)) {
                refused = true;
            } else if (layer != null && layer.flowing(nowNanos)) {
                choice.decide(wanted, null, Why.NOTHING);
                return layer;
            }
        }
        choice.decide(wanted, null, refused ? Why.CODEC : Why.PUBLISHER);
        return null;
    }

    private long raise(boolean stage, long bandwidthBps, long nowNanos) {
        long left = bandwidthBps;
        boolean raised = true;
        while (raised) {
            raised = false;
            for (int i : order) {
                if (slots[i].want().stage() == stage && choices[i].layer() != null) {
                    long spent = raiseOne(i, left, nowNanos);
                    left -= spent;
                    raised |= spent != NOT_RAISED;
                }
            }
        }
        return left;
    }

    private long raiseOne(int i, long left, long nowNanos) {
        Layer from = choices[i].layer();
        Layer to = next(slots[i], from, choices[i].wantedIndex(), nowNanos);
        if (to == null) {
            return NOT_RAISED;
        }
        Layer current = slots[i].current();
        boolean up = current == null || current.track() != to.track() || to.index() > current.index();
        long more = Math.max(1, cost(to, nowNanos) - cost(from, nowNanos));
        if ((up ? UP * more : more) > left) {
            return NOT_RAISED;
        }
        choices[i].decide(choices[i].wantedIndex(), to, Why.NOTHING);
        return more;
    }

    private static Layer next(VideoSlot slot, Layer from, int wantedIndex, long nowNanos) {
        for (int index = from.index() + 1; index <= wantedIndex; index++) {
            Layer layer = from.track().layer(index);
            if (layer != null && layer.flowing(nowNanos) && !slot.refuses(layer)) {
                return layer;
            }
        }
        return null;
    }

    private void explain(long nowNanos) {
        for (int i = 0; i < slots.length; i++) {
            SlotChoice choice = choices[i];
            Layer layer = choice.layer();
            if (layer != null && layer.index() < choice.wantedIndex()) {
                boolean larger = next(slots[i], layer, choice.wantedIndex(), nowNanos) != null;
                choice.decide(choice.wantedIndex(), layer, larger ? Why.BANDWIDTH : Why.PUBLISHER);
            }
        }
    }

    /** Sorts slot numbers by priority; a handful of them, nearly sorted. */
    private void sort() {
        for (int i = 1; i < order.length; i++) {
            int moving = order[i];
            int to = i;
            while (to > 0 && before(moving, order[to - 1])) {
                order[to] = order[to - 1];
                to--;
            }
            order[to] = moving;
        }
    }

    private boolean before(int a, int b) {
        boolean stageA = slots[a].want().stage();
        if (stageA != slots[b].want().stage()) {
            return stageA;
        }
        int height = slots[a].want().height();
        int other = slots[b].want().height();
        return height == other ? a < b : height > other;
    }

    /** The smallest layer that fills a tile of this height. */
    private static int fills(Track track, int height) {
        int last = track.layerCount() - 1;
        for (int index = 0; index < last; index++) {
            if (height(track, index) >= FILLS * height) {
                return index;
            }
        }
        return last;
    }

    /** A layer's picture height: as seen, or guessed from a sibling, each layer twice as high as the one below. */
    private static int height(Track track, int index) {
        for (int distance = 0; distance < track.layerCount(); distance++) {
            int below = knownHeight(track, index - distance);
            if (below > 0) {
                return below << distance;
            }
            int above = knownHeight(track, index + distance);
            if (above > 0) {
                return above >> distance;
            }
        }
        return DEFAULT_HEIGHT >> (track.layerCount() - 1 - index);
    }

    private static int knownHeight(Track track, int index) {
        return index < 0 || index >= track.layerCount() || track.layer(index) == null
                ? 0
                : track.layer(index).height();
    }

    private static long nominalBps(Track track, int index, long nowNanos) {
        Layer layer = track.layer(index);
        if (layer != null && layer.flowing(nowNanos)) {
            return cost(layer, nowNanos);
        }
        return nominalBps(height(track, index));
    }

    private static long cost(Layer layer, long nowNanos) {
        long measured = layer.bitrateBps(nowNanos);
        return measured > 0 ? measured : nominalBps(height(layer.track(), layer.index()));
    }

    private static long nominalBps(int height) {
        return (long) (height * height * 16.0 / 9 * BITS_PER_PIXEL_SECOND);
    }

    /** What was decided for a slot. */
    public SlotChoice choice(int slot) {
        return choices[slot];
    }

    /** What would be sent if the path carried everything. */
    public long wantedBps() {
        return wantedBps;
    }
}
