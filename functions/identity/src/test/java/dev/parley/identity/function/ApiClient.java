package dev.parley.identity.function;

import dev.parley.platform.lambda.EventRouter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sends API Gateway's REST events to a function, as a client of the API would make them. Immutable. */
record ApiClient(EventRouter router, Map<String, String> headers, String sourceIp) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ApiClient of(EventRouter router) {
        return new ApiClient(router, Map.of(), "198.51.100.7");
    }

    /** A reply of the function, taken apart. */
    record Reply(int status, JsonNode body, JsonNode event) {
        JsonNode data() {
            return body.path("data");
        }

        String error() {
            return body.path("error").asString("");
        }

        String header(String name) {
            return event.path("headers").path(name).asString("");
        }

        List<String> cookies() {
            return event.path("multiValueHeaders")
                    .path("Set-Cookie")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
        }
    }

    ApiClient with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiClient(router, more, sourceIp);
    }

    ApiClient bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    ApiClient from(String ip) {
        return new ApiClient(router, headers, ip);
    }

    Reply get(String path) {
        return send("GET", path, null);
    }

    Reply query(String path, Map<String, String> parameters) {
        return send("GET", path, null, false, parameters);
    }

    Reply post(String path, Object body) {
        return send("POST", path, JSON.writeValueAsString(body));
    }

    Reply put(String path, Object body) {
        return send("PUT", path, JSON.writeValueAsString(body));
    }

    Reply post(String path) {
        return send("POST", path, null);
    }

    Reply delete(String path) {
        return send("DELETE", path, null);
    }

    Reply delete(String path, Object body) {
        return send("DELETE", path, JSON.writeValueAsString(body));
    }

    /** A body that is no text, as API Gateway hands it on. */
    Reply upload(String path, byte[] body) {
        return send("POST", path, Base64.getEncoder().encodeToString(body), true, Map.of());
    }

    Reply send(String method, String path, String body) {
        return send(method, path, body, false, Map.of());
    }

    private Reply send(String method, String path, String body, boolean base64, Map<String, String> parameters) {
        ObjectNode event = JSON.createObjectNode();
        event.put("httpMethod", method);
        event.put("path", path);
        event.put("body", body);
        event.put("isBase64Encoded", base64);
        ObjectNode sent = event.putObject("headers");
        headers.forEach(sent::put);
        if (body != null && !headers.containsKey("Content-Type")) {
            sent.put("Content-Type", "application/json");
        }
        ObjectNode query = event.putObject("queryStringParameters");
        parameters.forEach(query::put);
        ObjectNode context = event.putObject("requestContext");
        context.put("requestId", "test-request");
        context.putObject("identity").put("sourceIp", sourceIp);
        JsonNode reply =
                JSON.readTree(router.handle(JSON.writeValueAsString(event).getBytes(StandardCharsets.UTF_8)));
        boolean isJson = reply.path("headers").path("Content-Type").asString("").equals("application/json");
        return new Reply(
                reply.path("statusCode").asInt(),
                isJson ? JSON.readTree(reply.path("body").asString()) : JSON.createObjectNode(),
                reply);
    }
}
