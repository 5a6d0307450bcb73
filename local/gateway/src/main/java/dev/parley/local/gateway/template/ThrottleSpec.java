package dev.parley.local.gateway.template;

/**
 * A token bucket of a stage: one of {@code MethodSettings} or the WebSocket's {@code DefaultRouteSettings}.
 *
 * @param method an HTTP method or {@code *}
 * @param path a resource path or {@code /*}
 * @param ratePerSecond tokens added a second
 * @param burst size of the bucket
 */
public record ThrottleSpec(String method, String path, double ratePerSecond, int burst) {}
