package dev.parley.local.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;

/** How much was used of what, by the names of {@link Prices}. Thread-safe. */
final class Use {
    private final Map<String, DoubleAdder> amounts = new ConcurrentHashMap<>();

    void add(String what, double amount) {
        amounts.computeIfAbsent(what, name -> new DoubleAdder()).add(amount);
    }

    /** What was used up to now. */
    Map<String, Double> sums() {
        Map<String, Double> sums = new TreeMap<>();
        amounts.forEach((what, amount) -> sums.put(what, amount.sum()));
        return sums;
    }

    /** What was used between two looks at it. */
    static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> between = new TreeMap<>(after);
        between.replaceAll((what, amount) -> amount - before.getOrDefault(what, 0.0));
        return between;
    }
}
