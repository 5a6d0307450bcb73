package dev.parley.identity.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.function.ApiClient.Reply;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The function as API Gateway sees it, over real stores. */
@Tag("component")
class IdentityTest {
    private static final String PASSWORD = "Correct-horse-7";
    private static final String PAGE = "http://localhost:8800";
    private static final SecureRandom RANDOM = new SecureRandom();

    private static Stores stores;

    // Far ahead, so that the store itself collects nothing while a test looks.
    private final HandMovedClock clock = new HandMovedClock(Instant.parse("2030-11-01T12:00:00.123456Z"));
    private final String name = "ada_" + Integer.toHexString(RANDOM.nextInt(1 << 30));
    private ApiClient client;

    @BeforeAll
    static void start() {
        stores = Stores.temporary();
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    @BeforeEach
    void wire() {
        client = ApiClient.of(IdentityFunction.router(settings(Map.of()), clock, RANDOM))
                .from("203.0.113." + RANDOM.nextInt(256) + ":" + RANDOM.nextInt());
    }

    private static Settings settings(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("PUBLIC_URL", PAGE);
        values.put("DATABASE_POOL_SIZE", "4");
        values.putAll(more);
        return Settings.of(values);
    }

    private Reply register() {
        return client.post(
                "/api/v1/register",
                Map.of("username", name, "email", name + "@Example.org", "password", PASSWORD, "nickname", "Ada"));
    }

    private Reply login(ApiClient from, String password) {
        return from.post("/api/v1/login", Map.of("username", name, "password", password));
    }

    private JsonNode signedIn() {
        register();
        return login(client, PASSWORD).data();
    }

    @Test
    void anAccountIsRegisteredAndReadsBackAsItWasAnswered() {
        Reply registered = register();

        assertThat(registered.status()).isEqualTo(200);
        assertThat(registered.body().path("message").asString()).isEqualTo("success");
        assertThat(registered.data().path("id").asString()).startsWith("u_");
        assertThat(registered.data().path("email").asString()).isEqualTo((name + "@example.org"));
        assertThat(registered.data().path("role").asString()).isEqualTo("user");
        assertThat(registered.data().path("status").asString()).isEqualTo("active");
        assertThat(registered.body().toString()).doesNotContain("argon2").doesNotContain(PASSWORD);

        Reply login = login(client, PASSWORD);
        assertThat(login.status()).isEqualTo(200);
        Reply profile = client.bearer(login.data().path("token").asString()).get("/api/v1/profile");
        assertThat(profile.data().path("created_at"))
                .isEqualTo(registered.data().path("created_at"));
        assertThat(profile.data().path("last_login").asString()).startsWith("2030-11-01T12:00:00");
        assertThat(profile.header("Cache-Control")).isEqualTo("no-store");
        assertThat(profile.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void aNameOrAddressIsTakenWhateverItsCase() {
        register();

        Reply sameName = client.post(
                "/api/v1/auth/register",
                Map.of("username", name.toUpperCase(), "email", "other@example.org", "password", PASSWORD));
        Reply sameAddress = client.post(
                "/api/v1/register",
                Map.of("username", "x" + name, "email", name + "@EXAMPLE.org", "password", PASSWORD));

        assertThat(sameName.status()).isEqualTo(409);
        assertThat(sameName.error()).isEqualTo("user.exists");
        assertThat(sameAddress.error()).isEqualTo("user.exists");
    }

    @Test
    void ofManyWhoWantANameAtOnceOneGetsIt() throws Exception {
        ApiClient unlimited =
                ApiClient.of(IdentityFunction.router(settings(Map.of("RATE_LIMITS", "off")), clock, RANDOM));
        List<Callable<Reply>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String address = name + i + "@example.org";
            attempts.add(() -> unlimited.post(
                    "/api/v1/register", Map.of("username", name, "email", address, "password", PASSWORD)));
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> attempt : threads.invokeAll(attempts)) {
                statuses.add(attempt.get().status());
            }
        }

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
    }

    @Test
    void anUnknownUserAndAWrongPasswordAreOneAnswer() {
        register();

        Reply wrong = login(client, "Wrong-horse-7");
        Reply unknown = client.post("/api/v1/login", Map.of("username", "nobody_here", "password", PASSWORD));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.error()).isEqualTo("auth.credentials");
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void theAddressSignsInAsWell() {
        register();

        Reply login =
                client.post("/api/v1/auth/login", Map.of("username", name + "@example.ORG", "password", PASSWORD));

        assertThat(login.status()).isEqualTo(200);
        assertThat(login.data().path("user").path("username").asString()).isEqualTo(name);
    }

    @Test
    void fiveWrongPasswordsLockTheNameForThatAddressAlone() {
        register();
        for (int i = 0; i < 5; i++) {
            assertThat(login(client, "Wrong-horse-" + i).status()).isEqualTo(401);
        }

        Reply locked = login(client, PASSWORD);
        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.error()).isEqualTo("auth.locked");
        assertThat(locked.header("Retry-After")).isEqualTo("900");
        assertThat(login(client.from("192.0.2.1"), PASSWORD).status()).isEqualTo(200);

        clock.advance(Duration.ofMinutes(15));
        assertThat(login(client, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void guessingFromManyAddressesIsSlowedByTheName() {
        register();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(
                    login(client.from("192.0.2." + (10 + i)), "Wrong-horse-7").status());
        }

        assertThat(statuses.subList(0, 10)).containsOnly(401);
        assertThat(statuses.subList(10, 12)).containsOnly(429);
    }

    @Test
    void oneAddressThatGoesOnGuessingKeepsNobodyElseOut() {
        register();
        for (int i = 0; i < 20; i++) {
            login(client, "Wrong-horse-" + i);
        }

        assertThat(login(client.from("192.0.2.1"), PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aNameThatNoStoreTakesIsRefusedNotFailedOn() {
        for (String odd : List.of("ada\\u0000", "\\ud800", "ada\\u0000@example.org")) {
            Reply refused = client.send(
                    "POST", "/api/v1/login", "{\"username\":\"" + odd + "\",\"password\":\"" + PASSWORD + "\"}");
            assertThat(refused.status()).as(odd).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("request.invalid");
        }
    }

    @Test
    void aNicknameWithHalfACharacterChangesNothing() {
        ApiClient caller = client.bearer(signedIn().path("token").asString());

        Reply refused = caller.send("PUT", "/api/v1/profile", "{\"nickname\":\"Half \\ud800\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(caller.get("/api/v1/profile").data().path("nickname").asString())
                .isEqualTo("Ada");
    }

    @Test
    void withoutItsLimitsNobodySignsIn() {
        register();
        ApiClient broken = ApiClient.of(
                IdentityFunction.router(settings(Map.of("DYNAMODB_ENDPOINT", "http://127.0.0.1:1")), clock, RANDOM));

        Reply refused = login(broken, PASSWORD);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("store.unavailable");
        assertThat(refused.header("Retry-After")).isNotEmpty();
    }

    @Test
    void aSleepingDatabaseIsAnAnswer() {
        ApiClient asleep = ApiClient.of(IdentityFunction.router(
                settings(Map.of(
                        "DATABASE_URL", "jdbc:aws-wrapper:postgresql://127.0.0.1:1/none",
                        "DATABASE_CONNECT_TIMEOUT", "PT1S")),
                clock,
                RANDOM));

        Reply refused = login(asleep, PASSWORD);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("store.waking");
        assertThat(refused.header("Retry-After")).isEqualTo("5");
    }

    @Test
    void everyRefreshRotatesTheToken() {
        String first = signedIn().path("refresh_token").asString();

        Reply refreshed = client.post("/api/v1/refresh-token", Map.of("refresh_token", first));

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.data().path("refresh_token").asString()).isNotEqualTo(first);
        String token = refreshed.data().path("token").asString();
        assertThat(client.bearer(token).get("/api/v1/users/profile").status()).isEqualTo(200);
    }

    @Test
    void aTokenAskedTwiceAtOnceGetsTheSameSuccessor() throws Exception {
        String first = signedIn().path("refresh_token").asString();
        List<Callable<Reply>> attempts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            attempts.add(() -> client.post("/api/v1/auth/refresh", Map.of("refresh_token", first)));
        }
        List<String> successors = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> attempt : threads.invokeAll(attempts)) {
                assertThat(attempt.get().status()).isEqualTo(200);
                successors.add(attempt.get().data().path("refresh_token").asString());
            }
        }

        assertThat(successors).hasSize(6).containsOnly(successors.getFirst());
    }

    @Test
    void aReusedOldTokenEndsItsSession() {
        String first = signedIn().path("refresh_token").asString();
        String second = client.post("/api/v1/refresh-token", Map.of("refresh_token", first))
                .data()
                .path("refresh_token")
                .asString();
        clock.advance(Duration.ofSeconds(11));

        Reply reused = client.post("/api/v1/refresh-token", Map.of("refresh_token", first));

        assertThat(reused.status()).isEqualTo(401);
        assertThat(reused.error()).isEqualTo("auth.refresh_reused");
        Reply victim = client.post("/api/v1/refresh-token", Map.of("refresh_token", second));
        assertThat(victim.error()).isEqualTo("auth.refresh_invalid");
    }

    @Test
    void aTokenTwoRotationsOldEndsItsSessionEvenWithinTheGrace() {
        String first = signedIn().path("refresh_token").asString();
        String second = refreshed(first);
        String third = refreshed(second);

        assertThat(client.post("/api/v1/refresh-token", Map.of("refresh_token", first))
                        .error())
                .isEqualTo("auth.refresh_reused");
        assertThat(client.post("/api/v1/refresh-token", Map.of("refresh_token", third))
                        .error())
                .isEqualTo("auth.refresh_invalid");
    }

    private String refreshed(String token) {
        return client.post("/api/v1/refresh-token", Map.of("refresh_token", token))
                .data()
                .path("refresh_token")
                .asString();
    }

    @Test
    void aSessionEndsThirtyDaysAfterItsLastRefresh() {
        String first = signedIn().path("refresh_token").asString();
        clock.advance(Duration.ofDays(29));
        String second = refreshed(first);
        clock.advance(Duration.ofDays(29));
        String third = refreshed(second);
        clock.advance(Duration.ofDays(30));

        assertThat(client.post("/api/v1/refresh-token", Map.of("refresh_token", third))
                        .error())
                .isEqualTo("auth.refresh_invalid");
    }

    @Test
    void anythingElseIsNoRefreshToken() {
        for (String text : List.of("x", "s_1.2", "s_" + "0".repeat(26) + "." + "A".repeat(43), "a.b.c")) {
            Reply refused = client.post("/api/v1/refresh-token", Map.of("refresh_token", text));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.error()).isEqualTo("auth.refresh_invalid");
        }
    }

    @Test
    void signingOutEndsThisSessionAlone() {
        JsonNode one = signedIn();
        JsonNode other = login(client, PASSWORD).data();

        Reply out = client.bearer(one.path("token").asString()).post("/api/v1/logout");

        assertThat(out.status()).isEqualTo(200);
        assertThat(client.post(
                                "/api/v1/refresh-token",
                                Map.of(
                                        "refresh_token",
                                        one.path("refresh_token").asString()))
                        .status())
                .isEqualTo(401);
        assertThat(refreshed(other.path("refresh_token").asString())).isNotEmpty();
    }

    @Test
    void signingOutEverywhereEndsEverySession() {
        JsonNode one = signedIn();
        JsonNode other = login(client, PASSWORD).data();
        clock.advance(Duration.ofMillis(1));

        client.bearer(one.path("token").asString()).post("/api/v1/logout-all");

        for (JsonNode session : List.of(one, other)) {
            String token = session.path("refresh_token").asString();
            assertThat(client.post("/api/v1/refresh-token", Map.of("refresh_token", token))
                            .status())
                    .isEqualTo(401);
        }
        clock.advance(Duration.ofMillis(1));
        assertThat(refreshed(
                        login(client, PASSWORD).data().path("refresh_token").asString()))
                .isNotEmpty();
    }

    @Test
    void aChangedPasswordEndsTheOtherSessions() {
        JsonNode here = signedIn();
        JsonNode there = login(client, PASSWORD).data();
        clock.advance(Duration.ofSeconds(1));
        ApiClient caller = client.bearer(here.path("token").asString());

        Reply wrong = caller.post(
                "/api/v1/change-password", Map.of("old_password", "Wrong-horse-7", "new_password", "Better-horse-8"));
        Reply weak =
                caller.post("/api/v1/change-password", Map.of("old_password", PASSWORD, "new_password", "Password1!"));
        Reply changed = caller.post(
                "/api/v1/users/change-password", Map.of("old_password", PASSWORD, "new_password", "Better-horse-8"));

        assertThat(wrong.error()).isEqualTo("auth.old_password");
        assertThat(weak.body().path("details").path("field").asString()).isEqualTo("new_password");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(refreshed(here.path("refresh_token").asString())).isNotEmpty();
        assertThat(client.post(
                                "/api/v1/refresh-token",
                                Map.of(
                                        "refresh_token",
                                        there.path("refresh_token").asString()))
                        .status())
                .isEqualTo(401);
        assertThat(login(client, PASSWORD).status()).isEqualTo(401);
        assertThat(login(client, "Better-horse-8").status()).isEqualTo(200);
        Reply fromEndedSession = client.bearer(there.path("token").asString())
                .post("/api/v1/change-password", Map.of("old_password", "Better-horse-8", "new_password", PASSWORD));
        assertThat(fromEndedSession.error()).isEqualTo("auth.invalid");
    }

    @Test
    void aProfileChangesWhereItIsAskedToAndNowhereElse() {
        JsonNode session = signedIn();
        ApiClient caller = client.bearer(session.path("token").asString());

        Reply changed = caller.put(
                "/api/v1/profile", Map.of("nickname", "Countess", "phone", "+44 20 7946 0000", "role", "admin"));

        assertThat(changed.data().path("nickname").asString()).isEqualTo("Countess");
        assertThat(changed.data().path("role").asString()).isEqualTo("user");
        assertThat(caller.put("/api/v1/profile", Map.of("avatar", "/a.png"))
                        .data()
                        .path("nickname")
                        .asString())
                .isEqualTo("Countess");
        assertThat(caller.put("/api/v1/profile", Map.of("avatar", "javascript:alert(1)"))
                        .status())
                .isEqualTo(400);
        assertThat(caller.put("/api/v1/profile", Map.of("nickname", "x".repeat(51)))
                        .status())
                .isEqualTo(400);
        assertThat(caller.get("/api/v1/profile").data().path("phone").asString())
                .isEqualTo("+44 20 7946 0000");
        String renamed = client.post(
                        "/api/v1/refresh-token",
                        Map.of("refresh_token", session.path("refresh_token").asString()))
                .data()
                .path("token")
                .asString();
        assertThat(new String(java.util.Base64.getUrlDecoder().decode(renamed.split("\\.")[1])))
                .contains("Countess");
    }

    @Test
    void aPageKeepsItsTokenAsACookieThatNoScriptReads() {
        register();
        ApiClient page = client.with("Origin", PAGE);

        Reply login = login(page, PASSWORD);

        assertThat(login.data().has("refresh_token")).isFalse();
        String line = login.cookies().getFirst();
        assertThat(line)
                .contains("HttpOnly", "SameSite=Strict", "Path=/api/v1", "Max-Age=2592000")
                .doesNotContain("Secure");
        ApiClient withCookie = client.with("Cookie", "theme=dark; " + line.substring(0, line.indexOf(';')));
        String csrf =
                withCookie.get("/api/v1/csrf-token").data().path("csrf_token").asString();

        Reply refreshed =
                withCookie.with("Origin", PAGE).with("X-CSRF-Token", csrf).post("/api/v1/refresh-token");

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.data().has("refresh_token")).isFalse();
        assertThat(refreshed.cookies().getFirst())
                .startsWith("parley_refresh=s_")
                .isNotEqualTo(line);
        String next = refreshed.cookies().getFirst();
        ApiClient later = client.with("Cookie", next.substring(0, next.indexOf(';')));
        assertThat(later.get("/api/v1/csrf-token").data().path("csrf_token").asString())
                .isEqualTo(csrf);
    }

    @Test
    void aCookieAloneIsNotEnough() {
        register();
        String line = login(client.with("Origin", PAGE), PASSWORD).cookies().getFirst();
        ApiClient withCookie = client.with("Cookie", line.substring(0, line.indexOf(';')));
        String csrf =
                withCookie.get("/api/v1/csrf-token").data().path("csrf_token").asString();
        ApiClient page = withCookie.with("Origin", PAGE);

        assertThat(withCookie
                        .with("X-CSRF-Token", csrf)
                        .post("/api/v1/refresh-token")
                        .error())
                .isEqualTo("request.origin");
        assertThat(withCookie
                        .with("Origin", "https://evil.example")
                        .with("X-CSRF-Token", csrf)
                        .post("/api/v1/refresh-token")
                        .error())
                .isEqualTo("request.origin");
        assertThat(page.post("/api/v1/refresh-token").error()).isEqualTo("request.csrf");
        assertThat(page.with("X-CSRF-Token", "x" + csrf)
                        .post("/api/v1/refresh-token")
                        .error())
                .isEqualTo("request.csrf");
        assertThat(withCookie
                        .with("Sec-Fetch-Site", "cross-site")
                        .get("/api/v1/csrf-token")
                        .error())
                .isEqualTo("request.origin");
        assertThat(page.with("X-CSRF-Token", csrf).post("/api/v1/refresh-token").status())
                .isEqualTo(200);
    }

    @Test
    void signingOutClearsTheCookie() {
        JsonNode session = signedIn();

        Reply out = client.bearer(session.path("token").asString()).post("/api/v1/logout");

        assertThat(out.cookies())
                .singleElement()
                .asString()
                .startsWith("parley_refresh=; ")
                .contains("Max-Age=0");
    }

    @Test
    void thePublicKeysHaveNoPrivateHalves() {
        Reply keys = client.get("/.well-known/jwks.json");

        assertThat(keys.status()).isEqualTo(200);
        assertThat(keys.header("Cache-Control")).startsWith("public");
        assertThat(keys.body().path("keys").isEmpty()).isFalse();
        keys.body().path("keys").forEach(key -> {
            assertThat(key.path("crv").asString()).isEqualTo("P-256");
            assertThat(key.has("d")).isFalse();
        });
    }

    @Test
    void aBodyThatIsNoJsonIsAnAnswer() {
        assertThat(client.send("POST", "/api/v1/login", "{").error()).isEqualTo("request.unreadable");
        assertThat(client.send("POST", "/api/v1/login", "[]").status()).isEqualTo(400);
        assertThat(client.send("POST", "/api/v1/login", "{}")
                        .body()
                        .path("details")
                        .path("field")
                        .asString())
                .isEqualTo("username");
        assertThat(client.send("POST", "/api/v1/login", null).error()).isEqualTo("request.unreadable");
        assertThat(client.send("POST", "/api/v1/login", "{\"username\":{\"a\":1},\"password\":\"x\"}")
                        .body()
                        .path("details")
                        .path("field")
                        .asString())
                .isEqualTo("username");
        assertThat(client.with("Content-Type", "text/plain")
                        .send("POST", "/api/v1/login", "{}")
                        .status())
                .isEqualTo(415);
        assertThat(client.send("POST", "/api/v1/register", "{\"username\":\"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }
}
