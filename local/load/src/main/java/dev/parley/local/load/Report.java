package dev.parley.local.load;

import java.util.Locale;

/** What a bench prints, a line for each figure, and whether all that have a target held it. */
final class Report {
    private final String bench;
    private final boolean json;
    private boolean held = true;

    Report(String bench, boolean json) {
        this.bench = bench;
        this.json = json;
    }

    /** Whether no target was missed so far. */
    boolean held() {
        return held;
    }

    /**
     * Prints one figure.
     *
     * @param profile of what it is
     * @param target for what is counted the number itself, for what is timed (ms) or paid (USD) the most, for a ratio (times) the least; null when there is none
     */
    void line(String profile, String metric, double value, String unit, Double target) {
        boolean most = unit.equals("ms") || unit.equals("USD");
        boolean least = unit.equals("times");
        boolean ok = target == null || (most ? value <= target : least ? value >= target : value == target);
        held &= ok;
        if (json) {
            System.out.printf(
                    Locale.ROOT,
                    "{\"bench\":\"%s\",\"profile\":\"%s\",\"server\":\"parley\",\"metric\":\"%s\",\"value\":%s,"
                            + "\"unit\":\"%s\",\"target\":%s,\"held\":%s}%n",
                    bench,
                    profile,
                    metric,
                    number(value),
                    unit,
                    target == null ? "null" : number(target),
                    ok);
        } else {
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %-40s %14s %-9s %s%n",
                    profile,
                    metric,
                    number(value),
                    unit,
                    target == null ? "" : "target " + number(target) + (ok ? "  held" : "  MISSED"));
        }
    }

    /** Whole numbers as they are, others with as many digits as tell something. */
    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        int places = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 1 ? 3 : 9;
        String text = String.format(Locale.ROOT, "%." + places + "f", value);
        return text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    }
}
