package dev.parley.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A node's metrics at one moment.
 *
 * @param values by name without labels; the samples of one name are added up
 */
public record NodeNumbers(Map<String, Double> values) {
    static NodeNumbers read(String text) {
        Map<String, Double> values = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            int space = line.lastIndexOf(' ');
            String name = line.substring(0, space).replaceFirst("\\{.*", "");
            values.merge(name, Double.parseDouble(line.substring(space + 1)), Double::sum);
        });
        return new NodeNumbers(values);
    }

    /** A value, 0 when it is not told. */
    public double get(String name) {
        return values.getOrDefault(name, 0.0);
    }

    OptionalDouble find(String name) {
        return values.containsKey(name) ? OptionalDouble.of(values.get(name)) : OptionalDouble.empty();
    }

    /** How much a counter has grown since. */
    double since(NodeNumbers before, String name) {
        return get(name) - before.get(name);
    }
}
