package dev.parley.platform.lambda;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.OutboxEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * What a batch of the Outbox table's stream comes to: each new item is an event for the consumer, one after another. When an event fails,
 * the later ones of its subject are not tried, so that they stay behind it; those of others are. The answer names what failed, by which
 * the event source mapping knows where to go on ({@code ReportBatchItemFailures}). Removed items are no news.
 */
final class OutboxBatch {
    private static final String SOURCE = "aws:dynamodb";

    private final Consumer<OutboxEvent> consumer;
    private final JsonLog log;

    OutboxBatch(Consumer<OutboxEvent> consumer, JsonLog log) {
        this.consumer = consumer;
        this.log = log;
    }

    /** Whether an event is a batch of a DynamoDB stream. */
    static boolean is(JsonNode event) {
        return SOURCE.equals(event.path("Records").path(0).path("eventSource").asString(""));
    }

    Map<String, Object> tell(JsonNode batch) {
        Set<String> held = new HashSet<>();
        List<Map<String, String>> failures = new ArrayList<>();
        for (JsonNode record : batch.path("Records")) {
            if (!"INSERT".equals(record.path("eventName").asString(""))) {
                continue;
            }
            JsonNode change = record.path("dynamodb");
            String subject = text(change.path("Keys"), "subject");
            if (held.contains(subject) || !told(record, change.path("NewImage"))) {
                held.add(subject);
                failures.add(
                        Map.of("itemIdentifier", change.path("SequenceNumber").asString("")));
            }
        }
        return Map.of("batchItemFailures", failures);
    }

    private boolean told(JsonNode record, JsonNode image) {
        String reference = text(image, "id");
        try {
            consumer.accept(event(image));
            return true;
        } catch (ApiException e) {
            log.unavailable(e.code(), reference, e);
        } catch (RuntimeException | StackOverflowError e) {
            String eventId = record.path("eventID").asString("-");
            log.failure(text(image, "type") + " was not taken (stream event " + eventId + ")", reference, e);
        }
        return false;
    }

    private static OutboxEvent event(JsonNode image) {
        try {
            return new OutboxEvent(
                    required(image, "id"),
                    required(image, "type"),
                    required(image, "subject"),
                    Instant.ofEpochMilli(
                            Long.parseLong(image.path("at").path("N").asString(""))),
                    data(image.path("data").path("M")));
        } catch (NumberFormatException | DateTimeException e) {
            throw new EventException("An outbox item has no time");
        }
    }

    private static Map<String, String> data(JsonNode map) {
        Map<String, String> data = new HashMap<>();
        map.properties()
                .forEach(entry ->
                        data.put(entry.getKey(), entry.getValue().path("S").asString("")));
        return data;
    }

    private static String required(JsonNode image, String name) {
        String value = text(image, name);
        if (value.isEmpty()) {
            throw new EventException("An outbox item has no " + name);
        }
        return value;
    }

    private static String text(JsonNode image, String name) {
        return image.path(name).path("S").asString("");
    }
}
