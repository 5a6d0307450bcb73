package dev.parley.sfu;

/**
 * How one participant's connection does, over the last two seconds.
 *
 * @param upBps bits per second received from it
 * @param downBps bits per second sent to it
 * @param estimateBps what its path is believed to carry towards it
 * @param upLoss share of its packets lost on the way to the node, 0 to 1, before repair
 * @param downLoss share of packets lost on the way to it, 0 to 1, before repair
 * @param roundTripNanos round-trip time, -1 when not known yet
 */
public record ConnectionQuality(
        long upBps, long downBps, long estimateBps, double upLoss, double downLoss, long roundTripNanos) {}
