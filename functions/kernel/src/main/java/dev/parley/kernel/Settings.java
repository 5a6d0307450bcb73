package dev.parley.kernel;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * What one function was configured with: the values that {@code template.yaml} lists, by the same names. A function reads nothing else
 * about its surroundings, so that several with different values can live in one process.
 */
public interface Settings {
    /** The value under {@code key}, possibly an empty text; absent when the key was not given. */
    Optional<String> find(String key);

    /** The value under {@code key}. @throws SettingsException when it is absent or blank */
    default String required(String key) {
        return find(key)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new SettingsException("Setting " + key + " is missing"));
    }

    /** The value under {@code key}, or {@code fallback} when it is absent or blank. */
    default String text(String key, String fallback) {
        return find(key).filter(value -> !value.isBlank()).orElse(fallback);
    }

    /** A whole number. @throws SettingsException when the value is something else */
    default int integer(String key, int fallback) {
        String value = text(key, Integer.toString(fallback));
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new SettingsException("Setting " + key + " must be a whole number, not '" + value + "'");
        }
    }

    /** A switch: {@code on} or {@code true}, {@code off} or {@code false}. @throws SettingsException for anything else */
    default boolean flag(String key, boolean fallback) {
        String value = text(key, fallback ? "on" : "off");
        return switch (value.strip()) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw new SettingsException("Setting " + key + " must be on or off, not '" + value + "'");
        };
    }

    /** An ISO-8601 duration such as {@code PT30S}. @throws SettingsException when the value is something else */
    default Duration duration(String key, Duration fallback) {
        String value = text(key, fallback.toString());
        try {
            return Duration.parse(value.strip());
        } catch (DateTimeParseException e) {
            throw new SettingsException("Setting " + key + " must be a duration such as PT30S, not '" + value + "'");
        }
    }

    /** An address, when the value is there. @throws SettingsException when it is not one */
    default Optional<URI> uri(String key) {
        return find(key).filter(value -> !value.isBlank()).map(value -> {
            try {
                return URI.create(value.strip());
            } catch (IllegalArgumentException e) {
                throw new SettingsException("Setting " + key + " must be an address, not '" + value + "'");
            }
        });
    }

    /** Settings out of a map, which is copied. */
    static Settings of(Map<String, String> values) {
        Map<String, String> copy = Map.copyOf(values);
        return key -> Optional.ofNullable(copy.get(key));
    }
}
