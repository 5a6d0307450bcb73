package dev.parley.local.gateway.queue;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.function.Functions;
import dev.parley.local.gateway.function.LambdaFunction;
import dev.parley.local.gateway.letter.Letters;
import dev.parley.local.gateway.template.FunctionSpec;
import dev.parley.local.gateway.template.QueueSourceSpec;
import dev.parley.local.gateway.template.QueueSpec;
import dev.parley.local.gateway.template.Template;
import dev.parley.local.queues.Queues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the queues of a template, hands them to the functions that it names, and shows what went to their dead letters. */
public final class QueueMappings implements Letters, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueMappings.class);
    private static final Pattern ID = Pattern.compile("([A-Za-z0-9]+)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    private final Template template;
    private final QueueSource source;
    private final SqsClient client;
    private final List<QueueMapping> running = new ArrayList<>();

    private QueueMappings(Template template, QueueSource source) {
        this.template = template;
        this.source = source;
        this.client = source.client();
    }

    /** Makes every queue that is missing, changes those that the template has changed, and starts to receive. */
    public static QueueMappings start(Template template, Functions functions, QueueSource source) {
        var mappings = new QueueMappings(template, source);
        template.queues().values().forEach(mappings::make);
        for (LambdaFunction function : functions.all()) {
            for (QueueSourceSpec spec : function.spec().queues()) {
                String url = mappings.client
                        .getQueueUrl(request -> request.queueName(spec.queue()))
                        .queueUrl();
                mappings.running.add(QueueMapping.start(function, spec, mappings.client, url));
                LOG.info("{} is handed the queue {}", function.spec().name(), spec.queue());
            }
        }
        return mappings;
    }

    private void make(QueueSpec queue) {
        try {
            client.createQueue(request -> request.queueName(queue.name()).attributesWithStrings(queue.attributes()));
        } catch (QueueNameExistsException e) {
            String url = client.getQueueUrl(request -> request.queueName(queue.name()))
                    .queueUrl();
            client.setQueueAttributes(request -> request.queueUrl(url).attributesWithStrings(queue.attributes()));
        }
    }

    /** Begins no other call; {@link #close} waits for those under way. */
    public void stop() {
        running.forEach(QueueMapping::stop);
    }

    @Override
    public void close() {
        stop();
        running.forEach(QueueMapping::close);
        client.close();
    }

    /** Queues whose messages are dead letters of another. */
    private List<QueueSpec> graves() {
        List<String> names = template.queues().values().stream()
                .flatMap(queue -> queue.deadLetters().stream())
                .toList();
        return template.queues().values().stream()
                .filter(queue -> names.contains(queue.name()))
                .toList();
    }

    @Override
    public List<ObjectNode> list() {
        return graves().stream()
                .flatMap(grave ->
                        source.server().queues().peek(grave.name()).stream().map(letter -> line(grave, letter)))
                .toList();
    }

    private ObjectNode line(QueueSpec grave, Queues.Peek letter) {
        String from = letter.source().orElse("");
        int tries = template.queues().values().stream()
                .filter(queue -> queue.name().equals(from))
                .mapToInt(QueueSpec::maxReceives)
                .sum();
        ObjectNode line = EventJson.MAPPER.createObjectNode();
        line.put("id", grave.id() + "-" + letter.id());
        line.put("function", consumer(from));
        line.put("at", Instant.ofEpochMilli(letter.sentAt()).toString());
        line.put("condition", "MaximumReceivesExceeded");
        line.put("tries", tries);
        line.put("why", "a message of " + from + " was received too often");
        line.putArray("records")
                .addObject()
                .put("message_id", letter.id())
                .put("group", letter.group().orElse(""));
        return line;
    }

    private String consumer(String queue) {
        return template.functions().values().stream()
                .filter(function -> function.queues().stream()
                        .anyMatch(source -> source.queue().equals(queue)))
                .map(FunctionSpec::name)
                .findFirst()
                .orElse("");
    }

    @Override
    public Optional<JsonNode> find(String id) {
        return place(id)
                .flatMap(place -> source.server().queues().peek(place.grave().name()).stream()
                        .filter(letter -> letter.id().equals(place.message()))
                        .map(letter -> (JsonNode) line(place.grave(), letter).put("body", letter.body()))
                        .findFirst());
    }

    /** Puts a letter back into the queue that it came from, behind what is there. */
    @Override
    public Optional<Replay> replay(String id) {
        return place(id)
                .filter(place -> source.server().queues().moveBack(place.grave().name(), place.message()))
                .map(place -> new Replay(0, ""));
    }

    @Override
    public boolean drop(String id) {
        return place(id)
                .filter(place -> source.server().queues().drop(place.grave().name(), place.message()))
                .isPresent();
    }

    private record Place(QueueSpec grave, String message) {}

    private Optional<Place> place(String id) {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return graves().stream()
                .filter(grave -> grave.id().equals(matcher.group(1)))
                .map(grave -> new Place(grave, matcher.group(2)))
                .findFirst();
    }
}
