package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.Sha256;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.local.gateway.template.RestRoute;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every route of the template, tried by five people who must not get anything of Ana's: one without a token, one with Ana's expired token,
 * another user, a guest of another room, and somebody in the meeting who was banned a moment ago and still holds a token. The meeting they
 * are after has a password.
 */
@Tag("functions")
class RoutePermissionsTest {
    private static final String API = "/api/v1";
    private static final String MEETING_PASSWORD = "open sesame";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SECRET = "the agenda nobody else reads";

    /** Answers without a token by design; none of them may tell anything of Ana's. */
    private static final Set<String> OPEN = Set.of(
            "POST /register",
            "POST /auth/register",
            "POST /login",
            "POST /auth/login",
            "POST /refresh-token",
            "POST /auth/refresh",
            "POST /forgot-password",
            "POST /auth/forgot-password",
            "POST /reset-password",
            "POST /auth/reset-password",
            "POST /devices/token",
            "GET /health",
            "GET /.well-known/jwks.json");

    /** Look at a cookie or at the meeting's password, never at a token. */
    private static final Set<String> TOKENLESS = Set.of("GET /csrf-token", "POST /meetings/{id}/guests");

    /** About the caller alone: another user's token gets that user's own things. */
    private static final Set<String> OWN = Set.of(
            "POST /logout",
            "POST /logout-all",
            "GET /csrf-token",
            "GET /profile",
            "PUT /profile",
            "GET /users/profile",
            "PUT /users/profile",
            "POST /change-password",
            "POST /users/change-password",
            "GET /sessions",
            "POST /upload-avatar",
            "POST /users/upload-avatar",
            "DELETE /account",
            "DELETE /users/account",
            "POST /meetings",
            "GET /meetings",
            "GET /conversations",
            "POST /conversations",
            "GET /sync",
            "GET /search",
            "GET /search/files",
            "GET /search/meetings",
            "GET /notifications",
            "POST /notifications/read",
            "GET /notifications/preferences",
            "PUT /notifications/preferences",
            "GET /notifications/deliveries",
            "GET /notifications/subscriptions",
            "GET /notifications/phone",
            "POST /notifications/phone",
            "DELETE /notifications/phone",
            "POST /notifications/subscriptions",
            "GET /webhooks",
            "POST /webhooks",
            "GET /users/lookup",
            "POST /files",
            "GET /files",
            "GET /pushes",
            "POST /devices",
            "GET /devices",
            "POST /ws-tickets");

    /** What an attacker sends; a body that the rightful caller's request could have. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /register", "{\"username\":\"intruder\",\"email\":\"i@example.org\",\"password\":\"x\"}"),
            Map.entry("POST /login", "{\"username\":\"ana_permissions\",\"password\":\"Wrong-Guess-1\"}"),
            Map.entry("POST /refresh-token", "{\"refresh_token\":\"made-up\"}"),
            Map.entry("POST /forgot-password", "{\"email\":\"ana_permissions@example.org\"}"),
            Map.entry(
                    "POST /reset-password",
                    "{\"email\":\"ana_permissions@example.org\",\"code\":\"0000-0000\",\"password\":\"Owned-Pass-9\"}"),
            Map.entry("PUT /profile", "{\"nickname\":\"Owned\"}"),
            Map.entry("POST /change-password", "{\"old_password\":\"x\",\"new_password\":\"Owned-Pass-9\"}"),
            Map.entry("POST /meetings", "{\"title\":\"Mine\",\"meeting_type\":\"video\"}"),
            Map.entry("PUT /meetings/{id}", "{\"title\":\"Owned\"}"),
            Map.entry("POST /meetings/{id}/guests", "{\"display_name\":\"Eve\"}"),
            Map.entry("POST /meetings/{id}/join", "{\"display_name\":\"Eve\"}"),
            Map.entry("POST /meetings/{id}/participants/{uid}/mute", "{\"source\":\"microphone\"}"),
            Map.entry("POST /meetings/{id}/invitations", "{\"emails\":[\"eve@example.org\"]}"),
            Map.entry("POST /meetings/{id}/polls", "{\"question\":\"x\",\"options\":[\"a\",\"b\"]}"),
            Map.entry("POST /meetings/{id}/polls/{poll_id}/vote", "{\"choices\":[0]}"),
            Map.entry("PUT /admin/limits", "{\"limits\":{\"name_sign_ins\":20}}"),
            Map.entry("POST /meetings/{id}/breakouts", "{\"rooms\":[{\"name\":\"One\",\"people\":[]}]}"),
            Map.entry("PUT /meetings/{id}/breakouts/assignments", "{\"assignments\":[{\"who\":\"x\"}]}"),
            Map.entry("POST /meetings/{id}/breakouts/announcements", "{\"text\":\"x\"}"),
            Map.entry("POST /meetings/{id}/participants/{uid}/role", "{\"role\":\"viewer\"}"),
            Map.entry("POST /conversations", "{\"kind\":\"group\",\"title\":\"Mine\",\"user_ids\":[]}"),
            Map.entry("PUT /conversations/{id}", "{\"title\":\"Owned\"}"),
            Map.entry("POST /conversations/{id}/messages", "{\"client_msg_id\":\"k\",\"text\":\"Owned\"}"),
            Map.entry("PUT /conversations/{id}/messages/{seq}", "{\"text\":\"Owned\"}"),
            Map.entry("POST /conversations/{id}/messages/{seq}/reactions", "{\"emoji\":\"x\"}"),
            Map.entry("POST /conversations/{id}/read", "{\"seq\":1}"),
            Map.entry("POST /files", draft("mine.txt", "mine")),
            Map.entry("POST /files/{id}/shares", "{\"conversation_id\":\"c_1\"}"),
            Map.entry("POST /files/{id}/push", "{\"targets\":{\"users\":[\"u_1\"]}}"),
            Map.entry("POST /devices", "{\"name\":\"Mine\",\"kind\":\"laptop\"}"),
            Map.entry("POST /devices/token", "{\"device_id\":\"dv_1\",\"credential\":\"dk_guess\"}"),
            Map.entry("POST /pushes/{id}/devices/{device_id}/state", "{\"state\":\"notified\"}"),
            Map.entry("POST /webhooks", "{\"url\":\"http://127.0.0.1:9/mine\",\"events\":[\"*\"]}"),
            Map.entry("POST /notifications/subscriptions", browser("mine")),
            Map.entry("POST /notifications/phone", "{\"phone\":\"+4915112345679\"}"),
            Map.entry("POST /notifications/phone/confirm", "{\"code\":\"000000\"}"),
            Map.entry("PUT /notifications/preferences", "{\"language\":\"zh\"}"),
            Map.entry("PUT /webhooks/{id}", "{\"description\":\"Owned\"}"));

    private record Person(String id, String token) {
        /** The login session of the token. */
        String session() {
            String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
            return claims.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
        }
    }

    @Test
    void nobodyGetsWhatIsAnas() {
        RunningSystem system = RunningSystem.shared();
        Http http = new Http(system.url());
        Person ana = register(http, "ana_permissions");
        Person mallory = register(http, "mallory_permissions");
        String meeting = liveMeeting(http, ana, SECRET);
        http.must(
                "POST",
                API + "/conversations/m_" + meeting + "/messages",
                ana.token(),
                "{\"client_msg_id\":\"k\",\"text\":\"" + SECRET + "\"}");
        Pushed pushed = pushed(http, ana);
        String webhook = http.must(
                        "POST",
                        API + "/webhooks",
                        ana.token(),
                        "{\"url\":\"http://127.0.0.1:9/in\",\"events\":[\"*\"],\"description\":\"" + SECRET + "\"}")
                .data()
                .path("id")
                .asString();
        String browser = http.must("POST", API + "/notifications/subscriptions", ana.token(), browser("anas"))
                .data()
                .path("id")
                .asString();
        String otherMeeting = liveMeeting(http, mallory, "nothing");
        String guest = http.must(
                        "POST",
                        API + "/meetings/" + otherMeeting + "/guests",
                        null,
                        "{\"display_name\":\"Gus\",\"password\":\"" + MEETING_PASSWORD + "\"}")
                .data()
                .path("token")
                .asString();

        String banned = bannedFrom(system, http, meeting);

        List<String> leaks = new ArrayList<>();
        List<RestRoute> routes = system.routes();
        int cases = 0;
        for (RestRoute route : routes) {
            String name = route.method() + " " + route.path().replaceFirst("^" + API, "");
            String path = route.path()
                    .replace("/sessions/{id}", "/sessions/" + ana.session())
                    .replace("/conversations/{id}", "/conversations/m_" + meeting)
                    .replace("/files/{id}", "/files/" + pushed.file())
                    .replace("/devices/{id}", "/devices/" + pushed.device())
                    .replace("/pushes/{id}", "/pushes/" + pushed.push())
                    .replace("{device_id}", pushed.device())
                    .replace("{conversation_id}", "m_" + meeting)
                    .replace("/webhooks/{id}", "/webhooks/" + webhook)
                    .replace("/notifications/{id}", "/notifications/n_1")
                    .replace("/subscriptions/{id}", "/subscriptions/" + browser)
                    .replace("{did}", "d_1")
                    .replace("{id}", meeting)
                    .replace("{seq}", "1")
                    .replace("{emoji}", "x")
                    .replace("{uid}", ana.id())
                    .replace("{session_id}", "s_1")
                    .replace("{invitation_id}", "i_1")
                    .replace("{poll_id}", "q_1")
                    .replace("{room_id}", "b_1");
            String body = bodyOf(name, route.method());
            // A user who signs out loses the token: each case brings its own.
            String user = http.login("mallory_permissions");
            cases += 5;
            check(leaks, name, "no token", http.call(route.method(), path, null, body), meeting, Caller.NOBODY);
            check(
                    leaks,
                    name,
                    "expired token",
                    http.call(route.method(), path, expired(system, ana), body),
                    meeting,
                    Caller.NOBODY);
            check(leaks, name, "another user", http.call(route.method(), path, user, body), meeting, Caller.USER);
            check(leaks, name, "another room", http.call(route.method(), path, guest, body), meeting, Caller.GUEST);
            Http.Reply reply = http.call(route.method(), path, banned, body);
            check(leaks, name, "banned", reply, meeting, Caller.NOBODY);
            if (!OPEN.contains(name)
                    && !TOKENLESS.contains(name)
                    && !reply.body().contains("auth.revoked")) {
                leaks.add(name + ", banned: refused for another reason: " + reply.body());
            }
        }
        System.out.printf("routes %d, cases %d, leaks %d%n", routes.size(), cases, leaks.size());
        assertThat(leaks).isEmpty();
        assertThat(cases).isEqualTo(5 * routes.size());
        assertUntouched(http, ana, meeting);
        assertUntouched(http, ana, pushed);
        String still = http.must("GET", API + "/webhooks/" + webhook, ana.token(), null)
                .body();
        assertThat(still).contains(SECRET).contains("active").doesNotContain("Owned");
        assertThat(http.must("GET", API + "/notifications/subscriptions", ana.token(), null)
                        .body())
                .contains(browser);
    }

    /** What a browser says of its subscription. */
    private static String browser(String name) {
        return "{\"endpoint\":\"https://updates.push.services.mozilla.com/wpush/v2/" + name
                + "\",\"keys\":{\"p256dh\":\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\",\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\"}}";
    }

    private enum Caller {
        NOBODY,
        USER,
        GUEST
    }

    private static void check(
            List<String> leaks, String route, String who, Http.Reply reply, String meeting, Caller caller) {
        // Whoever has the code may read the meeting's card: title, host's name, times.
        boolean card = caller == Caller.USER && route.equals("GET /meetings/{id}");
        boolean tellsAnas = reply.body().contains("ana_permissions@example.org")
                || reply.body().contains(SECRET)
                || reply.ok() && reply.body().contains(meeting) && !card;
        boolean mayAnswer = card
                || OPEN.contains(route)
                || caller == Caller.USER && OWN.contains(route)
                || caller == Caller.GUEST && OWN.contains(route) && !route.startsWith("POST /meetings");
        boolean tells = reply.body().contains("Exception") || reply.body().contains("\tat ");
        boolean refusedWrongly = caller == Caller.NOBODY
                && !OPEN.contains(route)
                && reply.status() != 401
                // Guests are let in by the meeting's password, not by a token.
                && !route.equals("POST /meetings/{id}/guests");
        if (tellsAnas || reply.ok() && !mayAnswer || reply.status() >= 500 || tells || refusedWrongly) {
            leaks.add("%s, %s: %d %s".formatted(route, who, reply.status(), reply.body()));
        }
    }

    private static void assertUntouched(Http http, Person ana, String meeting) {
        var profile = http.must("GET", API + "/profile", ana.token(), null).data();
        assertThat(profile.path("username").asString()).isEqualTo("ana_permissions");
        assertThat(profile.path("nickname").asString("")).isNotEqualTo("Owned");
        assertThat(http.must("GET", API + "/sessions", ana.token(), null).body())
                .contains(ana.session());
        var still = http.must("GET", API + "/meetings/" + meeting, ana.token(), null)
                .data();
        assertThat(still.path("status").asString()).isEqualTo("active");
        assertThat(still.path("title").asString()).isEqualTo("Private");
        var said = http.must("GET", API + "/conversations/m_" + meeting + "/messages", ana.token(), null)
                .data()
                .path("list");
        assertThat(said).hasSize(1);
        assertThat(said.get(0).path("text").asString()).isEqualTo(SECRET);
        assertThat(said.get(0).has("reactions")).isFalse();
        var people = http.must("GET", API + "/meetings/" + meeting + "/participants", ana.token(), null)
                .body();
        assertThat(people).contains(ana.id()).doesNotContain("Eve");
    }

    private static void assertUntouched(Http http, Person ana, Pushed pushed) {
        var file = http.must("GET", API + "/files/" + pushed.file(), ana.token(), null)
                .data();
        assertThat(file.path("state").asString()).isEqualTo("ready");
        assertThat(file.path("conversations")).isEmpty();
        assertThat(http.must("GET", API + "/devices", ana.token(), null).body()).contains(pushed.device());
        var push = http.must("GET", API + "/pushes/" + pushed.push(), ana.token(), null)
                .data();
        assertThat(push.path("counts").path("waiting").asInt()).isEqualTo(1);
        assertThat(push.has("called_back_at")).isFalse();
    }

    /** A file of Ana's that she pushed to a device of hers. */
    private record Pushed(String file, String device, String push) {}

    private static Pushed pushed(Http http, Person ana) {
        var begun = http.must("POST", API + "/files", ana.token(), draft("private.txt", SECRET))
                .data();
        String file = begun.path("file").path("file_id").asString();
        var address = begun.path("upload").path("addresses").get(0);
        Http.put(
                URI.create(address.path("url").asString()),
                address.path("headers"),
                SECRET.getBytes(StandardCharsets.UTF_8));
        http.must("POST", API + "/files/" + file + "/complete", ana.token(), null);
        String device = http.must(
                        "POST", API + "/devices", ana.token(), "{\"name\":\"" + SECRET + "\",\"kind\":\"laptop\"}")
                .data()
                .path("device")
                .path("device_id")
                .asString();
        String push = http.must(
                        "POST",
                        API + "/files/" + file + "/push",
                        ana.token(),
                        "{\"targets\":{\"devices\":[\"" + device + "\"]}}")
                .data()
                .path("push_id")
                .asString();
        return new Pushed(file, device, push);
    }

    /** What is said of a text that is to be uploaded. */
    private static String draft(String name, String text) {
        String hash = HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
        return "{\"name\":\"%s\",\"size\":%d,\"sha256\":\"%s\",\"type\":\"text/plain\",\"chunks\":[\"%s\"]}"
                .formatted(name, text.length(), hash, hash);
    }

    /** The token of somebody who is in the meeting and was banned since. */
    private static String bannedFrom(RunningSystem system, Http http, String meeting) {
        register(http, "root_permissions");
        Person bart = register(http, "bart_permissions");
        http.must(
                "POST",
                API + "/meetings/" + meeting + "/join",
                bart.token(),
                "{\"password\":\"" + MEETING_PASSWORD + "\"}");
        system.makeAdmin("root_permissions");
        // A token of the very second in which the role was given is refused for good, so that each try signs in again;
        // and
        // what a function knows of Bart may be a second old.
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            String admin = http.login("root_permissions");
            return http.call("POST", API + "/admin/users/" + bart.id() + "/ban", admin, "{}")
                    .ok();
        });
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ofSeconds(1))
                .until(() ->
                        http.call("GET", API + "/meetings", bart.token(), null).status() == 401);
        return bart.token();
    }

    private static Person register(Http http, String name) {
        return new Person(http.register(name), http.login(name));
    }

    private static String liveMeeting(Http http, Person host, String description) {
        String body = "{\"title\":\"Private\",\"description\":\"" + description
                + "\",\"meeting_type\":\"video\",\"password\":\"" + MEETING_PASSWORD + "\"}";
        var meeting = http.must("POST", API + "/meetings", host.token(), body).data();
        String id = meeting.path("meeting_id").asString();
        http.must("POST", API + "/meetings/" + id + "/start", host.token(), null);
        http.must(
                "POST", API + "/meetings/" + id + "/join", host.token(), "{\"password\":\"" + MEETING_PASSWORD + "\"}");
        return id;
    }

    private static String expired(RunningSystem system, Person person) {
        var keys = KeyFolder.of(Settings.of(system.values())).load(KeyFolder.Name.ACCESS);
        Instant longAgo = Instant.now().minus(Duration.ofHours(1));
        return JwtIssuer.access(keys, () -> longAgo)
                .issue(Audience.API, AccessClaims.user(person.id(), "s_expired", 0, Role.USER, "Ana"))
                .token();
    }

    private static String bodyOf(String route, String method) {
        String plain =
                route.replace("/auth/", "/").replace("/users/", "/").replace("POST /refresh", "POST /refresh-token");
        String known = BODIES.getOrDefault(route, BODIES.get(plain.replace("-token-token", "-token")));
        if (known != null) {
            return known;
        }
        return method.equals("GET") || method.equals("DELETE") ? null : "{}";
    }
}
