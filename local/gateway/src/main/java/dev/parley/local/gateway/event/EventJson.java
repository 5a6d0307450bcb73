package dev.parley.local.gateway.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What both kinds of events have in common. */
public final class EventJson {
    /** The gateway's JSON, for events, replies and messages alike. */
    public static final JsonMapper MAPPER = JsonMapper.builder().build();

    static final String ACCOUNT = "123456789012";
    private static final DateTimeFormatter COMMON_LOG = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private EventJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** {@code 09/Apr/2026:12:34:56 +0000}. */
    static String requestTime(Instant now) {
        return COMMON_LOG.format(now);
    }

    /** Each name with its last value. */
    static ObjectNode lastValues(Map<String, List<String>> values) {
        ObjectNode node = object();
        values.forEach((name, all) -> node.put(name, all.getLast()));
        return node;
    }

    /** Each name with all its values. */
    static ObjectNode allValues(Map<String, List<String>> values) {
        ObjectNode node = object();
        values.forEach((name, all) -> all.forEach(node.withArrayProperty(name)::add));
        return node;
    }

    /** Each name with its value; null, as API Gateway has it, when there are none. */
    static ObjectNode textsOrNull(Map<String, String> values) {
        if (values.isEmpty()) {
            return null;
        }
        ObjectNode node = object();
        values.forEach(node::put);
        return node;
    }
}
