package dev.parley.platform.dynamo;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reading and writing single attributes of low-level items. */
public final class Items {
    private Items() {}

    /** A text. DynamoDB takes empty ones, except in keys. */
    public static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    public static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    public static AttributeValue flag(boolean value) {
        return AttributeValue.fromBool(value);
    }

    public static AttributeValue texts(List<String> values) {
        return AttributeValue.fromL(values.stream().map(Items::text).toList());
    }

    /** When garbage may be collected: {@code instant} rounded up to a full second. */
    public static AttributeValue expiry(Instant instant) {
        return number(instant.getEpochSecond() + (instant.getNano() > 0 ? 1 : 0));
    }

    public static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    /** The text under {@code name}. @throws IllegalStateException when the item has none */
    public static String requiredText(Map<String, AttributeValue> item, String name) {
        return text(item, name).orElseThrow(() -> new IllegalStateException("An item has no " + name));
    }

    public static long number(Map<String, AttributeValue> item, String name, long fallback) {
        AttributeValue value = item.get(name);
        return value == null || value.n() == null ? fallback : Long.parseLong(value.n());
    }

    public static boolean flag(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value != null && Boolean.TRUE.equals(value.bool());
    }

    public static List<String> texts(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || !value.hasL()
                ? List.of()
                : value.l().stream().map(AttributeValue::s).toList();
    }

    /** A map of texts, as {@link #toTextMap} wrote it. */
    public static Map<String, String> textMap(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null || !value.hasM()) {
            return Map.of();
        }
        Map<String, String> texts = new HashMap<>();
        value.m().forEach((key, one) -> texts.put(key, one.s()));
        return Map.copyOf(texts);
    }

    public static AttributeValue toTextMap(Map<String, String> texts) {
        Map<String, AttributeValue> values = new HashMap<>();
        texts.forEach((key, one) -> values.put(key, text(one)));
        return AttributeValue.fromM(values);
    }
}
