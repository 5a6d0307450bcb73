package dev.parley.platform.lambda;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * An event of one socket.
 *
 * @param kind what happened
 * @param routeKey the route that was chosen: {@code $connect}, {@code $disconnect}, {@code $default} or a message type
 * @param connectionId the socket
 * @param domainName and {@code stage}: where the @connections API of this socket is
 * @param connectedAtMillis when the socket was opened, epoch milliseconds
 * @param requestId the gateway's id of this event
 * @param sourceIp the client's address
 * @param headers all values by lower-case name; a message has none
 * @param query all values by name; only a connection has them
 * @param authorizer what the authorizer said when the socket was opened
 * @param body a message's text
 * @param disconnectStatusCode the close code, when the gateway knew one
 * @param disconnectReason the close reason, possibly empty
 */
public record SocketEvent(
        Kind kind,
        String routeKey,
        String connectionId,
        String domainName,
        String stage,
        long connectedAtMillis,
        String requestId,
        String sourceIp,
        Map<String, List<String>> headers,
        Map<String, List<String>> query,
        Map<String, String> authorizer,
        Optional<String> body,
        OptionalInt disconnectStatusCode,
        Optional<String> disconnectReason) {
    /** What happened to a socket. */
    public enum Kind {
        CONNECT,
        MESSAGE,
        DISCONNECT
    }

    /** The first value of a header. @param name in any case */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    static SocketEvent parse(JsonNode event) {
        JsonNode context = event.path("requestContext");
        JsonNode closeCode = context.path("disconnectStatusCode");
        return new SocketEvent(
                kindOf(context.path("eventType").asString("")),
                context.path("routeKey").asString("$default"),
                context.path("connectionId").asString(),
                context.path("domainName").asString(""),
                context.path("stage").asString(""),
                context.path("connectedAt").asLong(0),
                context.path("requestId").asString("-"),
                context.path("identity").path("sourceIp").asString("-"),
                EventJson.fields(event, "headers", "multiValueHeaders", true),
                EventJson.fields(event, "queryStringParameters", "multiValueQueryStringParameters", false),
                EventJson.texts(context, "authorizer"),
                EventJson.text(event, "body"),
                closeCode.isNumber() ? OptionalInt.of(closeCode.asInt()) : OptionalInt.empty(),
                EventJson.text(context, "disconnectReason"));
    }

    private static Kind kindOf(String eventType) {
        try {
            return Kind.valueOf(eventType);
        } catch (IllegalArgumentException e) {
            throw new EventException("A WebSocket event must be CONNECT, MESSAGE or DISCONNECT");
        }
    }
}
