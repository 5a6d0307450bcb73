package dev.parley.platform.lambda;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.Role;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.TokenException;
import dev.parley.kernel.tokens.TokenVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The REST routes of one function: patterns as in {@code template.yaml}, who may use each, and what answers. Around the handlers it
 * verifies the bearer token and that it was not taken back, bounds the body, turns every failure into the envelope and sets the headers that every reply carries.
 * Thread-safe.
 */
public final class Routes {
    /** A body larger than this is refused, unless the route allows more. */
    public static final int DEFAULT_BODY_BYTES = 64 * 1024;

    private static final String BEARER = "bearer ";
    private static final String NOBODY = "u_nobody";
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private record Route(RoutePattern pattern, Access access, int bodyBytes, RestHandler handler) {}

    private record Match(Route route, Map<String, String> parameters) {}

    private final List<Route> routes;
    private final TokenVerifier<AccessClaims> verifier;
    private final Revocations revocations;
    private final InstantSource clock;
    private final JsonLog log;

    private Routes(Builder builder) {
        this.routes = List.copyOf(builder.routes);
        this.verifier = builder.verifier;
        this.revocations = builder.revocations;
        this.clock = builder.clock;
        this.log = builder.log;
    }

    /**
     * @param verifier of access tokens
     * @param revocations which of them are refused all the same
     * @param clock for the timestamps of failures
     * @param log where failures of ours are written
     */
    public static Builder builder(
            TokenVerifier<AccessClaims> verifier, Revocations revocations, InstantSource clock, JsonLog log) {
        return new Builder(verifier, revocations, clock, log);
    }

    /** The patterns, as they must stand in {@code template.yaml}. */
    public List<String> patterns() {
        return routes.stream().map(route -> route.pattern().toString()).toList();
    }

    /** Answers one request. Never throws for what a client can send. */
    public HttpResponse handle(HttpRequest request) {
        HttpResponse response;
        try {
            Match match = find(request);
            response = match.route().handler().handle(admit(request, match));
        } catch (ApiException e) {
            note(request, e);
            response = refusal(e, request);
        } catch (RuntimeException | StackOverflowError e) {
            log.failure(named(request) + " failed", request.requestId(), e);
            response = refusal(
                    Errors.INTERNAL.exception(Errors.INTERNAL.message(), Map.of("reference", request.requestId())),
                    request);
        } catch (Error e) {
            // Not ours to answer: the runtime ends or the gateway says so. The reference stands here all the same.
            log.failure(named(request) + " failed", request.requestId(), e);
            throw e;
        }
        return response.withDefault("Cache-Control", "no-store")
                .withDefault("X-Content-Type-Options", "nosniff")
                .withDefault("Referrer-Policy", "no-referrer")
                .withDefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .withDefault("X-Request-Id", request.requestId());
    }

    /**
     * Goes the way of every request once, up to where a handler would hear of it: the keys are read, a token is looked at, it is asked whether
     * it was taken back, and a reply is written. Changes nothing.
     *
     * @throws ApiException when a store does not answer
     */
    HttpResponse rehearse(HttpRequest request) {
        HttpResponse reply = refusal(Errors.NOT_FOUND.exception(), request);
        RoutePattern.partsOf(request.path());
        verifier.rehearse();
        revocations.isRevoked(NOBODY, clock.instant());
        return reply;
    }

    /** A part that is slow or full passes; any other failure of ours is an accident, even where it has a code. */
    private void note(HttpRequest request, ApiException e) {
        if (e.status() < 500) {
            log.refused(named(request), e.code(), request.requestId());
        } else if (e.status() == 503) {
            log.unavailable(e.code(), request.requestId(), e);
        } else {
            log.failure(named(request) + " failed: " + e.code(), request.requestId(), e);
        }
    }

    private static String named(HttpRequest request) {
        return request.method() + " " + request.path();
    }

    private Match find(HttpRequest request) {
        List<String> path = RoutePattern.partsOf(request.path().startsWith("/") ? request.path() : "/");
        Set<String> otherMethods = new TreeSet<>();
        Match best = null;
        for (Route route : routes) {
            Optional<Map<String, String>> parameters = route.pattern().match(path);
            if (parameters.isEmpty()) {
                continue;
            }
            if (!route.pattern().method().equals(request.method())) {
                otherMethods.add(route.pattern().method());
            } else if (best == null
                    || route.pattern().fixedParts() > best.route().pattern().fixedParts()) {
                best = new Match(route, parameters.get());
            }
        }
        if (best != null) {
            return best;
        }
        if (otherMethods.isEmpty()) {
            throw Errors.NOT_FOUND.exception();
        }
        throw Errors.METHOD_NOT_ALLOWED.exception(
                Errors.METHOD_NOT_ALLOWED.message(), Map.of("allow", List.copyOf(otherMethods)));
    }

    private HttpRequest admit(HttpRequest request, Match match) {
        Route route = match.route();
        Optional<Principal> caller =
                route.access().needsToken() ? Optional.of(authenticate(request, route.access())) : Optional.empty();
        if (request.body().length > route.bodyBytes()) {
            throw Errors.BODY_TOO_LARGE.exception(
                    "The body may have " + route.bodyBytes() + " bytes at most.", Map.of("limit", route.bodyBytes()));
        }
        return request.with(match.parameters(), caller);
    }

    private Principal authenticate(HttpRequest request, Access access) {
        String header = request.header("authorization").orElseThrow(Errors.TOKEN_MISSING::exception);
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw Errors.TOKEN_MISSING.exception();
        }
        AccessClaims claims;
        try {
            claims = verify(header.substring(BEARER.length()).strip(), access);
        } catch (TokenException e) {
            throw e.reason() == TokenException.Reason.EXPIRED
                    ? Errors.TOKEN_EXPIRED.exception()
                    : Errors.TOKEN_INVALID.exception();
        }
        if (isRevoked(claims, request, access)) {
            throw Errors.TOKEN_REVOKED.exception();
        }
        if (!access.allows(claims.role())) {
            throw Errors.FORBIDDEN.exception();
        }
        return claims.principal();
    }

    /** A device's token is for the routes of devices alone: everywhere else it is one for somebody else. */
    private AccessClaims verify(String token, Access access) {
        try {
            return notOf(Role.DEVICE, verifier.verify(token, Audience.API));
        } catch (TokenException e) {
            if (e.reason() != TokenException.Reason.AUDIENCE || !access.allows(Role.DEVICE)) {
                throw e;
            }
        }
        AccessClaims claims = verifier.verify(token, Audience.DEVICE);
        if (claims.role() != Role.DEVICE) {
            throw new TokenException(TokenException.Reason.CLAIMS);
        }
        return claims;
    }

    private static AccessClaims notOf(Role role, AccessClaims claims) {
        if (claims.role() == role) {
            throw new TokenException(TokenException.Reason.CLAIMS);
        }
        return claims;
    }

    /**
     * Guests have no account that could be taken from them: their meeting refuses them itself. When it cannot be known whether a token was
     * taken back, it may still read what any account may read, for the ten minutes it lives; it changes nothing.
     */
    private boolean isRevoked(AccessClaims claims, HttpRequest request, Access access) {
        if (claims.role() == Role.GUEST) {
            return false;
        }
        try {
            return revocations.isRevoked(claims.userId(), claims.issuedAt().orElse(Instant.EPOCH));
        } catch (ApiException e) {
            if (access.isPrivileged() || !READING.contains(request.method())) {
                throw e;
            }
            log.unavailable(e.code(), request.requestId(), e);
            return false;
        }
    }

    private HttpResponse refusal(ApiException e, HttpRequest request) {
        Map<String, Object> details = e.details().isEmpty() ? null : e.details();
        HttpResponse response = HttpResponse.envelope(new Envelope.Failure(
                e.status(), e.getMessage(), e.code(), details, clock.instant(), request.requestId()));
        if (e.status() == 401) {
            response = response.with("WWW-Authenticate", "Bearer");
        }
        if (e.details().get("allow") instanceof List<?> methods) {
            response = response.with(
                    "Allow",
                    String.join(", ", methods.stream().map(String::valueOf).toList()));
        }
        if (e.retryAfter().isPresent()) {
            long seconds = Math.max(1, (e.retryAfter().get().toMillis() + 999) / 1000);
            response = response.with("Retry-After", Long.toString(seconds));
        }
        return response;
    }

    /** Collects the routes. */
    public static final class Builder {
        private final List<Route> routes = new ArrayList<>();
        private final Set<String> known = new HashSet<>();
        private final TokenVerifier<AccessClaims> verifier;
        private final Revocations revocations;
        private final InstantSource clock;
        private final JsonLog log;

        private Builder(
                TokenVerifier<AccessClaims> verifier, Revocations revocations, InstantSource clock, JsonLog log) {
            this.verifier = Objects.requireNonNull(verifier);
            this.revocations = Objects.requireNonNull(revocations);
            this.clock = Objects.requireNonNull(clock);
            this.log = Objects.requireNonNull(log);
        }

        /** A route with a body of at most {@link #DEFAULT_BODY_BYTES}. @param pattern {@code METHOD /path/{name}} */
        public Builder route(String pattern, Access access, RestHandler handler) {
            return route(pattern, access, DEFAULT_BODY_BYTES, handler);
        }

        /** A route with a body of at most {@code bodyBytes}. */
        public Builder route(String pattern, Access access, int bodyBytes, RestHandler handler) {
            RoutePattern parsed = RoutePattern.parse(pattern);
            if (!known.add(parsed.toString())) {
                throw new IllegalArgumentException("The route " + pattern + " is there twice");
            }
            routes.add(new Route(parsed, Objects.requireNonNull(access), bodyBytes, Objects.requireNonNull(handler)));
            return this;
        }

        public Routes build() {
            return new Routes(this);
        }
    }
}
