package dev.parley.contracts.meetings;

import dev.parley.contracts.media.MediaPath;
import java.time.Instant;

/**
 * How one person's connection did for the seconds of one bucket. Loss is before repair, as a ratio 0..1, the worst of the time; so are the
 * round trip and the estimate. Of two people who were connected directly the numbers are their own clients', but for the estimate.
 *
 * @param at when the bucket began
 * @param upBps bit/s received from them, on average
 * @param downBps bit/s sent to them, on average
 * @param estimateBps bit/s that their path from the node was believed to carry towards them
 * @param upLoss of packets on the way from them
 * @param downLoss of packets on the way to them
 * @param roundTripMillis absent when it was not known
 * @param freezes how often a picture stood still for them, as their own client tells
 * @param layers the pictures that the node sent them
 * @param path which way their media took at the end
 */
public record QualitySample(
        String participantId,
        Instant at,
        long upBps,
        long downBps,
        long estimateBps,
        double upLoss,
        double downLoss,
        Integer roundTripMillis,
        int freezes,
        Layers layers,
        MediaPath path) {
    /**
     * How many pictures were received in each layer.
     *
     * @param q in the smallest of three
     * @param h in the middle one
     * @param f in the largest
     * @param single of sources that have but one
     * @param held wanted and not sent, because the path or the node carries no more
     */
    public record Layers(int q, int h, int f, int single, int held) {}
}
