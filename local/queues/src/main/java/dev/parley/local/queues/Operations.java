package dev.parley.local.queues;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What clients ask of queues: one method for each of SQS's actions, from the JSON of the request to that of the answer. */
final class Operations {
    private static final int MAX_BATCH = 10;
    private static final String ALL = "All";

    private final Queues queues;
    private final String base;

    /** @param base of queue URLs, without the queue's name: {@code http://127.0.0.1:8804/123456789012/} */
    Operations(Queues queues, String base) {
        this.queues = queues;
        this.base = base;
    }

    /**
     * @param action such as {@code SendMessage}
     * @throws QueueException what SQS would refuse
     */
    ObjectNode call(String action, JsonNode request) throws InterruptedException {
        return switch (action) {
            case "CreateQueue" -> {
                queues.create(text(request, "QueueName"), texts(request.path("Attributes")));
                yield url(text(request, "QueueName"));
            }
            case "GetQueueUrl" -> {
                String name = text(request, "QueueName");
                queues.attributes(name);
                yield url(name);
            }
            case "ListQueues" -> list(request);
            case "GetQueueAttributes" -> attributes(request);
            case "SetQueueAttributes" -> {
                queues.change(queue(request), texts(request.path("Attributes")));
                yield empty();
            }
            case "DeleteQueue" -> {
                queues.remove(queue(request));
                yield empty();
            }
            case "PurgeQueue" -> {
                queues.purge(queue(request));
                yield empty();
            }
            case "SendMessage" -> send(queue(request), request);
            case "SendMessageBatch" -> {
                String name = queue(request);
                yield batch(request, (entry, answer) -> answer.setAll(send(name, entry)));
            }
            case "ReceiveMessage" -> receive(request);
            case "DeleteMessage" -> {
                queues.delete(queue(request), text(request, "ReceiptHandle"));
                yield empty();
            }
            case "DeleteMessageBatch" -> {
                String name = queue(request);
                yield batch(request, (entry, answer) -> queues.delete(name, text(entry, "ReceiptHandle")));
            }
            case "ChangeMessageVisibility" -> {
                changeVisibility(queue(request), request);
                yield empty();
            }
            case "ChangeMessageVisibilityBatch" -> {
                String name = queue(request);
                yield batch(request, (entry, answer) -> changeVisibility(name, entry));
            }
            default -> throw QueueException.of("UnsupportedOperation", action + " is not known here");
        };
    }

    private ObjectNode list(JsonNode request) {
        ObjectNode answer = empty();
        ArrayNode urls = answer.putArray("QueueUrls");
        String prefix = request.path("QueueNamePrefix").asString("");
        queues.names().stream().filter(name -> name.startsWith(prefix)).forEach(name -> urls.add(base + name));
        return answer;
    }

    private ObjectNode attributes(JsonNode request) {
        Map<String, String> all = queues.attributes(queue(request));
        ObjectNode answer = empty();
        ObjectNode wanted = answer.putObject("Attributes");
        List<String> names = request.path("AttributeNames")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        all.forEach((name, value) -> {
            if (names.contains(name) || names.contains(ALL)) {
                wanted.put(name, value);
            }
        });
        return answer;
    }

    private ObjectNode send(String name, JsonNode request) {
        String body = text(request, "MessageBody");
        ObjectNode attributes =
                request.path("MessageAttributes") instanceof ObjectNode given ? given : Json.MAPPER.createObjectNode();
        MessageQueue.Sent sent = queues.send(
                name,
                new Queues.Draft(
                        body,
                        attributes,
                        optional(request, "MessageGroupId"),
                        optional(request, "MessageDeduplicationId"),
                        seconds(request, "DelaySeconds", QueueSettings.MAX_DELAY_SECONDS)));
        ObjectNode answer = empty();
        answer.put("MessageId", sent.id());
        answer.put("MD5OfMessageBody", Digests.md5(body));
        if (!attributes.isEmpty()) {
            answer.put("MD5OfMessageAttributes", Digests.md5(attributes));
        }
        if (name.endsWith(".fifo")) {
            answer.put("SequenceNumber", number(sent.sequence()));
        }
        return answer;
    }

    private ObjectNode receive(JsonNode request) throws InterruptedException {
        int max = request.path("MaxNumberOfMessages").asInt(1);
        if (max < 1 || max > MAX_BATCH) {
            throw QueueException.value("MaxNumberOfMessages", "from 1 to " + MAX_BATCH);
        }
        List<Message> messages = queues.receive(
                queue(request),
                max,
                seconds(request, "VisibilityTimeout", QueueSettings.MAX_VISIBILITY_SECONDS),
                seconds(request, "WaitTimeSeconds", QueueSettings.MAX_WAIT_SECONDS));
        ObjectNode answer = empty();
        if (!messages.isEmpty()) {
            ArrayNode list = answer.putArray("Messages");
            messages.forEach(message -> list.add(message(message)));
        }
        return answer;
    }

    private static ObjectNode message(Message message) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("MessageId", message.id());
        json.put("ReceiptHandle", message.receipt());
        json.put("Body", message.body());
        json.put("MD5OfBody", Digests.md5(message.body()));
        ObjectNode attributes = json.putObject("Attributes");
        attributes.put("SenderId", "AIDALOCAL");
        attributes.put("SentTimestamp", String.valueOf(message.sentAt()));
        attributes.put("ApproximateReceiveCount", String.valueOf(message.receives()));
        attributes.put("ApproximateFirstReceiveTimestamp", String.valueOf(message.firstReceivedAt()));
        message.group().ifPresent(group -> attributes.put("MessageGroupId", group));
        message.deduplication().ifPresent(id -> {
            attributes.put("MessageDeduplicationId", id);
            attributes.put("SequenceNumber", number(message.sequence()));
        });
        message.source().ifPresent(source -> attributes.put("DeadLetterQueueSourceArn", Queues.arn(source)));
        if (!message.attributes().isEmpty()) {
            json.set("MessageAttributes", message.attributes());
            json.put("MD5OfMessageAttributes", Digests.md5(message.attributes()));
        }
        return json;
    }

    private void changeVisibility(String name, JsonNode request) {
        Duration visibility = seconds(request, "VisibilityTimeout", QueueSettings.MAX_VISIBILITY_SECONDS)
                .orElseThrow(() -> QueueException.missing("VisibilityTimeout"));
        queues.changeVisibility(name, text(request, "ReceiptHandle"), visibility);
    }

    /** Each entry succeeds or fails by itself. */
    private static ObjectNode batch(JsonNode request, BiConsumer<JsonNode, ObjectNode> one) {
        List<JsonNode> entries = new ArrayList<>();
        request.path("Entries").forEach(entries::add);
        if (entries.isEmpty()) {
            throw QueueException.of("AWS.SimpleQueueService.EmptyBatchRequest", "The batch has no entries");
        }
        if (entries.size() > MAX_BATCH) {
            throw QueueException.of(
                    "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", "At most " + MAX_BATCH + " entries");
        }
        var ids = new HashSet<String>();
        for (JsonNode entry : entries) {
            if (!ids.add(text(entry, "Id"))) {
                throw QueueException.of(
                        "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "The Id of each entry must be its own");
            }
        }
        ObjectNode answer = empty();
        ArrayNode successful = answer.putArray("Successful");
        ArrayNode failed = answer.putArray("Failed");
        for (JsonNode entry : entries) {
            ObjectNode result = empty().put("Id", text(entry, "Id"));
            try {
                one.accept(entry, result);
                successful.add(result);
            } catch (QueueException e) {
                result.put("SenderFault", true).put("Code", e.queryCode()).put("Message", e.getMessage());
                failed.add(result);
            }
        }
        return answer;
    }

    private String queue(JsonNode request) {
        String url = text(request, "QueueUrl");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private ObjectNode url(String name) {
        return empty().put("QueueUrl", base + name);
    }

    private static ObjectNode empty() {
        return Json.MAPPER.createObjectNode();
    }

    /** As AWS writes it: 20 digits. */
    private static String number(long sequence) {
        return String.format("%020d", sequence);
    }

    private static String text(JsonNode request, String name) {
        return optional(request, name).orElseThrow(() -> QueueException.missing(name));
    }

    private static Optional<String> optional(JsonNode request, String name) {
        return request.path(name).isString()
                ? Optional.of(request.path(name).asString()).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    private static Optional<Duration> seconds(JsonNode request, String name, int max) {
        JsonNode value = request.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isInt() || value.asInt() < 0 || value.asInt() > max) {
            throw QueueException.value(name, "seconds from 0 to " + max);
        }
        return Optional.of(Duration.ofSeconds(value.asInt()));
    }

    private static Map<String, String> texts(JsonNode json) {
        var texts = new HashMap<String, String>();
        json.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
        return texts;
    }
}
