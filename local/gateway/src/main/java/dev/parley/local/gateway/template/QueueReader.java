package dev.parley.local.gateway.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the {@code AWS::SQS::Queue}s of a template, and the {@code SQS} events of functions, whose queue must be one of them. What Lambda
 * refuses is refused: a queue that shows a message again while the function may still work on it (here its window included), a window or a batch out of bounds.
 */
final class QueueReader {
    private static final String TYPE = "AWS::SQS::Queue";
    private static final List<String> ATTRIBUTES = List.of(
            "FifoQueue",
            "ContentBasedDeduplication",
            "VisibilityTimeout",
            "MessageRetentionPeriod",
            "DelaySeconds",
            "ReceiveMessageWaitTimeSeconds",
            "MaximumMessageSize");
    private static final int DEFAULT_BATCH = 10;
    private static final int FIFO_BATCH = 10;
    private static final int LARGEST_BATCH = 10_000;
    private static final int LONGEST_WINDOW_SECONDS = 300;
    private static final int DEFAULT_VISIBILITY_SECONDS = 30;
    private static final int DEFAULT_CONCURRENCY = 5;
    private static final int LEAST_CONCURRENCY = 2;

    private final Map<String, Object> resources;
    private final Intrinsics intrinsics;

    QueueReader(Map<String, Object> resources, Intrinsics intrinsics) {
        this.resources = resources;
        this.intrinsics = intrinsics;
    }

    /** A queue's name, as CloudFormation would make one up from its logical id; absent when the resource is no queue. */
    static Optional<String> name(String id, Object resource) {
        if (!(resource instanceof Map<?, ?> map) || !TYPE.equals(map.get("Type"))) {
            return Optional.empty();
        }
        boolean fifo = map.get("Properties") instanceof Map<?, ?> properties
                && "true".equals(String.valueOf(properties.get("FifoQueue")));
        return Optional.of(fifo ? id + ".fifo" : id);
    }

    /** Every queue, by its logical id. */
    Map<String, QueueSpec> queues() {
        var queues = new LinkedHashMap<String, QueueSpec>();
        resources.forEach((id, resource) -> name(id, resource).ifPresent(name -> queues.put(id, queue(id, name))));
        return queues;
    }

    private QueueSpec queue(String id, String name) {
        Section properties = new Section(id, resources.get(id), intrinsics).section("Properties");
        if (properties.has("QueueName")) {
            throw new TemplateException(id + ": a queue's name is made from its logical id, not given");
        }
        var attributes = new LinkedHashMap<String, String>();
        for (String attribute : ATTRIBUTES) {
            properties.text(attribute).ifPresent(value -> attributes.put(attribute, value));
        }
        Optional<String> deadLetters = Optional.empty();
        int receives = 0;
        if (properties.has("RedrivePolicy")) {
            Section policy = properties.section("RedrivePolicy");
            String arn = policy.required("deadLetterTargetArn");
            deadLetters = Optional.of(arn.substring(arn.lastIndexOf(':') + 1));
            receives = policy.integer("maxReceiveCount", 0);
            if (deadLetters.get().endsWith(".fifo") != name.endsWith(".fifo")) {
                throw new TemplateException(policy.place() + ": a FIFO queue's dead letters, and no other's, are FIFO");
            }
            attributes.put(
                    "RedrivePolicy",
                    "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}".formatted(arn, receives));
        }
        return new QueueSpec(id, name, attributes, deadLetters, receives);
    }

    /** The queues that a function is handed. @param timeoutSeconds how long one of its invocations may take */
    List<QueueSourceSpec> sources(Section events, int timeoutSeconds) {
        var sources = new ArrayList<QueueSourceSpec>();
        events.children().forEach((name, event) -> {
            if (event.required("Type").equals("SQS")) {
                sources.add(source(name, event.section("Properties"), timeoutSeconds));
            }
        });
        return sources;
    }

    private QueueSourceSpec source(String name, Section properties, int timeoutSeconds) {
        String arn = properties.required("Queue");
        String queueName = arn.substring(arn.lastIndexOf(':') + 1);
        QueueSpec queue = queues().values().stream()
                .filter(one -> one.name().equals(queueName))
                .findFirst()
                .orElseThrow(() -> new TemplateException(
                        properties.place() + ".Queue must be !GetAtt of the Arn of a queue in this template"));
        if (properties.has("FilterCriteria")) {
            throw new TemplateException(properties.place() + ": the local gateway filters no messages of queues");
        }
        boolean fifo = queueName.endsWith(".fifo");
        int batch = properties.integer("BatchSize", DEFAULT_BATCH);
        int window = properties.integer("MaximumBatchingWindowInSeconds", 0);
        if (batch < 1 || batch > (fifo ? FIFO_BATCH : LARGEST_BATCH) || batch > FIFO_BATCH && window == 0) {
            throw new TemplateException(properties.place()
                    + ".BatchSize must be from 1 to 10, or more with a window where the queue is not FIFO");
        }
        if (window < 0 || window > (fifo ? 0 : LONGEST_WINDOW_SECONDS)) {
            throw new TemplateException(properties.place()
                    + ".MaximumBatchingWindowInSeconds must be from 0 to 300, and is not for FIFO queues");
        }
        int visibility = Integer.parseInt(
                queue.attributes().getOrDefault("VisibilityTimeout", String.valueOf(DEFAULT_VISIBILITY_SECONDS)));
        if (visibility < timeoutSeconds + window) {
            throw new TemplateException(properties.place() + ": " + queue.id() + " shows a message again after "
                    + visibility + " s, while a batch may be gathered for " + window + " s and the function may take "
                    + timeoutSeconds + " s");
        }
        int concurrency = properties.section("ScalingConfig").integer("MaximumConcurrency", DEFAULT_CONCURRENCY);
        if (concurrency < LEAST_CONCURRENCY) {
            throw new TemplateException(properties.place() + ".ScalingConfig.MaximumConcurrency must be 2 or more");
        }
        return new QueueSourceSpec(
                name,
                queueName,
                batch,
                Duration.ofSeconds(window),
                properties.texts("FunctionResponseTypes").contains("ReportBatchItemFailures"),
                concurrency);
    }
}
