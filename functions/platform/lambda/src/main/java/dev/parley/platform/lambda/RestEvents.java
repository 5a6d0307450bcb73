package dev.parley.platform.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** API Gateway REST proxy events, payload 1.0: what of one is a request, and how a reply is written. */
final class RestEvents {
    private RestEvents() {}

    static HttpRequest request(JsonNode event) {
        JsonNode context = event.path("requestContext");
        return new HttpRequest(
                event.path("httpMethod").asString(),
                EventJson.text(event, "path").orElse("/"),
                Map.of(),
                EventJson.fields(event, "queryStringParameters", "multiValueQueryStringParameters", false),
                EventJson.fields(event, "headers", "multiValueHeaders", true),
                body(event),
                Optional.empty(),
                EventJson.text(context, "requestId").orElse("-"),
                EventJson.text(context.path("identity"), "sourceIp").orElse("-"));
    }

    private static byte[] body(JsonNode event) {
        Optional<String> text = EventJson.text(event, "body");
        if (text.isEmpty()) {
            return new byte[0];
        }
        if (!event.path("isBase64Encoded").asBoolean(false)) {
            return text.get().getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(text.get());
        } catch (IllegalArgumentException e) {
            throw new EventException("The event's body is not Base64");
        }
    }

    static Map<String, Object> reply(HttpResponse response) {
        Map<String, String> single = new LinkedHashMap<>();
        Map<String, List<String>> multiple = new LinkedHashMap<>();
        response.headers().forEach((name, values) -> {
            if (values.size() == 1 && !"Set-Cookie".equalsIgnoreCase(name)) {
                single.put(name, values.getFirst());
            } else {
                multiple.put(name, values);
            }
        });
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("statusCode", response.status());
        reply.put("headers", single);
        reply.put("multiValueHeaders", multiple);
        reply.put("body", response.body());
        reply.put("isBase64Encoded", false);
        return reply;
    }
}
