package dev.parley.local.supervisor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Command-line arguments of the form {@code --name value} and {@code --flag}. */
final class Arguments {
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * @param flags names that take no value
     * @param names names that take one
     * @throws IllegalArgumentException for any other name, or a missing value
     */
    Arguments(String[] arguments, Set<String> flags, Set<String> names) {
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (flags.contains(name)) {
                values.put(name, "");
            } else if (names.contains(name)) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(name + " needs a value");
                }
                values.put(name, arguments[++i]);
            } else {
                throw new IllegalArgumentException("Unknown argument " + name);
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    /** A whole number in a range. @throws IllegalArgumentException when it is something else */
    int integer(String name, int fallback, int min, int max) {
        String value = values.get(name);
        if (value == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, like a number out of range
        }
        throw new IllegalArgumentException(
                name + " must be a number from " + min + " to " + max + ", not '" + value + "'");
    }
}
