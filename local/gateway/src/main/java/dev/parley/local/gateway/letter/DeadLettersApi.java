package dev.parley.local.gateway.letter;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.http.HttpReply;
import java.util.Comparator;
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

    private final List<Letters> kinds;

    public DeadLettersApi(List<Letters> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    public boolean owns(String path) {
        return !kinds.isEmpty() && (path.equals(PATH) || path.startsWith(PATH + "/"));
    }

    public HttpReply answer(String method, String path) {
        String rest = path.substring(PATH.length());
        if (rest.isEmpty() && method.equals("GET")) {
            return HttpReply.json(200, list().toString());
        }
        if (method.equals("POST") && rest.endsWith(REPLAY) && rest.length() > REPLAY.length()) {
            return replay(rest.substring(1, rest.length() - REPLAY.length()));
        }
        if (method.equals("GET") && !rest.isEmpty()) {
            String id = rest.substring(1);
            Optional<JsonNode> letter =
                    kinds.stream().flatMap(kind -> kind.find(id).stream()).findFirst();
            return letter.map(found -> HttpReply.json(200, found.toString())).orElseGet(DeadLettersApi::notFound);
        }
        if (method.equals("DELETE") && !rest.isEmpty()) {
            String id = rest.substring(1);
            return kinds.stream().anyMatch(kind -> kind.drop(id)) ? HttpReply.empty(204) : notFound();
        }
        return HttpReply.json(405, "{\"message\":\"Method Not Allowed\"}");
    }

    private HttpReply replay(String id) {
        Optional<Letters.Replay> result =
                kinds.stream().flatMap(kind -> kind.replay(id).stream()).findFirst();
        if (result.isEmpty()) {
            return notFound();
        }
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        answer.put("id", id);
        answer.put("failed", result.get().failed());
        answer.put("why", result.get().why());
        return HttpReply.json(result.get().failed() == 0 ? 200 : 409, answer.toString());
    }

    private ArrayNode list() {
        ArrayNode list = EventJson.MAPPER.createArrayNode();
        kinds.stream()
                .flatMap(kind -> kind.list().stream())
                .sorted(Comparator.comparing(letter -> letter.path("at").asString("")))
                .forEach(list::add);
        return list;
    }

    private static HttpReply notFound() {
        return HttpReply.json(404, "{\"message\":\"There is no such dead letter\"}");
    }
}
