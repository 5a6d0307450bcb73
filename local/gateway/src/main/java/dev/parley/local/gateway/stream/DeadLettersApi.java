package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.http.HttpReply;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The dead letters over HTTP, for this machine alone: {@code GET /dead-letters}, {@code GET} and {@code DELETE /dead-letters/<id>},
 * {@code POST /dead-letters/<id>/replay}. The list has keys and numbers of records, not what they hold.
 */
public final class DeadLettersApi {
    private static final String PATH = "/dead-letters";
    private static final String REPLAY = "/replay";

    private final StreamMappings mappings;

    public DeadLettersApi(StreamMappings mappings) {
        this.mappings = mappings;
    }

    public boolean owns(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    public HttpReply answer(String method, String path) {
        String rest = path.substring(PATH.length());
        if (rest.isEmpty() && method.equals("GET")) {
            return HttpReply.json(200, list().toString());
        }
        if (method.equals("POST") && rest.endsWith(REPLAY)) {
            return replay(rest.substring(1, rest.length() - REPLAY.length()));
        }
        if (method.equals("GET") && !rest.isEmpty()) {
            Optional<JsonNode> letter = mappings.deadLetters().find(rest.substring(1));
            return letter.map(found -> HttpReply.json(200, found.toString())).orElseGet(DeadLettersApi::notFound);
        }
        if (method.equals("DELETE") && !rest.isEmpty()) {
            return mappings.deadLetters().drop(rest.substring(1)) ? HttpReply.empty(204) : notFound();
        }
        return HttpReply.json(405, "{\"message\":\"Method Not Allowed\"}");
    }

    private HttpReply replay(String id) {
        Optional<BatchResult> result = mappings.replay(id);
        if (result.isEmpty()) {
            return notFound();
        }
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        answer.put("id", id);
        answer.put("failed", result.get().failed().size());
        answer.put("why", result.get().why());
        return HttpReply.json(result.get().isDone() ? 200 : 409, answer.toString());
    }

    private ArrayNode list() {
        ArrayNode list = EventJson.MAPPER.createArrayNode();
        List<String> ids = mappings.deadLetters().ids();
        for (String id : ids) {
            mappings.deadLetters().find(id).ifPresent(letter -> {
                ObjectNode entry = list.addObject();
                entry.put("id", id);
                entry.put("function", DeadLetters.function(id));
                entry.put("at", letter.path("timestamp").asString(""));
                JsonNode context = letter.path("requestContext");
                entry.put("condition", context.path("condition").asString(""));
                entry.put("tries", context.path("approximateInvokeCount").asInt());
                entry.put(
                        "why",
                        letter.path("responseContext").path("functionError").asString(""));
                ArrayNode records = entry.putArray("records");
                letter.path("payload")
                        .path("Records")
                        .forEach(record -> records.add(record.path("dynamodb").path("Keys")));
            });
        }
        return list;
    }

    private static HttpReply notFound() {
        return HttpReply.json(404, "{\"message\":\"There is no such dead letter\"}");
    }
}
