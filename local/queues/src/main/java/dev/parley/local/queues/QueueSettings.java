package dev.parley.local.queues;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a queue was told when it was made, by SQS's attribute names.
 *
 * @param fifo messages of one group come in order, one receiver at a time
 * @param contentDeduplication the body's hash stands for a deduplication id that is not given
 * @param visibility how long a receiver has a message to itself, unless it says otherwise
 * @param retention how long a message is kept
 * @param delay how long a new message is not received
 * @param longPoll how long a receiver waits for a message, unless it says otherwise
 * @param maxBytes of a message
 * @param redrive where a message goes that was received too often
 */
record QueueSettings(
        boolean fifo,
        boolean contentDeduplication,
        Duration visibility,
        Duration retention,
        Duration delay,
        Duration longPoll,
        int maxBytes,
        Optional<Redrive> redrive) {
    static final int MAX_VISIBILITY_SECONDS = 43_200;
    static final int MAX_WAIT_SECONDS = 20;
    static final int MAX_DELAY_SECONDS = 900;
    private static final int MAX_BYTES = 1_048_576;
    private static final int MAX_RETENTION_SECONDS = 1_209_600;
    private static final int MAX_RECEIVES = 1_000;

    /**
     * @param queue name of the dead-letter queue
     * @param maxReceives after which a message goes there
     */
    record Redrive(String queue, int maxReceives) {}

    /** @throws QueueException when SQS would refuse them; names that change nothing here are let through */
    static QueueSettings of(String name, Map<String, String> attributes) {
        boolean fifo = flag(attributes, "FifoQueue");
        if (fifo != name.endsWith(".fifo")) {
            throw QueueException.value("QueueName", "a FIFO queue's name, and no other, ends with .fifo");
        }
        return new QueueSettings(
                fifo,
                flag(attributes, "ContentBasedDeduplication"),
                seconds(attributes, "VisibilityTimeout", 30, MAX_VISIBILITY_SECONDS),
                seconds(attributes, "MessageRetentionPeriod", 345_600, MAX_RETENTION_SECONDS),
                seconds(attributes, "DelaySeconds", 0, MAX_DELAY_SECONDS),
                seconds(attributes, "ReceiveMessageWaitTimeSeconds", 0, MAX_WAIT_SECONDS),
                number(attributes, "MaximumMessageSize", 262_144, MAX_BYTES),
                Optional.ofNullable(attributes.get("RedrivePolicy"))
                        .filter(policy -> !policy.isBlank())
                        .map(QueueSettings::redrive));
    }

    /** The values by name, as {@code GetQueueAttributes} gives them. */
    Map<String, String> attributes() {
        var attributes = new TreeMap<String, String>();
        if (fifo) {
            attributes.put("FifoQueue", "true");
            attributes.put("ContentBasedDeduplication", String.valueOf(contentDeduplication));
        }
        attributes.put("VisibilityTimeout", String.valueOf(visibility.toSeconds()));
        attributes.put("MessageRetentionPeriod", String.valueOf(retention.toSeconds()));
        attributes.put("DelaySeconds", String.valueOf(delay.toSeconds()));
        attributes.put("ReceiveMessageWaitTimeSeconds", String.valueOf(longPoll.toSeconds()));
        attributes.put("MaximumMessageSize", String.valueOf(maxBytes));
        redrive.ifPresent(policy -> attributes.put(
                "RedrivePolicy",
                Json.MAPPER
                        .createObjectNode()
                        .put("deadLetterTargetArn", Queues.arn(policy.queue()))
                        .put("maxReceiveCount", policy.maxReceives())
                        .toString()));
        return attributes;
    }

    private static Redrive redrive(String text) {
        JsonNode policy;
        try {
            policy = Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw QueueException.value("RedrivePolicy", "it is not JSON");
        }
        String arn = policy.path("deadLetterTargetArn").asString("");
        int receives = policy.path("maxReceiveCount").asInt(0);
        if (arn.lastIndexOf(':') < 0 || receives < 1 || receives > MAX_RECEIVES) {
            throw QueueException.value(
                    "RedrivePolicy", "deadLetterTargetArn and maxReceiveCount from 1 to " + MAX_RECEIVES);
        }
        return new Redrive(arn.substring(arn.lastIndexOf(':') + 1), receives);
    }

    private static boolean flag(Map<String, String> attributes, String name) {
        return Boolean.parseBoolean(attributes.getOrDefault(name, "false"));
    }

    private static Duration seconds(Map<String, String> attributes, String name, int fallback, int max) {
        return Duration.ofSeconds(number(attributes, name, fallback, max));
    }

    private static int number(Map<String, String> attributes, String name, int fallback, int max) {
        String text = attributes.get(name);
        if (text == null) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= 0 && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number out of range
        }
        throw QueueException.of("InvalidAttributeValue", name + " must be from 0 to " + max);
    }
}
