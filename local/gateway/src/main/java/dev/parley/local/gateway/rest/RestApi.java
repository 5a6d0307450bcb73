package dev.parley.local.gateway.rest;

import dev.parley.local.gateway.event.EventIds;
import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.event.IncomingRequest;
import dev.parley.local.gateway.event.ProxyReply;
import dev.parley.local.gateway.event.RestEvent;
import dev.parley.local.gateway.function.Functions;
import dev.parley.local.gateway.function.InvocationException;
import dev.parley.local.gateway.http.GatewayResponse;
import dev.parley.local.gateway.http.HttpReply;
import dev.parley.local.gateway.template.CorsSpec;
import dev.parley.local.gateway.template.RestApiSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the REST API of a template: one call, one invocation, one reply. */
public final class RestApi {
    private static final Logger LOG = LoggerFactory.getLogger(RestApi.class);
    /** Header names that API Gateway does not let a function set under their own name. */
    private static final Set<String> REMAPPED = Set.of(
            "authorization",
            "connection",
            "content-length",
            "content-md5",
            "date",
            "expect",
            "host",
            "max-forwards",
            "proxy-authenticate",
            "server",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "www-authenticate");

    private final RestApiSpec spec;
    private final RestRouter router;
    private final Functions functions;
    private final Throttles throttles;
    private final EventIds ids;
    private final InstantSource clock;
    private final Duration integrationTimeout;

    /**
     * @param integrationTimeout how long the gateway waits for a function: 29 s on AWS
     */
    public RestApi(
            RestApiSpec spec,
            Functions functions,
            EventIds ids,
            InstantSource clock,
            LongSupplier nanoClock,
            Duration integrationTimeout) {
        this.spec = spec;
        this.router = new RestRouter(spec.routes());
        this.functions = functions;
        this.throttles = new Throttles(spec.throttles(), nanoClock);
        this.ids = ids;
        this.clock = clock;
        this.integrationTimeout = integrationTimeout;
    }

    /** Whether a path is the API's to answer, if only by an error. */
    public boolean owns(String path) {
        return router.owns(path);
    }

    /** Answers one request. */
    public HttpReply answer(IncomingRequest request, byte[] body) {
        String requestId = ids.requestId();
        String extendedRequestId = ids.shortId();
        HttpReply reply;
        try {
            reply = route(request, body, requestId, extendedRequestId);
        } catch (RuntimeException e) {
            LOG.error("{} {} ({}) failed in the gateway", request.method(), request.path(), requestId, e);
            reply = HttpReply.of(GatewayResponse.INTERNAL);
        }
        return reply.with("x-amzn-RequestId", requestId).with("x-amz-apigw-id", extendedRequestId);
    }

    private HttpReply route(IncomingRequest request, byte[] body, String requestId, String extendedRequestId) {
        Optional<RestRouter.Match> match;
        try {
            match = router.match(request.method(), request.path());
            request.query();
        } catch (IllegalArgumentException e) {
            return HttpReply.of(GatewayResponse.BAD_REQUEST);
        }
        if (match.isEmpty()) {
            return request.method().equals("OPTIONS")
                    ? preflight(request.path())
                    : HttpReply.of(GatewayResponse.MISSING_AUTHENTICATION_TOKEN);
        }
        RestRouter.Match found = match.get();
        if (!throttles.admits(found.route(), request.method())) {
            return HttpReply.of(GatewayResponse.THROTTLED);
        }
        Instant now = clock.instant();
        var event = new RestEvent(
                EventIds.stableId(spec.id(), 10),
                spec.stage(),
                found.route().path(),
                found.pathParameters(),
                spec.stageVariables(),
                request,
                requestId,
                extendedRequestId,
                ids.traceId(now.getEpochSecond()),
                now);
        boolean binary = request.header("Content-Type").map(this::isBinary).orElse(false);
        return invoke(
                found.route().function(),
                EventJson.MAPPER.writeValueAsBytes(event.json(body, binary)),
                request,
                requestId);
    }

    private HttpReply invoke(String function, byte[] event, IncomingRequest request, String requestId) {
        try {
            return reply(ProxyReply.parse(functions.get(function).invoke(event, integrationTimeout)), request);
        } catch (InvocationException.Throttled e) {
            return HttpReply.of(GatewayResponse.THROTTLED);
        } catch (InvocationException.TimedOut e) {
            LOG.error("{} {} ({}): no answer", request.method(), request.path(), requestId, e);
            return HttpReply.of(GatewayResponse.INTEGRATION_TIMEOUT);
        } catch (InvocationException e) {
            LOG.error("{} {} ({}): no answer", request.method(), request.path(), requestId, e);
            return HttpReply.of(GatewayResponse.BAD_INTEGRATION);
        } catch (ProxyReply.Malformed e) {
            LOG.error(
                    "{} {} ({}): {} answered against the proxy contract: {}",
                    request.method(),
                    request.path(),
                    requestId,
                    function,
                    e.getMessage());
            return HttpReply.of(GatewayResponse.BAD_INTEGRATION);
        }
    }

    private HttpReply reply(ProxyReply answer, IncomingRequest request) {
        var headers = new LinkedHashMap<String, List<String>>();
        answer.headers().forEach((name, values) -> {
            boolean remapped = REMAPPED.contains(name.toLowerCase(Locale.ROOT));
            headers.put(remapped ? "x-amzn-Remapped-" + name : name, values);
        });
        if (answer.header("Content-Type").isEmpty()) {
            headers.put("Content-Type", List.of("application/json"));
        }
        // Base64 is undone only for clients that accept one of the API's binary types, as on AWS.
        boolean decode = answer.base64()
                && request.header("Accept")
                        .map(accept -> accept.split(",")[0])
                        .map(this::isBinary)
                        .orElse(spec.binaryMediaTypes().contains("*/*"));
        byte[] body = answer.base64() && !decode ? Base64.getEncoder().encode(answer.body()) : answer.body();
        return new HttpReply(answer.status(), headers, body);
    }

    private boolean isBinary(String contentType) {
        String type = contentType.split(";")[0].strip().toLowerCase(Locale.ROOT);
        return spec.binaryMediaTypes().stream()
                .anyMatch(binary -> binary.equals("*/*")
                        || binary.equalsIgnoreCase(type)
                        || binary.endsWith("/*") && type.startsWith(binary.substring(0, binary.length() - 1)));
    }

    private HttpReply preflight(String path) {
        Set<String> methods = router.methods(path);
        if (methods.isEmpty() || spec.cors().isEmpty()) {
            return HttpReply.of(GatewayResponse.MISSING_AUTHENTICATION_TOKEN);
        }
        CorsSpec cors = spec.cors().get();
        var allowed = new TreeSet<>(methods);
        allowed.add("OPTIONS");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Access-Control-Allow-Origin", List.of(cors.allowOrigin()));
        headers.put("Access-Control-Allow-Methods", List.of(cors.allowMethods().orElse(String.join(",", allowed))));
        cors.allowHeaders().ifPresent(value -> headers.put("Access-Control-Allow-Headers", List.of(value)));
        cors.maxAge().ifPresent(value -> headers.put("Access-Control-Max-Age", List.of(value)));
        if (cors.allowCredentials()) {
            headers.put("Access-Control-Allow-Credentials", List.of("true"));
        }
        headers.put("Content-Type", List.of("application/json"));
        return new HttpReply(200, headers, new byte[0]);
    }
}
