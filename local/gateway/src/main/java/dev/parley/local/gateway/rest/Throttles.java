package dev.parley.local.gateway.rest;

import dev.parley.local.gateway.http.TokenBucket;
import dev.parley.local.gateway.template.RestRoute;
import dev.parley.local.gateway.template.ThrottleSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The stage's throttles: a method's own setting before the stage's default. */
final class Throttles {
    private final List<ThrottleSpec> specs;
    private final LongSupplier nanoClock;
    private final Map<ThrottleSpec, TokenBucket> buckets = new ConcurrentHashMap<>();

    Throttles(List<ThrottleSpec> specs, LongSupplier nanoClock) {
        this.specs = specs;
        this.nanoClock = nanoClock;
    }

    /** Whether a request of this route and method may pass now. */
    boolean admits(RestRoute route, String method) {
        return specs.stream()
                .filter(spec ->
                        spec.path().equals(route.path()) && spec.method().equals(method))
                .findFirst()
                .or(() -> specs.stream()
                        .filter(spec ->
                                spec.path().equals("/*") && spec.method().equals("*"))
                        .findFirst())
                .map(spec -> buckets.computeIfAbsent(
                                spec, it -> new TokenBucket(it.ratePerSecond(), it.burst(), nanoClock))
                        .take())
                .orElse(true);
    }
}
