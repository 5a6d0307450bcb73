package dev.parley.platform.nodes;

import java.util.Objects;

/**
 * How one person's connection did for {@link QualityMinute#BUCKET_SECONDS} seconds. Everything is within bounds, whatever it was made from.
 *
 * @param index which bucket of the minute, from 0
 * @param upKbps kbit/s received from them, on average
 * @param downKbps kbit/s sent to them, on average
 * @param estimateKbps what their path was believed to carry towards them, at the least
 * @param upLossPermille packets lost on the way from them, before repair: of a thousand, at the worst
 * @param downLossPermille packets lost on the way to them, before repair: of a thousand, at the worst
 * @param roundTripMillis at the worst, {@link #UNKNOWN} when it was not known
 * @param freezes how often a picture stood still for them
 * @param layers what the node sent them at the end
 * @param direct whether their media went to the other person at the end, and not by the node
 */
public record QualityBucket(
        int index,
        int upKbps,
        int downKbps,
        int estimateKbps,
        int upLossPermille,
        int downLossPermille,
        int roundTripMillis,
        int freezes,
        LayerCounts layers,
        boolean direct) {
    /** No round trip was measured. */
    public static final int UNKNOWN = -1;

    private static final int MOST_KBPS = 10_000_000;
    private static final int MOST_MILLIS = 60_000;
    private static final int MOST_FREEZES = 1_000;

    public QualityBucket {
        Objects.requireNonNull(layers);
        index = Math.clamp(index, 0, QualityMinute.BUCKETS - 1);
        upKbps = Math.clamp(upKbps, 0, MOST_KBPS);
        downKbps = Math.clamp(downKbps, 0, MOST_KBPS);
        estimateKbps = Math.clamp(estimateKbps, 0, MOST_KBPS);
        upLossPermille = Math.clamp(upLossPermille, 0, 1_000);
        downLossPermille = Math.clamp(downLossPermille, 0, 1_000);
        roundTripMillis = Math.clamp(roundTripMillis, UNKNOWN, MOST_MILLIS);
        freezes = Math.clamp(freezes, 0, MOST_FREEZES);
    }
}
