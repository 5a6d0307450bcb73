package dev.parley.platform.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.Errors;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.InMemoryEphemeral;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.Role;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.TokenException;
import dev.parley.kernel.tokens.TokenVerifier;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RoutesTest {
    private static final Instant ISSUED = Instant.parse("2026-03-01T12:00:00Z");

    private record Hello(String name, int count) {}

    private final HandMovedClock clock = new HandMovedClock();
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final JsonLog log = new JsonLog("test", clock, new PrintStream(logged, true, StandardCharsets.UTF_8));
    private final Revocations remembered = new EphemeralRevocations(new InMemoryEphemeral(clock), clock);
    private final Revocations revocations = new Revocations() {
        @Override
        public void revoke(String userId) {
            remembered.revoke(userId);
        }

        @Override
        public boolean isRevoked(String userId, Instant issuedAt) {
            if (storeFails) {
                throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(2));
            }
            return remembered.isRevoked(userId, issuedAt);
        }
    };
    private boolean storeFails;
    private final TokenVerifier<AccessClaims> verifier = (token, audience) -> switch (token) {
        case "good" -> AccessClaims.user("u_1", "s_1", 1, Role.USER, "Ada").issued(ISSUED);
        case "newer" -> AccessClaims.user("u_1", "s_1", 1, Role.USER, "Ada").issued(ISSUED.plusSeconds(1));
        case "admin" -> AccessClaims.user("u_2", "s_2", 1, Role.ADMIN, "Root").issued(ISSUED);
        case "guest" -> AccessClaims.guest("g_1", "Bob", "abc-defg-hij", "key");
        case "device" -> {
            if (!audience.equals(Audience.DEVICE)) {
                throw new TokenException(TokenException.Reason.AUDIENCE);
            }
            yield AccessClaims.device("dv_1", "Meter").issued(ISSUED);
        }
        // Signed by us, and what neither issuer makes.
        case "device-for-people" -> AccessClaims.device("dv_1", "Meter").issued(ISSUED);
        case "person-for-devices" -> {
            if (!audience.equals(Audience.DEVICE)) {
                throw new TokenException(TokenException.Reason.AUDIENCE);
            }
            yield AccessClaims.user("u_1", "s_1", 1, Role.USER, "Ada").issued(ISSUED);
        }
        case "old" -> throw new TokenException(TokenException.Reason.EXPIRED);
        default -> throw new TokenException(TokenException.Reason.SIGNATURE);
    };
    private final Routes routes = Routes.builder(verifier, revocations, clock, log)
            .route(
                    "GET /open",
                    Access.OPEN,
                    request -> HttpResponse.ok(Map.of("caller", request.caller().isPresent())))
            .route(
                    "GET /meetings/{id}",
                    Access.GUEST,
                    request -> HttpResponse.ok(Map.of("id", request.pathParameter("id"))))
            .route(
                    "GET /meetings/mine",
                    Access.USER,
                    request ->
                            HttpResponse.ok(Map.of("mine", request.principal().userId())))
            .route(
                    "GET /pushes",
                    Access.USER.andDevices(),
                    request ->
                            HttpResponse.ok(Map.of("caller", request.principal().userId())))
            .route("POST /hello", Access.USER, 100, request -> HttpResponse.created(request.body(Hello.class)))
            .route("GET /admin", Access.roles(Role.ADMIN), request -> HttpResponse.done())
            .route("GET /wait", Access.OPEN, request -> {
                throw Errors.limited(Duration.ofMillis(1200));
            })
            .route("GET /broken", Access.OPEN, request -> {
                throw new IllegalStateException("secret detail");
            })
            .route("GET /unlinked", Access.OPEN, request -> {
                throw new NoClassDefFoundError("dev/parley/Missing");
            })
            .route("GET /slow", Access.OPEN, request -> {
                throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
            })
            .route("GET /odd", Access.OPEN, request -> {
                throw Errors.INTERNAL.exception();
            })
            .build();

    private HttpResponse send(String method, String path, String body, String token, String contentType) {
        Map<String, List<String>> headers = new HashMap<>();
        if (token != null) {
            headers.put("authorization", List.of("Bearer " + token));
        }
        if (contentType != null) {
            headers.put("content-type", List.of(contentType));
        }
        return routes.handle(new HttpRequest(
                method,
                path,
                Map.of(),
                Map.of(),
                headers,
                body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                "req-1",
                "203.0.113.9"));
    }

    private HttpResponse get(String path, String token) {
        return send("GET", path, null, token, null);
    }

    private static String error(HttpResponse response) {
        return GoldenEvents.tree(response.body()).path("error").asString();
    }

    @Test
    void everyReplyIsAnEnvelopeThatNobodyKeeps() {
        HttpResponse reply = get("/open", null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"code\":200,\"message\":\"success\",\"data\":{\"caller\":false}}");
        assertThat(reply.headers())
                .containsEntry("Content-Type", List.of("application/json"))
                .containsEntry("Cache-Control", List.of("no-store"))
                .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                .containsEntry("X-Request-Id", List.of("req-1"));
    }

    @Test
    void aRefusalSaysWhatWhyAndWhen() {
        JsonNode refused = GoldenEvents.tree(get("/nowhere", null).body());

        assertThat(refused.path("code").asInt()).isEqualTo(404);
        assertThat(refused.path("error").asString()).isEqualTo("request.not_found");
        assertThat(refused.path("timestamp").asString()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(refused.path("request_id").asString()).isEqualTo("req-1");
        assertThat(refused.has("details")).isFalse();
        assertThat(refused.has("data")).isFalse();
    }

    @Test
    void aFixedPathIsMeantBeforeANamedOne() {
        assertThat(get("/meetings/mine", "good").body()).contains("u_1");
        assertThat(get("/meetings/abc-defg-hij", "good").body()).contains("abc-defg-hij");
        assertThat(get("/meetings/a%2Fb%20c+d", "good").body()).contains("a/b c+d");
        assertThat(error(get("/meetings/", "good"))).isEqualTo("request.not_found");
        assertThat(error(get("/meetings/a/b", "good"))).isEqualTo("request.not_found");
        assertThat(error(get("/meetings/%zz", "good"))).isEqualTo("request.not_found");
        assertThat(error(get("", "good"))).isEqualTo("request.not_found");
    }

    @Test
    void anotherMethodIsToldWhichOnesThereAre() {
        HttpResponse refused = send("DELETE", "/open", null, null, null);

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.headers()).containsEntry("Allow", List.of("GET"));
    }

    @Test
    void aRouteLetsInWhomItSays() {
        assertThat(error(get("/meetings/mine", null))).isEqualTo("auth.required");
        assertThat(get("/meetings/mine", null).headers()).containsEntry("WWW-Authenticate", List.of("Bearer"));
        assertThat(error(get("/meetings/mine", "old"))).isEqualTo("auth.expired");
        assertThat(error(get("/meetings/mine", "forged"))).isEqualTo("auth.invalid");
        assertThat(error(get("/meetings/mine", "guest"))).isEqualTo("auth.forbidden");
        assertThat(get("/meetings/abc-defg-hij", "guest").status()).isEqualTo(200);
        assertThat(error(get("/admin", "good"))).isEqualTo("auth.forbidden");
        assertThat(get("/admin", "admin").status()).isEqualTo(200);
    }

    @Test
    void aDeviceIsLetInWhereDevicesAreAndNowhereElse() {
        assertThat(get("/pushes", "device").status()).isEqualTo(200);
        assertThat(get("/pushes", "good").status()).isEqualTo(200);
        assertThat(get("/pushes", "guest").status()).isEqualTo(403);
        for (String route : List.of("/meetings/mine", "/meetings/abc", "/admin")) {
            assertThat(get(route, "device").status()).as(route).isEqualTo(401);
        }
        for (String forged : List.of("device-for-people", "person-for-devices")) {
            assertThat(get("/pushes", forged).status()).as(forged).isEqualTo(401);
            assertThat(get("/meetings/abc", forged).status()).as(forged).isEqualTo(401);
        }
        revocations.revoke("dv_1");
        clock.advance(Duration.ofSeconds(2));
        assertThat(get("/pushes", "device").status()).isEqualTo(401);
    }

    @Test
    void anOpenRouteDoesNotLookAtTokens() {
        assertThat(get("/open", "forged").status()).isEqualTo(200);
    }

    @Test
    void aBodyIsReadOrRefusedByItsField() {
        assertThat(send("POST", "/hello", "{\"name\":\"Ada\",\"count\":3,\"more\":1}", "good", "application/json")
                        .body())
                .contains("\"code\":201")
                .contains("\"name\":\"Ada\"");
        HttpResponse wrong = send("POST", "/hello", "{\"name\":\"Ada\",\"count\":\"x\"}", "good", "application/json");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("\"error\":\"request.invalid\"").contains("\"field\":\"count\"");
        assertThat(error(send("POST", "/hello", "{", "good", "application/json")))
                .isEqualTo("request.unreadable");
        assertThat(error(send("POST", "/hello", "null", "good", "application/json")))
                .isEqualTo("request.unreadable");
        assertThat(error(send("POST", "/hello", null, "good", "application/json")))
                .isEqualTo("request.unreadable");
        assertThat(error(send("POST", "/hello", "{}", "good", "text/plain"))).isEqualTo("request.media_type");
        assertThat(error(send("POST", "/hello", "{}" + " ".repeat(99), "good", "application/json")))
                .isEqualTo("request.too_large");
        assertThat(send("POST", "/hello", "[".repeat(90), "good", "application/json")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aWaitIsRoundedUpToSeconds() {
        HttpResponse refused = get("/wait", null);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("Retry-After", List.of("2"));
    }

    @Test
    void anAccidentIsLoggedWithTheReferenceTheClientGetsAndNothingElse() {
        HttpResponse broken = get("/broken", null);

        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.body())
                .contains("\"error\":\"internal\"")
                .contains("\"reference\":\"req-1\"")
                .doesNotContain("secret")
                .doesNotContain("Exception");
        assertThat(logged.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line -> {
                    JsonNode entry = GoldenEvents.tree(line);
                    assertThat(entry.path("level").asString()).isEqualTo("ERROR");
                    assertThat(entry.path("request_id").asString()).isEqualTo("req-1");
                    assertThat(entry.path("cause").path("message").asString()).isEqualTo("secret detail");
                });
    }

    @Test
    void everyFailureIsFoundInTheLogByTheReferenceTheClientGets() {
        get("/hello", "good");
        get("/slow", null);
        get("/odd", null);
        assertThatThrownBy(() -> get("/unlinked", null)).isInstanceOf(NoClassDefFoundError.class);

        List<JsonNode> entries = logged.toString(StandardCharsets.UTF_8)
                .lines()
                .map(GoldenEvents::tree)
                .toList();
        assertThat(entries)
                .extracting(
                        entry -> entry.path("level").asString(),
                        entry -> entry.path("msg").asString())
                .containsExactly(
                        tuple("INFO", "GET /hello refused: request.method"),
                        tuple("WARN", "answered store.unavailable"),
                        tuple("ERROR", "GET /odd failed: internal"),
                        tuple("ERROR", "GET /unlinked failed"));
        assertThat(entries)
                .allSatisfy(
                        entry -> assertThat(entry.path("request_id").asString()).isEqualTo("req-1"));
        assertThat(entries.getLast().path("cause").path("at").isEmpty()).isFalse();
    }

    @Test
    void aTableNamesEachRouteOnce() {
        assertThat(routes.patterns()).contains("GET /meetings/{id}");
        assertThatThrownBy(() -> Routes.builder(verifier, revocations, clock, log)
                        .route("GET /a", Access.OPEN, request -> HttpResponse.done())
                        .route("GET /a", Access.OPEN, request -> HttpResponse.done()))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> Routes.builder(verifier, revocations, clock, log)
                        .route("/a", Access.OPEN, request -> HttpResponse.done()))
                .hasMessageContaining("METHOD /path");
    }

    @Test
    void aTokenThatWasTakenBackIsRefusedEverywhereAndANewerOneIsNot() {
        assertThat(send("POST", "/hello", "{}", "good", "application/json").status())
                .isEqualTo(201);

        revocations.revoke("u_1");

        for (String route : List.of("GET /meetings/mine", "POST /hello", "GET /meetings/x", "GET /admin")) {
            String[] parts = route.split(" ");
            HttpResponse refused = send(parts[0], parts[1], "{}", "good", "application/json");
            assertThat(refused.status()).as(route).isEqualTo(401);
            assertThat(error(refused)).isEqualTo("auth.revoked");
        }
        assertThat(get("/meetings/mine", "newer").status()).isEqualTo(200);
        assertThat(get("/meetings/x", "guest").status()).isEqualTo(200);
        assertThat(get("/open", "good").status()).isEqualTo(200);
    }

    @Test
    void whenThatCannotBeKnownNothingIsChangedAndNothingPrivilegedRead() {
        storeFails = true;

        assertThat(get("/meetings/mine", "good").status()).isEqualTo(200);
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains("answered store.unavailable");
        HttpResponse write = send("POST", "/hello", "{}", "good", "application/json");
        assertThat(write.status()).isEqualTo(503);
        assertThat(error(write)).isEqualTo("store.unavailable");
        assertThat(write.headers()).containsEntry("Retry-After", List.of("2"));
        assertThat(get("/admin", "admin").status()).isEqualTo(503);
        assertThat(get("/meetings/x", "guest").status()).isEqualTo(200);
    }
}
