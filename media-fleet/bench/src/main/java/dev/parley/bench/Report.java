package dev.parley.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Prints figures of one server with their targets, and remembers whether one was missed. */
final class Report {
    private static final double NONE = Double.NaN;

    private final PrintStream out;
    private final String profile;
    private final String server;
    private final boolean targets;
    private final boolean json;
    private boolean missed;

    /** @param targets whether this server has any to reach */
    Report(PrintStream out, String profile, String server, boolean targets, boolean json) {
        this.out = out;
        this.profile = profile;
        this.server = server;
        this.targets = targets;
        this.json = json;
    }

    /** A report of the same server whose figures have no targets. */
    Report withoutTargets() {
        return new Report(out, profile, server, false, json);
    }

    /** A figure without a target; nothing when it is not known. */
    void tell(String metric, double value, String unit) {
        if (!Double.isNaN(value)) {
            print(metric, value, unit, NONE, true);
        }
    }

    void atMost(double target, String metric, double value, String unit) {
        hold(target, metric, value, unit, value <= target);
    }

    void atLeast(double target, String metric, double value, String unit) {
        hold(target, metric, value, unit, value >= target);
    }

    /** A figure that must be none, as far as it can be told from none. */
    void none(double leastTold, String metric, double value, String unit) {
        hold(0, metric, value, unit, value < leastTold);
    }

    private void hold(double target, String metric, double value, String unit, boolean held) {
        if (targets && !Double.isNaN(target)) {
            print(metric, value, unit, target, held);
        } else {
            tell(metric, value, unit);
        }
    }

    boolean missed() {
        return missed;
    }

    private void print(String metric, double value, String unit, double target, boolean held) {
        missed |= !held;
        if (json) {
            out.printf(
                    "{\"bench\":\"sfu\",\"profile\":\"%s\",\"server\":\"%s\",\"metric\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"target\":%s,\"held\":%s}%n",
                    profile, server, metric, number(value), unit, number(target), held);
        } else if (Double.isNaN(target)) {
            out.printf("%-10s %-7s %-34s %14s %s%n", profile, server, metric, number(value), unit);
        } else {
            String verdict = held ? "held" : "MISSED";
            out.printf(
                    "%-10s %-7s %-34s %14s %-9s target %s  %s%n",
                    profile, server, metric, number(value), unit, number(target), verdict);
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
