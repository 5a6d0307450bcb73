package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.checks.api.Contract;
import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The OWASP API Security Top 10 of 2023 against the running system, one attack or several of each kind. {@code docs/security.md} says what
 * each proves and what it does not.
 */
@Tag("functions")
class OwaspApiTop10Test {
    private static final String API = "/api/v1";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SECRET = "numbers nobody else reads";

    private static RunningSystem system;
    private static Http http;
    private static String ana;
    private static String anas;
    private static String mallorys;
    private static String meeting;

    @BeforeAll
    static void start() {
        system = RunningSystem.start("on");
        http = new Http(system.url());
        ana = http.register("ana_owasp");
        http.register("mallory_owasp");
        anas = http.login("ana_owasp");
        mallorys = http.login("mallory_owasp");
        meeting = http.must("POST", API + "/meetings", anas, "{\"title\":\"Board\",\"description\":\"" + SECRET + "\"}")
                .data()
                .path("meeting_id")
                .asString();
        http.must("POST", API + "/meetings/" + meeting + "/start", anas, null);
        http.must("POST", API + "/meetings/" + meeting + "/join", anas, "{}");
        http.must(
                "POST",
                API + "/conversations/m_" + meeting + "/messages",
                anas,
                "{\"client_msg_id\":\"k\",\"text\":\"" + SECRET + "\"}");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    /** Somebody else's things by their ids. */
    @Test
    void api1BrokenObjectLevelAuthorization() {
        String session = http.must("GET", API + "/sessions", anas, null)
                .data()
                .path("list")
                .get(0)
                .path("id")
                .asString();
        List<String[]> attempts = List.of(
                new String[] {"DELETE", "/sessions/" + session},
                new String[] {"PUT", "/meetings/" + meeting},
                new String[] {"DELETE", "/meetings/" + meeting},
                new String[] {"GET", "/meetings/" + meeting + "/participants"},
                new String[] {"GET", "/meetings/" + meeting + "/invitations"},
                new String[] {"GET", "/meetings/" + meeting + "/polls"},
                new String[] {"GET", "/meetings/" + meeting + "/quality"},
                new String[] {"GET", "/conversations/m_" + meeting},
                new String[] {"GET", "/conversations/m_" + meeting + "/messages"},
                new String[] {"GET", "/conversations/m_" + meeting + "/messages/1"},
                new String[] {"PUT", "/conversations/m_" + meeting + "/messages/1"},
                new String[] {"DELETE", "/conversations/m_" + meeting + "/messages/1"});
        for (String[] attempt : attempts) {
            String body = attempt[0].equals("PUT") ? "{\"title\":\"Owned\",\"text\":\"Owned\"}" : null;
            Http.Reply reply = http.call(attempt[0], API + attempt[1], mallorys, body);
            assertThat(reply.status()).as(String.join(" ", attempt)).isBetween(403, 404);
            assertThat(reply.body()).doesNotContain(SECRET);
        }
        assertThat(http.must("GET", API + "/profile", anas, null)
                        .data()
                        .path("id")
                        .asString())
                .isEqualTo(ana);
    }

    /** Tokens that were made or changed by somebody else, and passwords tried one after the other. */
    @Test
    void api2BrokenAuthentication() throws Exception {
        var keys = KeyFolder.of(Settings.of(system.values())).load(KeyFolder.Name.ACCESS);
        AccessClaims claims = AccessClaims.user(ana, "s_forged", 0, Role.ADMIN, "Ana");
        JwtIssuer<AccessClaims> now = JwtIssuer.access(keys, Instant::now);
        String[] parts = anas.split("\\.");
        String raised = encoded(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"user\"", "\"admin\""));
        String publicKeys =
                http.call("GET", "/.well-known/jwks.json", null, null).body();
        String none = encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + raised + ".";
        String signedByHand = encoded("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}") + "." + raised;
        List<String> forged = List.of(
                none,
                signedByHand + "." + hmac(publicKeys, signedByHand),
                parts[0] + "." + raised + "." + parts[2],
                parts[0] + "." + parts[1] + "." + parts[2].substring(0, parts[2].length() - 4) + "AAAA",
                now.issue(Audience.room(meeting), claims).token(),
                JwtIssuer.access(keys, () -> Instant.now().minus(Duration.ofHours(1)))
                        .issue(Audience.API, claims)
                        .token());
        for (String token : forged) {
            Http.Reply reply = http.call("GET", API + "/profile", token, null);
            assertThat(reply.status()).as(token).isEqualTo(401);
        }

        http.register("lea_owasp");
        for (int i = 0; i < 5; i++) {
            Http.Reply known = signIn("lea_owasp", "Wrong-Guess-" + i);
            Http.Reply unknown = signIn("nobody_owasp", "Wrong-Guess-" + i);
            assertThat(known.json().path("error").asString()).isEqualTo("auth.credentials");
            assertThat(known.json().path("message")).isEqualTo(unknown.json().path("message"));
            assertThat(known.status()).isEqualTo(unknown.status());
        }
        assertThat(signIn("lea_owasp", Http.PASSWORD).json().path("error").asString())
                .as("the right password, after five wrong ones")
                .isEqualTo("auth.locked");
    }

    @Test
    void api2AStolenRefreshTokenEndsTheWholeSession() {
        http.register("ray_owasp");
        JsonNode first = signIn("ray_owasp", Http.PASSWORD).data();
        String stolen = "{\"refresh_token\":\"" + first.path("refresh_token").asString() + "\"}";
        JsonNode second =
                http.must("POST", API + "/refresh-token", null, stolen).data();
        String next = "{\"refresh_token\":\"" + second.path("refresh_token").asString() + "\"}";
        // An answer that was lost may be asked for once more, so the first repetition is not yet a theft.
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        http.call("POST", API + "/refresh-token", null, stolen).status() == 401);
        assertThat(http.call("POST", API + "/refresh-token", null, next).status())
                .as("the thief's and the owner's both end")
                .isEqualTo(401);
    }

    /** Members that nobody may set, and members that nobody else may read. */
    @Test
    void api3BrokenObjectPropertyLevelAuthorization() {
        JsonNode registered = http.must(
                        "POST",
                        API + "/register",
                        null,
                        "{\"username\":\"eve_owasp\",\"email\":\"eve_owasp@example.org\",\"password\":\""
                                + Http.PASSWORD + "\",\"role\":\"admin\",\"status\":\"active\",\"id\":\"u_1\"}")
                .data();
        assertThat(registered.path("role").asString()).isEqualTo("user");
        assertThat(registered.path("id").asString()).isNotEqualTo("u_1");
        String eves = http.login("eve_owasp");
        JsonNode changed = http.must(
                        "PUT",
                        API + "/profile",
                        eves,
                        "{\"nickname\":\"Eve\",\"role\":\"admin\",\"email\":\"ana_owasp@example.org\",\"id\":\"" + ana
                                + "\"}")
                .data();
        assertThat(changed.path("role").asString()).isEqualTo("user");
        assertThat(changed.path("email").asString()).isEqualTo("eve_owasp@example.org");
        JsonNode planned = http.must(
                        "POST",
                        API + "/meetings",
                        eves,
                        "{\"title\":\"x\",\"host_id\":\"" + ana + "\",\"status\":\"ended\"}")
                .data();
        assertThat(planned.path("host_id").asString())
                .isEqualTo(registered.path("id").asString());

        String card = http.must("GET", API + "/users/lookup?username=ana_owasp", eves, null)
                .body();
        assertThat(card).doesNotContain("@example.org").doesNotContain("phone").doesNotContain("last_login");
        String seen = http.must("GET", API + "/meetings/" + meeting, eves, null).body();
        assertThat(seen).contains("Board").doesNotContain(SECRET);
        String people = http.must("GET", API + "/meetings/" + meeting + "/participants", anas, null)
                .body();
        assertThat(people).doesNotContain("guest_key").doesNotContain("@example.org");
    }

    /** Requests that are too large, too deep, too many. */
    @Test
    void api4UnrestrictedResourceConsumption() {
        assertThat(http.call("PUT", API + "/profile", mallorys, "{\"nickname\":\"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(http.call("PUT", API + "/profile", mallorys, "{\"nickname\":" + "[".repeat(5_000) + "}")
                        .status())
                .isEqualTo(400);
        assertThat(http.call("GET", API + "/meetings?page_size=100000", mallorys, null)
                        .status())
                .isEqualTo(400);
        assertThat(http.call("GET", API + "/conversations?page_size=100000", mallorys, null)
                        .status())
                .isEqualTo(400);
        Http.Reply refused = Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> http.call(
                                "POST", API + "/forgot-password", null, "{\"email\":\"ana_owasp@example.org\"}"),
                        reply -> reply.status() != 200);
        assertThat(refused.json().path("error").asString()).isEqualTo("rate.limited");
    }

    /** What only administrators, moderators or hosts do. */
    @Test
    void api5BrokenFunctionLevelAuthorization() {
        Set<String> open = new TreeSet<>();
        for (var route : system.routes()) {
            if (route.path().contains("/admin/") || route.path().contains("/stats")) {
                String path = route.path().replaceAll("\\{\\w+}", ana);
                Http.Reply reply = http.call(
                        route.method(), path, mallorys, Set.of("POST", "PUT").contains(route.method()) ? "{}" : null);
                if (reply.status() != 403
                        || !reply.json().path("error").asString().equals("auth.forbidden")) {
                    open.add(route.method() + " " + path + ": " + reply);
                }
            }
        }
        assertThat(open).isEmpty();
        for (String act : List.of("lock", "mute-all", "end")) {
            assertThat(http.call("POST", API + "/meetings/" + meeting + "/" + act, mallorys, null)
                            .status())
                    .as(act)
                    .isEqualTo(403);
        }
    }

    /** Flows that somebody would run by machine: making accounts, guessing reset codes. */
    @Test
    void api6UnrestrictedAccessToSensitiveBusinessFlows() {
        http.register("otto_owasp");
        List<String> answers = IntStream.range(0, 40)
                .mapToObj(i -> http.call(
                                "POST",
                                API + "/reset-password",
                                null,
                                "{\"email\":\"otto_owasp@example.org\",\"code\":\"%04d-0000\",\"password\":\"Owned-Pass-9\"}"
                                        .formatted(i))
                        .json()
                        .path("error")
                        .asString())
                .distinct()
                .toList();
        assertThat(answers).contains("auth.reset_code").doesNotContain("");
        assertThat(signIn("otto_owasp", "Owned-Pass-9").ok()).isFalse();
    }

    /** Addresses that somebody has the server fetch. */
    @Test
    void api7ServerSideRequestForgery() throws IOException {
        try (ServerSocket inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + inside.getLocalPort() + "/latest/meta-data";
            http.call("PUT", API + "/profile", mallorys, "{\"avatar\":\"" + address + "\"}");
            http.call("POST", API + "/upload-avatar", mallorys, "\"" + address + "\"");
            http.call(
                    "POST",
                    API + "/conversations/m_" + meeting + "/messages",
                    anas,
                    "{\"client_msg_id\":\"link\",\"text\":\"" + address + "\"}");
            for (String target : List.of(
                    "http://10.0.0.1/in",
                    "https://192.168.1.1/in",
                    "http://169.254.169.254/latest/meta-data",
                    "http://[fd00::1]/in",
                    "http://[::ffff:10.0.0.1]/in",
                    "http://0.0.0.0/in")) {
                Http.Reply reply = http.call(
                        "POST", API + "/webhooks", mallorys, "{\"url\":\"" + target + "\",\"events\":[\"*\"]}");
                assertThat(reply.status()).as(target + ": " + reply).isBetween(400, 422);
            }
            for (String target : List.of(
                    "https://127.0.0.1:" + inside.getLocalPort() + "/in",
                    "https://169.254.169.254/latest/meta-data",
                    "https://fcm.googleapis.com.example.net/in",
                    "https://fcm.googleapis.com@127.0.0.1/in",
                    "https://fcm.googleapis.com:" + inside.getLocalPort() + "/in")) {
                Http.Reply reply = http.call(
                        "POST",
                        API + "/notifications/subscriptions",
                        mallorys,
                        "{\"endpoint\":\"" + target + "\",\"keys\":{\"p256dh\":"
                                + "\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\","
                                + "\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\"}}");
                assertThat(reply.status()).as(target + ": " + reply).isBetween(400, 422);
            }
            inside.setSoTimeout(2_000);
            assertThat(connected(inside)).isFalse();
        }
    }

    /** What a browser and a scanner look for. */
    @Test
    void api8SecurityMisconfiguration() throws Exception {
        HttpResponse<String> reply = ask("GET", API + "/profile", "Authorization", "Bearer " + anas);
        assertThat(reply.headers().map())
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .doesNotContainKey("server")
                .doesNotContainKey("x-powered-by");
        assertThat(reply.headers().firstValue("content-security-policy"))
                .contains("default-src 'none'; frame-ancestors 'none'");
        HttpResponse<String> foreign = ask("GET", API + "/health", "Origin", "https://evil.example");
        assertThat(foreign.headers()
                        .firstValue("access-control-allow-origin")
                        .filter(origin -> origin.equals("*") || origin.contains("evil")))
                .isEmpty();
        HttpResponse<String> page = ask("GET", "/", "Accept", "text/html");
        if (page.statusCode() == 200) {
            assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                    .contains("object-src 'none'")
                    .doesNotContain("unsafe-eval");
        }
        for (String path :
                List.of("/../template.yaml", "/.git/config", "/.env", API + "/../../.parley/keys", "/actuator")) {
            assertThat(ask("GET", path, "Accept", "*/*").body())
                    .as(path)
                    .doesNotContain("AWSTemplateFormatVersion")
                    .doesNotContain("[core]")
                    .doesNotContain("PRIVATE KEY");
        }
        for (String method : List.of("TRACE", "PATCH", "PUT")) {
            assertThat(ask(method, API + "/health", "Accept", "*/*").statusCode())
                    .as(method)
                    .isBetween(400, 499);
        }
    }

    /** Nothing answers that is not written down. */
    @Test
    void api9ImproperInventoryManagement() throws Exception {
        Set<String> written = Contract.of(RunningSystem.ROOT).routes().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> answered = system.routes().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(answered).isEqualTo(written);
        for (String path :
                List.of("/api/v2/profile", "/api/v1/debug", "/api/v1/admin", "/api/v1/metrics", "/api/v1/env")) {
            assertThat(ask("GET", path, "Authorization", "Bearer " + anas).statusCode())
                    .as(path)
                    .isBetween(400, 499);
        }
        URI internal = system.internalUrl();
        assertThat(internal.getHost()).isEqualTo("127.0.0.1");
        assertThat(internal.getPort()).isNotEqualTo(system.url().getPort());
    }

    /** What comes from other services is not believed either: a node's answer that makes no sense is no answer. */
    @Test
    void api10UnsafeConsumptionOfApis() {
        // No media node runs here: the exchange is refused in the API's own words, and nothing of the node's is passed
        // on.
        JsonNode joined = http.must("POST", API + "/meetings/" + meeting + "/join", anas, "{}")
                .data();
        Http.Reply reply = http.call(
                "POST",
                API + "/meetings/" + meeting + "/media",
                anas,
                "{\"media_token\":\"" + joined.path("media_token").asString()
                        + "\",\"sdp\":\"v=0\\r\\n\",\"tracks\":[]}");
        assertThat(reply.status()).isBetween(400, 503);
        assertThat(reply.json().path("error").asString()).matches("(fleet|sdp|media)\\.[a-z_]+");
    }

    private static Http.Reply signIn(String name, String password) {
        return http.call(
                "POST", API + "/login", null, "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
    }

    private static HttpResponse<String> ask(String method, String path, String header, String value)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(system.url() + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .header(header, value)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static boolean connected(ServerSocket inside) throws IOException {
        try (var connection = inside.accept()) {
            return connection.isConnected();
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
