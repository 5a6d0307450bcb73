package dev.parley.platform.lambda;

import dev.parley.kernel.ApiException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/**
 * What a batch of a queue comes to: its message groups go on beside each other, the messages of one group after each other; a message
 * without a group is one by itself. When one fails, the later ones of its group are not tried, so that they stay behind it. The answer
 * names what failed ({@code ReportBatchItemFailures}); everything else is deleted by the event source mapping.
 */
final class QueueBatch {
    private static final String SOURCE = "aws:sqs";

    private final QueueConsumer consumer;
    private final JsonLog log;

    QueueBatch(QueueConsumer consumer, JsonLog log) {
        this.consumer = consumer;
        this.log = log;
    }

    /** Whether an event is a batch of a queue. */
    static boolean is(JsonNode event) {
        return SOURCE.equals(event.path("Records").path(0).path("eventSource").asString(""));
    }

    Map<String, Object> take(JsonNode batch) {
        Map<String, List<QueueMessage>> groups = new LinkedHashMap<>();
        for (JsonNode record : batch.path("Records")) {
            QueueMessage message = message(record);
            groups.computeIfAbsent(message.group().orElse(" " + message.id()), group -> new ArrayList<>())
                    .add(message);
        }
        Queue<String> failed = new ConcurrentLinkedQueue<>();
        if (groups.size() == 1) {
            groups.values().forEach(group -> take(group, failed));
        } else {
            try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
                groups.values().forEach(group -> beside.execute(() -> take(group, failed)));
            }
        }
        return Map.of(
                "batchItemFailures",
                failed.stream().map(id -> Map.of("itemIdentifier", id)).toList());
    }

    private void take(List<QueueMessage> group, Queue<String> failed) {
        boolean held = false;
        for (QueueMessage message : group) {
            held = held || !taken(message);
            if (held) {
                failed.add(message.id());
            }
        }
    }

    private boolean taken(QueueMessage message) {
        try {
            return consumer.take(message);
        } catch (ApiException e) {
            log.unavailable(e.code(), message.id(), e);
        } catch (RuntimeException | StackOverflowError e) {
            log.failure("a message of a queue was not taken, time " + message.receives(), message.id(), e);
        }
        return false;
    }

    private static QueueMessage message(JsonNode record) {
        JsonNode attributes = record.path("attributes");
        String id = record.path("messageId").asString("");
        if (id.isEmpty()) {
            throw new EventException("A message of a queue has no messageId");
        }
        try {
            return new QueueMessage(
                    id,
                    record.path("receiptHandle").asString(""),
                    record.path("body").asString(""),
                    Optional.of(attributes.path("MessageGroupId").asString("")).filter(group -> !group.isEmpty()),
                    Integer.parseInt(attributes.path("ApproximateReceiveCount").asString("1")),
                    Instant.ofEpochMilli(
                            Long.parseLong(attributes.path("SentTimestamp").asString("0"))));
        } catch (NumberFormatException e) {
            throw new EventException("A message of a queue has no times");
        }
    }
}
