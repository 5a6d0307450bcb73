package dev.parley.local.gateway.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of one WebSocket connection: what its authorizer, {@code $connect}, message routes and {@code $disconnect} are called with.
 *
 * @param apiId id of the API
 * @param stage its stage
 * @param stageVariables of the stage
 * @param handshake the upgrade request
 * @param connectionId of the connection
 * @param connectedAt when its handshake began
 * @param authorizer the authorizer's context with its principal, once it has answered
 */
public record SocketEvent(
        String apiId,
        String stage,
        Map<String, String> stageVariables,
        IncomingRequest handshake,
        String connectionId,
        Instant connectedAt,
        Optional<ObjectNode> authorizer) {

    /** The same connection once its authorizer has answered. */
    public SocketEvent authorized(ObjectNode context) {
        return new SocketEvent(
                apiId, stage, stageVariables, handshake, connectionId, connectedAt, Optional.of(context));
    }

    /** What the REQUEST authorizer gets. */
    public ObjectNode authorization(String requestId, String traceId, Instant now) {
        ObjectNode event = EventJson.object();
        event.put("type", "REQUEST");
        event.put("methodArn", methodArn());
        putHandshake(event, traceId);
        event.set("requestContext", context("$connect", "CONNECT", requestId, now));
        return event;
    }

    /** What {@code $connect} gets. */
    public ObjectNode connect(String requestId, String traceId, Instant now) {
        ObjectNode event = EventJson.object();
        putHandshake(event, traceId);
        event.set("requestContext", context("$connect", "CONNECT", requestId, now));
        event.put("isBase64Encoded", false);
        return event;
    }

    /** What a message's route gets: no headers, as API Gateway has it. */
    public ObjectNode message(String routeKey, String body, String requestId, String messageId, Instant now) {
        ObjectNode event = EventJson.object();
        ObjectNode context = context(routeKey, "MESSAGE", requestId, now);
        context.put("messageId", messageId);
        if (!stageVariables.isEmpty()) {
            event.set("stageVariables", EventJson.textsOrNull(stageVariables));
        }
        event.set("requestContext", context);
        event.put("body", body);
        event.put("isBase64Encoded", false);
        return event;
    }

    /** What {@code $disconnect} gets. */
    public ObjectNode disconnect(int statusCode, String reason, String requestId, Instant now) {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("Host", List.of(handshake.header("Host").orElse("")));
        headers.put("x-api-key", List.of(""));
        headers.put("x-restapi", List.of(""));
        ObjectNode event = EventJson.object();
        event.set("headers", EventJson.lastValues(headers));
        event.set("multiValueHeaders", EventJson.allValues(headers));
        if (!stageVariables.isEmpty()) {
            event.set("stageVariables", EventJson.textsOrNull(stageVariables));
        }
        ObjectNode context = context("$disconnect", "DISCONNECT", requestId, now);
        context.put("disconnectStatusCode", statusCode);
        context.put("disconnectReason", reason);
        event.set("requestContext", context);
        event.put("isBase64Encoded", false);
        return event;
    }

    /** The ARN an authorizer's policy must allow. */
    public String methodArn() {
        return "arn:aws:execute-api:us-east-1:" + EventJson.ACCOUNT + ":" + apiId + "/" + stage + "/$connect";
    }

    private void putHandshake(ObjectNode event, String traceId) {
        Map<String, List<String>> headers = handshake.forwardedHeaders(traceId);
        Map<String, List<String>> query = handshake.query();
        event.set("headers", EventJson.lastValues(headers));
        event.set("multiValueHeaders", EventJson.allValues(headers));
        if (!query.isEmpty()) {
            event.set("queryStringParameters", EventJson.lastValues(query));
            event.set("multiValueQueryStringParameters", EventJson.allValues(query));
        }
        if (!stageVariables.isEmpty()) {
            event.set("stageVariables", EventJson.textsOrNull(stageVariables));
        }
    }

    private ObjectNode context(String routeKey, String eventType, String requestId, Instant now) {
        ObjectNode context = EventJson.object();
        context.put("routeKey", routeKey);
        authorizer.ifPresent(values -> context.set("authorizer", values.deepCopy()));
        context.put("eventType", eventType);
        context.put("extendedRequestId", requestId);
        context.put("requestTime", EventJson.requestTime(now));
        context.put("messageDirection", "IN");
        context.put("stage", stage);
        context.put("connectedAt", connectedAt.toEpochMilli());
        context.put("requestTimeEpoch", now.toEpochMilli());
        ObjectNode identity = EventJson.object();
        handshake.header("User-Agent").ifPresent(agent -> identity.put("userAgent", agent));
        identity.put("sourceIp", handshake.sourceIp());
        context.set("identity", identity);
        context.put("requestId", requestId);
        context.put("domainName", handshake.domainName());
        context.put("connectionId", connectionId);
        context.put("apiId", apiId);
        return context;
    }
}
