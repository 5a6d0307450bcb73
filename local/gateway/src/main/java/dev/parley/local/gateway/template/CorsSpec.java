package dev.parley.local.gateway.template;

import java.util.Optional;

/**
 * The {@code Cors} property of a REST API: what its OPTIONS methods answer.
 *
 * @param allowOrigin value of {@code Access-Control-Allow-Origin}
 * @param allowMethods absent takes the methods of the path
 * @param allowHeaders names of request headers
 * @param maxAge seconds a browser may keep the answer
 * @param allowCredentials whether cookies may be sent
 */
public record CorsSpec(
        String allowOrigin,
        Optional<String> allowMethods,
        Optional<String> allowHeaders,
        Optional<String> maxAge,
        boolean allowCredentials) {}
