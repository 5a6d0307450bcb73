package dev.parley.platform.nodes;

import dev.parley.platform.dynamo.Items;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The kinds of attribute that only these tables have. An absent one reads as empty or zero. */
final class Attributes {
    private Attributes() {}

    static AttributeValue decimal(double value) {
        return AttributeValue.fromN(Double.toString(value));
    }

    static double decimal(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.n() == null ? 0 : Double.parseDouble(value.n());
    }

    static String word(Map<String, AttributeValue> item, String name) {
        return Items.text(item, name).orElse("");
    }

    static Set<String> words(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || !value.hasSs() ? Set.of() : Set.copyOf(value.ss());
    }
}
