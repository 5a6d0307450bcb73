package dev.parley.checks.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parley.contracts.Wire;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * JSON Schemas (2020-12) of the records that travel, as {@link Wire} writes them: names in snake case, absent members left out, so that a
 * member is required where it is a primitive and may be absent where it is not. Texts are the records' Javadoc.
 */
final class Schemas {
    private static final String HERE = "#/components/schemas/";

    private final RecordDocs docs;
    private final SortedMap<String, Map<String, Object>> named = new TreeMap<>();
    private final Map<String, Class<?>> owners = new TreeMap<>();

    Schemas(RecordDocs docs) {
        this.docs = docs;
    }

    /** All that were asked for, and those that they refer to, by name. */
    SortedMap<String, Map<String, Object>> named() {
        return named;
    }

    Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            Type[] arguments = generic.getActualTypeArguments();
            if (Collection.class.isAssignableFrom(raw)) {
                return ordered("type", "array", "items", of(arguments[0]));
            }
            if (Map.class.isAssignableFrom(raw)) {
                return ordered("type", "object", "additionalProperties", of(arguments[1]));
            }
            throw new IllegalArgumentException("No schema is known for " + type);
        }
        return ofClass((Class<?>) type);
    }

    private Map<String, Object> ofClass(Class<?> type) {
        if (type == String.class) {
            return ordered("type", "string");
        }
        if (type == int.class || type == Integer.class) {
            return ordered("type", "integer", "format", "int32");
        }
        if (type == long.class || type == Long.class) {
            return ordered("type", "integer", "format", "int64");
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return ordered("type", "number");
        }
        if (type == boolean.class || type == Boolean.class) {
            return ordered("type", "boolean");
        }
        if (type == Instant.class) {
            return ordered("type", "string", "format", "date-time");
        }
        if (type == JsonNode.class || type == Object.class) {
            return ordered("description", "Any JSON value.");
        }
        if (type.isEnum()) {
            return reference(type, () -> enumeration(type));
        }
        if (type.isRecord()) {
            return kindOf(type)
                    .map(kind -> kind(type, kind.getKey(), kind.getValue()))
                    .orElseGet(() -> reference(type, () -> object(type, null)));
        }
        if (type.isAnnotationPresent(JsonSubTypes.class)) {
            return reference(type, () -> choice(type));
        }
        throw new IllegalArgumentException("No schema is known for " + type);
    }

    /** The member that tells the record from others of its interface, and its value. */
    static Optional<Map.Entry<String, String>> kindOf(Class<?> type) {
        for (Class<?> family : type.getInterfaces()) {
            JsonSubTypes options = family.getAnnotation(JsonSubTypes.class);
            if (options != null) {
                String property = family.getAnnotation(JsonTypeInfo.class).property();
                return Arrays.stream(options.value())
                        .filter(option -> option.value() == type)
                        .findFirst()
                        .map(option -> Map.entry(property, option.name()));
            }
        }
        return Optional.empty();
    }

    private Map<String, Object> kind(Class<?> type, String property, String value) {
        return reference(type, () -> object(type, Map.entry(property, value)));
    }

    private interface Body {
        Map<String, Object> make();
    }

    private Map<String, Object> reference(Class<?> type, Body body) {
        String name = name(type);
        Class<?> owner = owners.putIfAbsent(name, type);
        if (owner == null) {
            named.put(name, Map.of());
            named.put(name, body.make());
        } else if (owner != type) {
            throw new IllegalStateException(owner + " and " + type + " would both be called " + name);
        }
        return ordered("$ref", HERE + name);
    }

    /** A nested record is called by the one around it as well: {@code AuditCheckFault}. */
    private static String name(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return around == null ? type.getSimpleName() : name(around) + type.getSimpleName();
    }

    private Map<String, Object> enumeration(Class<?> type) {
        List<String> values = Arrays.stream(type.getEnumConstants())
                .map(constant -> Wire.json().valueToTree(constant).asString())
                .toList();
        Map<String, Object> schema = ordered("type", "string", "enum", values);
        docs.of(type).ifPresent(doc -> schema.put("description", doc.text()));
        return schema;
    }

    private Map<String, Object> choice(Class<?> type) {
        String property = type.getAnnotation(JsonTypeInfo.class).property();
        List<Map<String, Object>> options = new ArrayList<>();
        Map<String, Object> mapping = new LinkedHashMap<>();
        for (JsonSubTypes.Type option : type.getAnnotation(JsonSubTypes.class).value()) {
            Map<String, Object> reference = ofClass(option.value());
            options.add(reference);
            mapping.put(option.name(), reference.get("$ref"));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        docs.of(type).ifPresent(doc -> schema.put("description", doc.text()));
        schema.put("oneOf", options);
        schema.put("discriminator", ordered("propertyName", property, "mapping", mapping));
        return schema;
    }

    private Map<String, Object> object(Class<?> type, Map.Entry<String, String> kind) {
        RecordDocs.Doc doc = docs.of(type).orElse(RecordDocs.Doc.NONE);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        if (!doc.text().isEmpty()) {
            schema.put("description", doc.text());
        }
        List<String> required = new ArrayList<>();
        Map<String, Object> properties = new LinkedHashMap<>();
        if (kind != null) {
            required.add(kind.getKey());
            properties.put(kind.getKey(), ordered("type", "string", "const", kind.getValue()));
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = wireName(component);
            if (component.getType().isPrimitive()) {
                required.add(name);
            }
            Map<String, Object> property = new LinkedHashMap<>(of(component.getGenericType()));
            String text = doc.components().get(component.getName());
            if (text != null) {
                property.put("description", text);
            }
            properties.put(name, property);
        }
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        return schema;
    }

    private static String wireName(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        if (given != null && !given.value().isEmpty()) {
            return given.value();
        }
        return component.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
