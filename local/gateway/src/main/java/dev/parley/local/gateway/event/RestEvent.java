package dev.parley.local.gateway.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event of a REST API with Lambda proxy integration, payload format 1.0.
 *
 * @param apiId id of the API
 * @param stage its stage
 * @param resource the route's path, with its parameters in braces
 * @param pathParameters their values, decoded
 * @param stageVariables of the stage
 * @param request what the client sent
 * @param requestId of this request
 * @param extendedRequestId of this request
 * @param traceId for {@code X-Amzn-Trace-Id}, unless the client sent one
 * @param now when it arrived
 */
public record RestEvent(
        String apiId,
        String stage,
        String resource,
        Map<String, String> pathParameters,
        Map<String, String> stageVariables,
        IncomingRequest request,
        String requestId,
        String extendedRequestId,
        String traceId,
        Instant now) {

    /**
     * Builds the event.
     *
     * @param body the request's body
     * @param binary whether its media type is one of the API's binary ones
     */
    public ObjectNode json(byte[] body, boolean binary) {
        Map<String, List<String>> headers = request.forwardedHeaders(traceId);
        Map<String, List<String>> query = request.query();
        ObjectNode event = EventJson.object();
        event.put("resource", resource);
        event.put("path", request.path());
        event.put("httpMethod", request.method());
        event.set("headers", EventJson.lastValues(headers));
        event.set("multiValueHeaders", EventJson.allValues(headers));
        event.set("queryStringParameters", query.isEmpty() ? null : EventJson.lastValues(query));
        event.set("multiValueQueryStringParameters", query.isEmpty() ? null : EventJson.allValues(query));
        event.set("pathParameters", EventJson.textsOrNull(pathParameters));
        event.set("stageVariables", EventJson.textsOrNull(stageVariables));
        event.set("requestContext", context());
        boolean encoded = binary || !isUtf8(body);
        event.put("body", body.length == 0 ? null : text(body, encoded));
        event.put("isBase64Encoded", body.length > 0 && encoded);
        return event;
    }

    private ObjectNode context() {
        ObjectNode context = EventJson.object();
        context.put("resourceId", EventIds.stableId(resource, 6));
        context.put("resourcePath", resource);
        context.put("httpMethod", request.method());
        context.put("extendedRequestId", extendedRequestId);
        context.put("requestTime", EventJson.requestTime(now));
        context.put("path", "/" + stage + request.path());
        context.put("accountId", EventJson.ACCOUNT);
        context.put("protocol", request.protocol());
        context.put("stage", stage);
        String domain = request.domainName();
        context.put("domainPrefix", domain.replaceFirst("\\..*", ""));
        context.put("requestTimeEpoch", now.toEpochMilli());
        context.put("requestId", requestId);
        context.set("identity", identity());
        context.put("domainName", domain);
        context.put("deploymentId", EventIds.stableId(apiId + stage, 6));
        context.put("apiId", apiId);
        return context;
    }

    private ObjectNode identity() {
        ObjectNode identity = EventJson.object();
        identity.putNull("cognitoIdentityPoolId");
        identity.putNull("accountId");
        identity.putNull("cognitoIdentityId");
        identity.putNull("caller");
        identity.put("sourceIp", request.sourceIp());
        identity.putNull("principalOrgId");
        identity.putNull("accessKey");
        identity.putNull("cognitoAuthenticationType");
        identity.putNull("cognitoAuthenticationProvider");
        identity.putNull("userArn");
        identity.put("userAgent", request.header("User-Agent").orElse(null));
        identity.putNull("user");
        return identity;
    }

    private static String text(byte[] body, boolean encoded) {
        return encoded ? Base64.getEncoder().encodeToString(body) : new String(body, StandardCharsets.UTF_8);
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
