package dev.parley.local.gateway.socket;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What AWS may do on a bad day, made to happen: each is the share of cases, 0 to 1.
 *
 * @param loseDisconnect {@code $disconnect} is never called
 * @param gone a post to a live connection answers 410
 * @param duplicate a message reaches its function twice
 * @param reorder a message is held back, so that later ones may pass it
 */
public record Chaos(double loseDisconnect, double gone, double duplicate, double reorder) {
    /** Nothing out of the ordinary. */
    public static final Chaos NONE = new Chaos(0, 0, 0, 0);

    private static final long LONGEST_HOLD_MILLIS = 50;

    boolean losesDisconnect(RandomGenerator random) {
        return random.nextDouble() < loseDisconnect;
    }

    boolean answersGone(RandomGenerator random) {
        return random.nextDouble() < gone;
    }

    boolean duplicates(RandomGenerator random) {
        return random.nextDouble() < duplicate;
    }

    /** How long a message is held back. */
    Duration hold(RandomGenerator random) {
        return random.nextDouble() < reorder
                ? Duration.ofMillis(1 + random.nextLong(LONGEST_HOLD_MILLIS))
                : Duration.ZERO;
    }

    /** {@code lose-disconnect=0.5,gone=0.1,duplicate,reorder}: a name without a share always happens. */
    public static Chaos parse(String text) {
        double lose = 0;
        double gone = 0;
        double duplicate = 0;
        double reorder = 0;
        for (String part : text.split(",")) {
            String[] pair = part.strip().split("=", 2);
            double share = pair.length == 2 ? share(part, pair[1]) : 1;
            switch (pair[0]) {
                case "" -> {
                    // an empty text is no chaos
                }
                case "lose-disconnect" -> lose = share;
                case "gone" -> gone = share;
                case "duplicate" -> duplicate = share;
                case "reorder" -> reorder = share;
                default ->
                    throw new IllegalArgumentException(
                            "Chaos knows lose-disconnect, gone, duplicate and reorder, and of tables conflict, throttle and overtaken, not '"
                                    + pair[0] + "'");
            }
        }
        return new Chaos(lose, gone, duplicate, reorder);
    }

    private static double share(String part, String value) {
        try {
            double share = Double.parseDouble(value);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // answered below, like a share out of range
        }
        throw new IllegalArgumentException("A share must be a number from 0 to 1, not '" + part + "'");
    }
}
