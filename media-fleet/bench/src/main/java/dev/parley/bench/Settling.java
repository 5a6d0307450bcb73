package dev.parley.bench;

/**
 * Whether a server has become as fast as it gets: its cost per packet has stopped falling. One that runs on a just-in-time compiler needs some seconds of
 * load for that.
 */
final class Settling {
    private static final double LESS = 0.97;
    private static final int WINDOWS_WITHOUT_GAIN = 5;

    private double least = Double.POSITIVE_INFINITY;
    private int withoutGain;

    /** Takes the cost per packet of one more window; answers whether it has settled. */
    boolean add(double costPerPacket) {
        withoutGain = costPerPacket < LESS * least ? 0 : withoutGain + 1;
        least = Math.min(least, costPerPacket);
        return withoutGain >= WINDOWS_WITHOUT_GAIN;
    }
}
