package dev.parley.platform.lambda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes AWS events. Their field names are AWS's own, and a body inside may be as large as API Gateway lets it be. */
final class EventJson {
    /** API Gateway takes bodies of 10 MB, and sends those that are no text as Base64. */
    private static final int LARGEST_TEXT = 14 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(LARGEST_TEXT)
                            .build())
                    .build())
            .build();

    private EventJson() {}

    static JsonNode read(byte[] json) {
        return MAPPER.readTree(json);
    }

    static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    static Optional<String> text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asString()) : Optional.empty();
    }

    /**
     * The header or query fields of an event: names to all their values. The multi-value form wins, where it is there; the single form
     * fills in.
     */
    static Map<String, List<String>> fields(JsonNode event, String singleName, String multiName, boolean lowerCase) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : event.path(multiName).properties()) {
            List<String> values = fields.computeIfAbsent(nameOf(entry.getKey(), lowerCase), name -> new ArrayList<>());
            entry.getValue().forEach(value -> values.add(value.asString()));
        }
        for (Map.Entry<String, JsonNode> entry : event.path(singleName).properties()) {
            String name = nameOf(entry.getKey(), lowerCase);
            if (!fields.containsKey(name)) {
                fields.put(name, List.of(entry.getValue().asString()));
            }
        }
        fields.replaceAll((name, values) -> List.copyOf(values));
        return Map.copyOf(fields);
    }

    /** The flat texts under {@code name}. */
    static Map<String, String> texts(JsonNode event, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        event.path(name).properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                texts.put(entry.getKey(), entry.getValue().asString());
            }
        });
        return Map.copyOf(texts);
    }

    private static String nameOf(String name, boolean lowerCase) {
        return lowerCase ? name.toLowerCase(Locale.ROOT) : name;
    }
}
