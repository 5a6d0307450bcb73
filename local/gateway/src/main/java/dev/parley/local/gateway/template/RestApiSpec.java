package dev.parley.local.gateway.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code AWS::Serverless::Api} with the routes of every function.
 *
 * @param id its logical id
 * @param stage its stage's name
 * @param routes in the template's order
 * @param binaryMediaTypes as in {@code BinaryMediaTypes}
 * @param stageVariables as in {@code Variables}
 * @param cors absent when the API has none
 * @param throttles as in {@code MethodSettings}
 */
public record RestApiSpec(
        String id,
        String stage,
        List<RestRoute> routes,
        List<String> binaryMediaTypes,
        Map<String, String> stageVariables,
        Optional<CorsSpec> cors,
        List<ThrottleSpec> throttles) {
    public RestApiSpec {
        routes = List.copyOf(routes);
        binaryMediaTypes = List.copyOf(binaryMediaTypes);
        stageVariables = Map.copyOf(stageVariables);
        throttles = List.copyOf(throttles);
    }
}
