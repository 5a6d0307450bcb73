package dev.parley.meetings.function;

import dev.parley.contracts.Wire;
import dev.parley.platform.lambda.EventRouter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Calls a function with the events API Gateway makes of REST requests. */
final class RestCaller {
    /** Status and parsed body of a reply. */
    record Reply(int status, JsonNode body) {
        String error() {
            return body.path("error").asString("");
        }

        JsonNode data() {
            return body.path("data");
        }
    }

    private final EventRouter router;

    RestCaller(EventRouter router) {
        this.router = router;
    }

    /** @param token bearer token, or null; {@code body} any record or map, or null */
    Reply call(String method, String path, String token, Object body) {
        JsonNode reply = answer(method, path, token, body);
        return new Reply(
                reply.path("statusCode").asInt(), Wire.tree(reply.path("body").asString("{}")));
    }

    /** The body of a reply that is no JSON. */
    String text(String method, String path, String token) {
        return answer(method, path, token, null).path("body").asString("");
    }

    private JsonNode answer(String method, String path, String token, Object body) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("Content-Type", List.of("application/json"));
        headers.put("Origin", List.of("http://localhost:8800"));
        if (token != null) {
            headers.put("Authorization", List.of("Bearer " + token));
        }
        String[] parts = path.split("\\?", 2);
        Map<String, List<String>> query = new HashMap<>();
        if (parts.length == 2) {
            for (String pair : parts[1].split("&")) {
                query.put(pair.split("=")[0], List.of(pair.split("=")[1]));
            }
        }
        Map<String, Object> event = new HashMap<>();
        event.put("resource", parts[0]);
        event.put("path", parts[0]);
        event.put("httpMethod", method);
        event.put("multiValueHeaders", headers);
        event.put("multiValueQueryStringParameters", query);
        event.put(
                "requestContext",
                Map.of("requestId", "r_test", "stage", "local", "identity", Map.of("sourceIp", "192.0.2.7")));
        event.put("body", body == null ? null : Wire.write(body));
        event.put("isBase64Encoded", false);
        return Wire.json().readTree(router.handle(Wire.writeBytes(event)));
    }
}
