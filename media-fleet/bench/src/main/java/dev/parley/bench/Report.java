package dev.parley.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Prints figures with their targets, and remembers whether one was missed. */
final class Report {
    private static final double NONE = Double.NaN;

    private final PrintStream out;
    private final String profile;
    private final boolean json;
    private boolean missed;

    Report(PrintStream out, String profile, boolean json) {
        this.out = out;
        this.profile = profile;
        this.json = json;
    }

    /** A figure without a target. */
    void tell(String metric, double value, String unit) {
        print(metric, value, unit, NONE, true);
    }

    void atMost(double target, String metric, double value, String unit) {
        print(metric, value, unit, target, value <= target);
    }

    void atLeast(double target, String metric, double value, String unit) {
        print(metric, value, unit, target, value >= target);
    }

    boolean missed() {
        return missed;
    }

    private void print(String metric, double value, String unit, double target, boolean held) {
        missed |= !held;
        if (json) {
            out.printf(
                    "{\"bench\":\"sfu\",\"profile\":\"%s\",\"server\":\"parley\",\"metric\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"target\":%s,\"held\":%s}%n",
                    profile, metric, number(value), unit, number(target), held);
        } else if (Double.isNaN(target)) {
            out.printf("%-10s %-30s %14s %s%n", profile, metric, number(value), unit);
        } else {
            String verdict = held ? "held" : "MISSED";
            out.printf(
                    "%-10s %-30s %14s %-9s target %s  %s%n",
                    profile, metric, number(value), unit, number(target), verdict);
        }
        out.flush();
    }

    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "null";
        }
        if (value == Math.rint(value) || Math.abs(value) >= 1000) {
            return String.valueOf(Math.round(value));
        }
        return String.format(Locale.ROOT, Math.abs(value) < 0.001 ? "%.6f" : "%.3f", value);
    }
}
