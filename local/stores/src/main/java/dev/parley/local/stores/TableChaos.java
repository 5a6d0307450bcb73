package dev.parley.local.stores;

import java.util.Set;

/**
 * What DynamoDB may do on a bad day, made to happen: each is the share of requests, 0 to 1. What is refused was not done.
 *
 * @param conflict a write meets somebody else's transaction: {@code TransactionConflictException}, or a transaction that is cancelled for it
 * @param throttle a request is one too many: {@code ProvisionedThroughputExceededException}
 * @param overtaken somebody was faster, and the condition of a write holds no more: {@code ConditionalCheckFailedException}, or a transaction
 *     that is cancelled for it
 */
public record TableChaos(double conflict, double throttle, double overtaken) {
    /** Nothing out of the ordinary. */
    public static final TableChaos NONE = new TableChaos(0, 0, 0);

    /** The names that {@link #parse} knows. */
    public static final Set<String> NAMES = Set.of("conflict", "throttle", "overtaken");

    /** {@code conflict=0.05,throttle=0.1}: a name without a share always happens. @throws IllegalArgumentException with what is wrong */
    public static TableChaos parse(String text) {
        double conflict = 0;
        double throttle = 0;
        double overtaken = 0;
        for (String part : text.split(",")) {
            String[] pair = part.strip().split("=", 2);
            double share = pair.length == 2 ? share(part, pair[1]) : 1;
            switch (pair[0]) {
                case "" -> {
                    // an empty text is no chaos
                }
                case "conflict" -> conflict = share;
                case "throttle" -> throttle = share;
                case "overtaken" -> overtaken = share;
                default ->
                    throw new IllegalArgumentException(
                            "Chaos of tables knows conflict, throttle and overtaken, not '" + pair[0] + "'");
            }
        }
        return new TableChaos(conflict, throttle, overtaken);
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
