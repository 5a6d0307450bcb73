package dev.parley.platform.lambda;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A REQUEST authorizer's event, which comes before a socket is opened.
 *
 * @param methodArn what is to be allowed
 * @param headers all values by lower-case name
 * @param query all values by name
 * @param connectionId the socket-to-be
 * @param requestId the gateway's id of this request
 * @param sourceIp the client's address
 */
public record AuthorizerEvent(
        String methodArn,
        Map<String, List<String>> headers,
        Map<String, List<String>> query,
        String connectionId,
        String requestId,
        String sourceIp) {
    /** The first value of a header. @param name in any case */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    static AuthorizerEvent parse(JsonNode event) {
        JsonNode context = event.path("requestContext");
        return new AuthorizerEvent(
                event.path("methodArn").asString(),
                EventJson.fields(event, "headers", "multiValueHeaders", true),
                EventJson.fields(event, "queryStringParameters", "multiValueQueryStringParameters", false),
                context.path("connectionId").asString(""),
                context.path("requestId").asString("-"),
                context.path("identity").path("sourceIp").asString("-"));
    }
}
