package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.event.EventJson;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A filter pattern of an event source mapping: the same shape as the event, with a list of what is wanted at each leaf. Of the
 * comparisons that AWS knows, these: a value, {@code prefix}, {@code exists}, {@code anything-but} a list of values.
 *
 * <p>Source: "Using Lambda event filtering", AWS Lambda developer guide.
 */
final class EventPattern {
    private final JsonNode pattern;

    private EventPattern(JsonNode pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException when the text is no pattern, or one with a comparison that is not known here */
    static EventPattern parse(String json) {
        try {
            JsonNode pattern = EventJson.MAPPER.readTree(json);
            check(pattern);
            return new EventPattern(pattern);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("A filter pattern must be JSON: " + json, e);
        }
    }

    /** Whether one of the patterns matches; without patterns everything does. */
    static boolean wanted(List<EventPattern> patterns, JsonNode event) {
        return patterns.isEmpty() || patterns.stream().anyMatch(each -> each.matches(event));
    }

    boolean matches(JsonNode event) {
        return matches(pattern, event);
    }

    private static boolean matches(JsonNode pattern, JsonNode event) {
        return pattern.properties().stream().allMatch(entry -> {
            JsonNode found = event.path(entry.getKey());
            return entry.getValue().isObject()
                    ? matches(entry.getValue(), found)
                    : entry.getValue().valueStream().anyMatch(choice -> fits(choice, found));
        });
    }

    private static boolean fits(JsonNode choice, JsonNode found) {
        if (!choice.isObject()) {
            return same(choice, found);
        }
        if (choice.has("exists")) {
            return choice.path("exists").asBoolean() != found.isMissingNode();
        }
        if (choice.has("prefix")) {
            return found.isString()
                    && found.asString().startsWith(choice.path("prefix").asString());
        }
        return !found.isMissingNode()
                && choice.path("anything-but").valueStream().noneMatch(each -> same(each, found));
    }

    /** The same scalar, however many bits a number was read into. */
    private static boolean same(JsonNode wanted, JsonNode found) {
        return wanted.getNodeType() == found.getNodeType() && wanted.asString().equals(found.asString());
    }

    private static void check(JsonNode pattern) {
        if (!pattern.isObject()) {
            throw new IllegalArgumentException("A filter pattern must be an object, not " + pattern);
        }
        pattern.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                check(value);
            } else if (!value.isArray() || !value.valueStream().allMatch(EventPattern::isKnown)) {
                throw new IllegalArgumentException("The local gateway does not know this part of a filter pattern: "
                        + entry.getKey() + ": " + value);
            }
        });
    }

    private static boolean isKnown(JsonNode choice) {
        return choice.isValueNode()
                || choice.size() == 1
                        && (choice.path("prefix").isString()
                                || choice.path("exists").isBoolean()
                                || choice.path("anything-but").isArray());
    }
}
