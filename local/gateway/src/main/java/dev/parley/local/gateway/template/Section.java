package dev.parley.local.gateway.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping of the template with its place, for typed reading with errors that name the place. */
final class Section {
    private final String place;
    private final Map<?, ?> values;
    private final Intrinsics intrinsics;

    Section(String place, Object value, Intrinsics intrinsics) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new TemplateException(place + " must be a mapping");
        }
        this.place = place;
        this.values = map;
        this.intrinsics = intrinsics;
    }

    Optional<Object> raw(String key) {
        return Optional.ofNullable(values.get(key));
    }

    Optional<String> text(String key) {
        return raw(key).map(intrinsics::text);
    }

    String required(String key) {
        return text(key)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new TemplateException(place + " needs " + key));
    }

    int integer(String key, int fallback) {
        return text(key).map(value -> number(key, value).intValue()).orElse(fallback);
    }

    boolean flag(String key, boolean fallback) {
        return text(key).map(Boolean::parseBoolean).orElse(fallback);
    }

    Optional<Double> decimal(String key) {
        return text(key).map(value -> number(key, value));
    }

    List<String> texts(String key) {
        Object value = raw(key).map(intrinsics::resolve).orElse(List.of());
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return List.of(String.valueOf(value));
    }

    List<Section> sections(String key) {
        Object value = raw(key).orElse(List.of());
        if (!(value instanceof List<?> list)) {
            throw new TemplateException(place + "." + key + " must be a list");
        }
        return list.stream()
                .map(item -> new Section(place + "." + key, item, intrinsics))
                .toList();
    }

    /** The mapping under {@code key}, empty when it is not there. */
    Section section(String key) {
        return new Section(place + "." + key, raw(key).orElse(Map.of()), intrinsics);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Every entry that is itself a mapping. */
    Map<String, Section> children() {
        var children = new LinkedHashMap<String, Section>();
        values.forEach(
                (key, value) -> children.put(String.valueOf(key), new Section(place + "." + key, value, intrinsics)));
        return children;
    }

    /** Every entry as a text; an entry that resolves to nothing is left out. */
    Map<String, String> textMap() {
        var texts = new LinkedHashMap<String, String>();
        if (intrinsics.resolve(values) instanceof Map<?, ?> resolved) {
            resolved.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }

    String place() {
        return place;
    }

    private Double number(String key, String value) {
        try {
            return Double.valueOf(value);
        } catch (NumberFormatException e) {
            throw new TemplateException(place + "." + key + " must be a number, not '" + value + "'", e);
        }
    }
}
