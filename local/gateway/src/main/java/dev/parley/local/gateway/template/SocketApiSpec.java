package dev.parley.local.gateway.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code AWS::Serverless::WebSocketApi}.
 *
 * @param id its logical id
 * @param stage its stage's name
 * @param selection its {@code RouteSelectionExpression}
 * @param authorizer of {@code $connect}, when there is one
 * @param routes by route key
 * @param stageVariables as in {@code StageVariables}
 * @param throttle messages, when limited
 */
public record SocketApiSpec(
        String id,
        String stage,
        String selection,
        Optional<Authorizer> authorizer,
        Map<String, Route> routes,
        Map<String, String> stageVariables,
        Optional<ThrottleSpec> throttle) {
    /**
     * A REQUEST authorizer.
     *
     * @param function logical id
     * @param identitySources such as {@code route.request.header.Authorization}; each must be there, or the answer is 401
     */
    public record Authorizer(String function, List<String> identitySources) {
        public Authorizer {
            identitySources = List.copyOf(identitySources);
        }
    }

    /**
     * One route.
     *
     * @param function logical id
     * @param timeout of the integration
     * @param replies whether the function's body is sent back: {@code RouteResponseSelectionExpression: $default}
     */
    public record Route(String function, Duration timeout, boolean replies) {}

    public SocketApiSpec {
        routes = Map.copyOf(routes);
        stageVariables = Map.copyOf(stageVariables);
    }
}
