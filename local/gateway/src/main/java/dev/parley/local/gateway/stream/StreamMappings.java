package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.function.Functions;
import dev.parley.local.gateway.function.LambdaFunction;
import dev.parley.local.gateway.letter.Letters;
import dev.parley.local.gateway.template.StreamSpec;
import dev.parley.local.gateway.template.TemplateException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every event source mapping of a template, and the dead letters of all of them. */
public final class StreamMappings implements Letters, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamMappings.class);

    private final Functions functions;
    private final DeadLetters deadLetters;
    private final List<StreamMapping> running;

    private StreamMappings(Functions functions, DeadLetters deadLetters, List<StreamMapping> running) {
        this.functions = functions;
        this.deadLetters = deadLetters;
        this.running = running;
    }

    /**
     * Starts to read.
     *
     * @throws TemplateException when a filter of the template cannot be used
     */
    public static StreamMappings start(Functions functions, StreamSource source, InstantSource clock) {
        var deadLetters = new DeadLetters(source.folder().resolve("dead-letters"));
        var mappings = new StreamMappings(functions, deadLetters, new ArrayList<>());
        for (LambdaFunction function : functions.all()) {
            for (StreamSpec spec : function.spec().streams()) {
                String name = function.spec().name();
                try {
                    mappings.running.add(StreamMapping.start(
                            name, spec, new BatchCall(function, spec.reportsFailures()), source, deadLetters, clock));
                } catch (IllegalArgumentException e) {
                    mappings.close();
                    throw new TemplateException(name + "." + spec.name() + ": " + e.getMessage(), e);
                }
                LOG.info("{} is handed the stream of {}", name, spec.table());
            }
        }
        return mappings;
    }

    @Override
    public List<ObjectNode> list() {
        return deadLetters.ids().stream()
                .flatMap(id -> deadLetters.find(id).map(letter -> line(id, letter)).stream())
                .toList();
    }

    private static ObjectNode line(String id, JsonNode letter) {
        ObjectNode line = EventJson.MAPPER.createObjectNode();
        line.put("id", id);
        line.put("function", DeadLetters.function(id));
        line.put("at", letter.path("timestamp").asString(""));
        JsonNode context = letter.path("requestContext");
        line.put("condition", context.path("condition").asString(""));
        line.put("tries", context.path("approximateInvokeCount").asInt());
        line.put("why", letter.path("responseContext").path("functionError").asString(""));
        ArrayNode records = line.putArray("records");
        letter.path("payload")
                .path("Records")
                .forEach(record -> records.add(record.path("dynamodb").path("Keys")));
        return line;
    }

    @Override
    public Optional<JsonNode> find(String id) {
        return deadLetters.find(id);
    }

    /** Hands a dead letter to its function again. */
    @Override
    public Optional<Replay> replay(String id) {
        return deadLetters
                .replay(id, (function, records) -> new BatchCall(functions.get(function), true).call(records))
                .map(result -> new Replay(result.failed().size(), result.why()));
    }

    @Override
    public boolean drop(String id) {
        return deadLetters.drop(id);
    }

    @Override
    public void close() {
        running.forEach(StreamMapping::close);
    }
}
