package dev.parley.platform.nodes;

/**
 * How many pictures somebody was sent in each layer.
 *
 * @param q in the smallest of three layers
 * @param h in the middle one
 * @param f in the largest
 * @param single of sources that have but one
 * @param held pictures that were wanted and not sent, because their path or the node carries no more
 */
public record LayerCounts(int q, int h, int f, int single, int held) {
    /** No picture is sent, and none withheld. */
    public static final LayerCounts NONE = new LayerCounts(0, 0, 0, 0, 0);

    private static final int MOST = 255;

    public LayerCounts {
        q = Math.clamp(q, 0, MOST);
        h = Math.clamp(h, 0, MOST);
        f = Math.clamp(f, 0, MOST);
        single = Math.clamp(single, 0, MOST);
        held = Math.clamp(held, 0, MOST);
    }
}
