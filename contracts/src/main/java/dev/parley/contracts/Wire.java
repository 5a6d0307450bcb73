package dev.parley.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one way Parley's words become JSON and back: snake_case names, no nulls, unknown fields ignored, bounded nesting.
 *
 * <p>Every record in this module travels through here, on REST, WebSocket, data channel and node control alike.
 */
public final class Wire {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(1 << 20)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion ->
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Wire() {}

    /** The shared mapper, for trees and generic types. Thread-safe. */
    public static JsonMapper json() {
        return MAPPER;
    }

    /**
     * Reads one JSON value.
     *
     * @throws WireException when the text is no JSON or does not have the type's shape; the message names the field
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            return notNull(MAPPER.readValue(json, type), type);
        } catch (JacksonException e) {
            throw WireException.from(e);
        }
    }

    /** As {@link #read(String, Class)}, from UTF-8 bytes. */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return notNull(MAPPER.readValue(json, type), type);
        } catch (JacksonException e) {
            throw WireException.from(e);
        }
    }

    /** Reads a tree. @throws WireException when the text is no JSON */
    public static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw WireException.from(e);
        }
    }

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static byte[] writeBytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    private static <T> T notNull(T value, Class<T> type) {
        if (value == null) {
            throw new WireException("expected " + type.getSimpleName() + ", got null", "");
        }
        return value;
    }
}
