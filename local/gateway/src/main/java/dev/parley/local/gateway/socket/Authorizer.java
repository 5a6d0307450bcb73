package dev.parley.local.gateway.socket;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.event.IncomingRequest;
import dev.parley.local.gateway.event.SocketEvent;
import dev.parley.local.gateway.function.InvocationException;
import dev.parley.local.gateway.function.LambdaFunction;
import dev.parley.local.gateway.http.GatewayResponse;
import dev.parley.local.gateway.http.HttpReply;
import dev.parley.local.gateway.template.SocketApiSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The REQUEST authorizer of {@code $connect}: its identity sources, its call, its policy and its context. Never cached, as on AWS. */
final class Authorizer {
    private static final Logger LOG = LoggerFactory.getLogger(Authorizer.class);
    private static final String HEADER = "route.request.header.";
    private static final String QUERY = "route.request.querystring.";
    private static final String STAGE_VARIABLE = "stageVariables.";
    private static final int CONTEXT_BYTES = 8 * 1024;

    /** What the authorizer decided. */
    sealed interface Decision {
        /** The handshake goes on with this context. */
        record Allowed(ObjectNode context) implements Decision {}

        /** The handshake ends with this reply. */
        record Refused(HttpReply reply) implements Decision {}
    }

    private final SocketApiSpec.Authorizer spec;
    private final LambdaFunction function;
    private final Map<String, String> stageVariables;

    Authorizer(SocketApiSpec.Authorizer spec, LambdaFunction function, Map<String, String> stageVariables) {
        this.spec = spec;
        this.function = function;
        this.stageVariables = stageVariables;
    }

    Decision decide(SocketEvent identity, String requestId, String traceId, Instant now, Duration timeout) {
        boolean complete = spec.identitySources().stream().allMatch(source -> present(source, identity.handshake()));
        if (!complete) {
            return new Decision.Refused(HttpReply.of(GatewayResponse.UNAUTHORIZED));
        }
        long began = System.nanoTime();
        try {
            byte[] event = EventJson.MAPPER.writeValueAsBytes(identity.authorization(requestId, traceId, now));
            JsonNode answer = EventJson.MAPPER.readTree(function.invoke(event, timeout));
            return judge(answer, identity.methodArn(), Duration.ofNanos(System.nanoTime() - began));
        } catch (InvocationException.Throttled e) {
            return new Decision.Refused(HttpReply.of(GatewayResponse.THROTTLED));
        } catch (InvocationException e) {
            boolean unauthorized =
                    e.getCause() != null && "Unauthorized".equals(e.getCause().getMessage());
            return new Decision.Refused(
                    HttpReply.of(unauthorized ? GatewayResponse.UNAUTHORIZED : GatewayResponse.INTERNAL));
        } catch (JacksonException e) {
            LOG.warn("The authorizer's answer is not JSON: {}", e.getOriginalMessage());
            return new Decision.Refused(HttpReply.of(GatewayResponse.INTERNAL));
        }
    }

    private static Decision judge(JsonNode answer, String arn, Duration latency) {
        if (!answer.path("principalId").isString()
                || !answer.path("policyDocument").isObject()) {
            LOG.warn("The authorizer's answer lacks principalId or policyDocument");
            return new Decision.Refused(HttpReply.of(GatewayResponse.INTERNAL));
        }
        if (!PolicyCheck.allows(answer.path("policyDocument"), arn)) {
            return new Decision.Refused(HttpReply.of(GatewayResponse.ACCESS_DENIED));
        }
        ObjectNode context = EventJson.MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> entry : answer.path("context").properties()) {
            if (!entry.getValue().isValueNode()) {
                LOG.warn("The authorizer's context may hold texts, numbers and booleans, not {}", entry.getKey());
                return new Decision.Refused(HttpReply.of(GatewayResponse.INTERNAL));
            }
            context.put(entry.getKey(), entry.getValue().asString());
        }
        if (context.toString().getBytes(StandardCharsets.UTF_8).length > CONTEXT_BYTES) {
            LOG.warn("The authorizer's context is larger than {} bytes", CONTEXT_BYTES);
            return new Decision.Refused(HttpReply.of(GatewayResponse.INTERNAL));
        }
        context.put("principalId", answer.path("principalId").stringValue());
        context.put("integrationLatency", latency.toMillis());
        return new Decision.Allowed(context);
    }

    private boolean present(String source, IncomingRequest handshake) {
        if (source.startsWith(HEADER)) {
            return handshake
                    .header(source.substring(HEADER.length()))
                    .filter(value -> !value.isBlank())
                    .isPresent();
        }
        if (source.startsWith(QUERY)) {
            return !handshake
                    .query()
                    .getOrDefault(source.substring(QUERY.length()), List.of(""))
                    .getLast()
                    .isBlank();
        }
        return source.startsWith(STAGE_VARIABLE)
                && !stageVariables
                        .getOrDefault(source.substring(STAGE_VARIABLE.length()), "")
                        .isBlank();
    }
}
