package dev.parley.node.health;

import java.util.Locale;

/** Writes Prometheus' text format, version 0.0.4. */
public final class MetricsText {
    /** The content type of the format. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder out = new StringBuilder(8192);

    /** Adds a number that goes up and down. */
    public MetricsText gauge(String name, String help, double value) {
        return family(name, help, "gauge").sample(name, "", value);
    }

    /** Adds a number that only goes up. */
    public MetricsText counter(String name, String help, double value) {
        return family(name, help, "counter").sample(name, "", value);
    }

    /** Starts a family whose samples have labels. */
    public MetricsText family(String name, String help, String type) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** Adds a sample; {@code labels} such as {@code agent="0"}, or empty. */
    public MetricsText sample(String name, String labels, double value) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        out.append(' ');
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            out.append((long) value);
        } else {
            out.append(String.format(Locale.ROOT, "%.6g", value));
        }
        out.append('\n');
        return this;
    }

    /** The whole text. */
    @Override
    public String toString() {
        return out.toString();
    }
}
