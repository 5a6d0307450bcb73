package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.checks.api.Contract;
import dev.parley.kernel.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The good path of every route of the contract, in the order in which people would take it; {@link Http} holds each reply against what is written. */
@Tag("functions")
class EveryRouteTest {
    private static final String API = "/api/v1";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Asked where what they need is: a browser's cookie, a code out of a mail, a mail of ten minutes later, a media node. */
    private static final Set<String> ELSEWHERE = Set.of(
            "GET /api/v1/csrf-token",
            "POST /api/v1/reset-password",
            "POST /api/v1/auth/reset-password",
            "POST /api/v1/notifications/deliveries/{did}/replay",
            "POST /api/v1/meetings/{id}/media",
            "PUT /api/v1/meetings/{id}/media/{session_id}",
            "DELETE /api/v1/meetings/{id}/media/{session_id}");

    /** One pixel. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private final Contract contract = Contract.of(RunningSystem.ROOT);
    private final Set<String> walked = new TreeSet<>();
    private Http http;

    @Test
    void answersAsWritten() throws IOException {
        try (RunningSystem system = RunningSystem.start()) {
            http = new Http(system.url());
            String ana = accounts();
            String bo = http.register("bo_every");
            String anas = http.login("ana_every");
            String bos = http.login("bo_every");
            profiles(anas);
            String meeting = meetings(anas, bo, bos);
            live(meeting, anas, bo, bos);
            String group = conversations(anas, bo, bos);
            files(anas, group);
            webhooks(anas);
            notifications(anas, bo, bos);
            administration(system, bo);
            ends(ana);
            Set<String> missing = contract.routes().stream()
                    .map(route -> route.method() + " " + route.path())
                    .filter(route -> !ELSEWHERE.contains(route) && !walked.contains(route))
                    .collect(Collectors.toCollection(TreeSet::new));
            System.out.printf("routes %d, walked %d%n", contract.routes().size(), walked.size());
            assertThat(missing).isEmpty();
        }
    }

    private JsonNode ok(String method, String path, String token, String body) {
        Http.Reply reply = http.must(method, path, token, body);
        walked.add(contract.routeOf(method, path).orElseThrow());
        return reply.body().startsWith("{\"code\"") ? reply.data() : MissingNode.getInstance();
    }

    private String accounts() {
        String ana = ok(
                        "POST",
                        API + "/register",
                        null,
                        "{\"username\":\"ana_every\",\"email\":\"ana_every@example.org\",\"password\":\""
                                + Http.PASSWORD + "\"}")
                .path("id")
                .asString();
        ok(
                "POST",
                API + "/auth/register",
                null,
                "{\"username\":\"cleo_every\",\"email\":\"cleo_every@example.org\",\"password\":\"" + Http.PASSWORD
                        + "\"}");
        for (String path : new String[] {"/login", "/auth/login"}) {
            JsonNode session = ok(
                    "POST", API + path, null, "{\"username\":\"cleo_every\",\"password\":\"" + Http.PASSWORD + "\"}");
            String refresh = path.replace("/login", path.equals("/login") ? "/refresh-token" : "/refresh");
            ok(
                    "POST",
                    API + refresh,
                    null,
                    "{\"refresh_token\":\"" + session.path("refresh_token").asString() + "\"}");
            ok(
                    "POST",
                    API + (path.equals("/login") ? "/logout" : "/logout-all"),
                    session.path("token").asString(),
                    null);
        }
        for (String path : new String[] {"/forgot-password", "/auth/forgot-password"}) {
            ok("POST", API + path, null, "{\"email\":\"cleo_every@example.org\"}");
        }
        ok("GET", API + "/health", null, null);
        ok("GET", "/.well-known/jwks.json", null, null);
        return ana;
    }

    private void profiles(String anas) {
        for (String path : new String[] {"/profile", "/users/profile"}) {
            ok("GET", API + path, anas, null);
            ok("PUT", API + path, anas, "{\"nickname\":\"Ana\"}");
        }
        ok("GET", API + "/users/lookup?username=bo_every", anas, null);
        JsonNode sessions =
                ok("GET", API + "/sessions", http.login("cleo_every"), null).path("list");
        ok("DELETE", API + "/sessions/" + sessions.get(0).path("id").asString(), http.login("cleo_every"), null);
        for (String path : new String[] {"/upload-avatar", "/users/upload-avatar"}) {
            http.upload(
                    API + path, http.login("cleo_every"), Base64.getDecoder().decode(PNG), "image/png");
            walked.add("POST " + API + path);
        }
        String password = Http.PASSWORD;
        for (String path : new String[] {"/change-password", "/users/change-password"}) {
            String next = password + "1";
            String token = ok(
                            "POST",
                            API + "/login",
                            null,
                            "{\"username\":\"cleo_every\",\"password\":\"" + password + "\"}")
                    .path("token")
                    .asString();
            ok("POST", API + path, token, "{\"old_password\":\"" + password + "\",\"new_password\":\"" + next + "\"}");
            password = next;
        }
    }

    /** A meeting that goes on, with a host and somebody who takes part. */
    private String meetings(String anas, String bo, String bos) {
        String later = ok(
                        "POST",
                        API + "/meetings",
                        anas,
                        "{\"title\":\"Later\",\"start_time\":\"2031-01-01T10:00:00Z\",\"end_time\":\"2031-01-01T11:00:00Z\","
                                + "\"recurrence\":{\"rule\":\"FREQ=DAILY;COUNT=3\",\"time_zone\":\"Europe/Berlin\"}}")
                .path("meeting_id")
                .asString();
        ok("GET", API + "/meetings?status=scheduled", anas, null);
        ok("GET", API + "/meetings/" + later, anas, null);
        ok("PUT", API + "/meetings/" + later, anas, "{\"title\":\"Much later\"}");
        ok("GET", API + "/meetings/" + later + "/calendar.ics", anas, null);
        JsonNode invited =
                ok("POST", API + "/meetings/" + later + "/invitations", anas, "{\"emails\":[\"dee@example.org\"]}");
        ok("GET", API + "/meetings/" + later + "/invitations", anas, null);
        ok(
                "DELETE",
                API + "/meetings/" + later + "/invitations/"
                        + invited.get(0).path("id").asString(),
                anas,
                null);
        ok("DELETE", API + "/meetings/" + later, anas, null);

        String meeting = ok(
                        "POST", API + "/meetings", anas, "{\"title\":\"Now\",\"settings\":{\"require_approval\":true}}")
                .path("meeting_id")
                .asString();
        String path = API + "/meetings/" + meeting;
        ok("POST", path + "/start", anas, null);
        ok("POST", path + "/join", anas, "{}");
        JsonNode waits = ok("POST", path + "/join", bos, "{}");
        assertThat(waits.path("state").asString()).isEqualTo("waiting");
        ok("POST", path + "/participants/" + bo + "/deny", anas, null);
        ok("POST", path + "/participants/" + bo + "/admit", anas, null);
        ok("POST", path + "/join", bos, "{}");
        ok("GET", path + "/participants", bos, null);
        ok("POST", API + "/ws-tickets", bos, "{\"meeting_id\":\"" + meeting + "\"}");
        JsonNode pass = ok("POST", path + "/guests", null, "{\"display_name\":\"Gus\"}");
        String gus = pass.path("user_id").asString();
        ok("POST", path + "/join", pass.path("token").asString(), "{}");
        ok("POST", path + "/participants/" + gus + "/admit", anas, null);
        ok("POST", path + "/join", pass.path("token").asString(), "{}");
        ok("POST", path + "/leave", pass.path("token").asString(), null);
        return meeting;
    }

    private void live(String meeting, String anas, String bo, String bos) {
        String path = API + "/meetings/" + meeting;
        ok("POST", path + "/lock", anas, null);
        ok("POST", path + "/unlock", anas, null);
        ok("POST", path + "/mute-all", anas, "{}");
        ok("POST", path + "/participants/" + bo + "/mute", anas, "{\"source\":\"camera\"}");
        ok("POST", path + "/participants/" + bo + "/unmute-request", anas, null);
        ok("POST", path + "/participants/" + bo + "/role", anas, "{\"role\":\"presenter\"}");

        String poll = ok(
                        "POST",
                        path + "/polls",
                        anas,
                        "{\"question\":\"Lunch?\",\"options\":[\"Now\",\"Later\"],\"anonymous\":false}")
                .path("id")
                .asString();
        ok("GET", path + "/polls", bos, null);
        ok("GET", path + "/quality?limit=5&since=2026-01-01T00:00:00Z", anas, null);
        ok("GET", path + "/quality", bos, null);
        ok("POST", path + "/polls/" + poll + "/vote", bos, "{\"choices\":[1]}");
        ok("GET", path + "/polls/" + poll, anas, null);
        ok("POST", path + "/polls/" + poll + "/close", anas, null);

        JsonNode rooms = ok(
                "POST",
                path + "/breakouts",
                anas,
                "{\"rooms\":[{\"name\":\"One\",\"people\":[\"" + bo
                        + "\"]},{\"name\":\"Two\",\"people\":[]}],\"choose\":true}");
        String one = rooms.path("rooms").get(0).path("id").asString();
        String two = rooms.path("rooms").get(1).path("id").asString();
        ok("GET", path + "/breakouts", bos, null);
        ok("POST", path + "/breakouts/" + one + "/enter", bos, null);
        ok(
                "PUT",
                path + "/breakouts/assignments",
                anas,
                "{\"assignments\":[{\"who\":\"" + bo + "\",\"room\":\"" + two + "\"}]}");
        ok("POST", path + "/breakouts/announcements", anas, "{\"text\":\"Two minutes left\"}");
        ok("POST", path + "/breakouts/" + two + "/leave", bos, null);
        ok("DELETE", path + "/breakouts", anas, null);

        ok("POST", path + "/participants/" + bo + "/kick", anas, null);
        ok("POST", path + "/end", anas, null);
    }

    private void files(String anas, String group) {
        byte[] content = "Nobody reads this twice.".getBytes(StandardCharsets.UTF_8);
        String hash = HexFormat.of().formatHex(Sha256.of(content));
        String draft =
                "{\"name\":\"plan.txt\",\"size\":%d,\"sha256\":\"%s\",\"type\":\"text/plain\",\"chunks\":[\"%s\"]}"
                        .formatted(content.length, hash, hash);
        String file = ok("POST", API + "/files", anas, draft)
                .path("file")
                .path("file_id")
                .asString();
        String path = API + "/files/" + file;
        JsonNode address =
                ok("POST", path + "/parts", anas, null).path("addresses").get(0);
        Http.put(URI.create(address.path("url").asString()), address.path("headers"), content);
        JsonNode complete = ok("POST", path + "/complete", anas, null);
        assertThat(complete.path("state").asString()).isEqualTo("ready");
        ok("GET", API + "/files", anas, null);
        ok("GET", path, anas, null);
        ok("GET", path + "/manifest", anas, null);
        ok("GET", path + "/url?range=bytes%3D0-9", anas, null);
        ok("POST", path + "/shares", anas, "{\"conversation_id\":\"" + group + "\"}");
        ok("DELETE", path + "/shares/" + group, anas, null);

        JsonNode added =
                ok("POST", API + "/devices", anas, "{\"name\":\"Kiosk\",\"kind\":\"kiosk\",\"credential\":true}");
        String device = added.path("device").path("device_id").asString();
        ok("GET", API + "/devices", anas, null);
        ok("GET", API + "/devices/" + device, anas, null);
        String kiosk = ok(
                        "POST",
                        API + "/devices/token",
                        null,
                        "{\"device_id\":\"%s\",\"credential\":\"%s\"}"
                                .formatted(device, added.path("credential").asString()))
                .path("token")
                .asString();
        String push = ok("POST", path + "/push", anas, "{\"targets\":{\"devices\":[\"" + device + "\"]}}")
                .path("push_id")
                .asString();
        ok("GET", API + "/devices/" + device + "/pushes", kiosk, null);
        ok(
                "POST",
                API + "/pushes/" + push + "/devices/" + device + "/state",
                kiosk,
                "{\"state\":\"done\",\"sha256\":\"" + hash + "\"}");
        ok("GET", API + "/pushes", anas, null);
        ok("GET", API + "/pushes/" + push, anas, null);
        ok("DELETE", API + "/pushes/" + push, anas, null);
        ok("DELETE", API + "/devices/" + device, anas, null);
        ok("DELETE", path, anas, null);
    }

    private void webhooks(String anas) throws IOException {
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        listener.start();
        try {
            webhooks(anas, "http://127.0.0.1:" + listener.getAddress().getPort() + "/in");
        } finally {
            listener.stop(0);
        }
    }

    private void webhooks(String anas, String listener) {
        String webhook = ok("POST", API + "/webhooks", anas, "{\"url\":\"" + listener + "\",\"events\":[\"*\"]}")
                .path("id")
                .asString();
        String path = API + "/webhooks/" + webhook;
        ok("GET", API + "/webhooks", anas, null);
        ok("GET", path, anas, null);
        ok("PUT", path, anas, "{\"description\":\"Somebody listens\"}");
        ok("POST", path + "/secret", anas, null);
        String delivery = ok("POST", path + "/test", anas, null).path("id").asString();
        ok("GET", path + "/deliveries", anas, null);
        ok("GET", path + "/deliveries/" + delivery, anas, null);
        // One that is on its way is not sent once more.
        String replay = path + "/deliveries/" + delivery + "/replay";
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> http.call("POST", replay, anas, null).ok());
        walked.add(contract.routeOf("POST", replay).orElseThrow());
        ok("DELETE", path, anas, null);
    }

    private void notifications(String anas, String bo, String bos) {
        String direct = http.must(
                        "POST", API + "/conversations", anas, "{\"kind\":\"direct\",\"user_id\":\"" + bo + "\"}")
                .data()
                .path("conversation_id")
                .asString();
        http.must(
                "POST",
                API + "/conversations/" + direct + "/messages",
                anas,
                "{\"client_msg_id\":\"n1\",\"text\":\"Are you there?\"}");
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> http.must("GET", API + "/notifications", bos, null)
                        .body()
                        .contains(direct));
        JsonNode told = ok("GET", API + "/notifications?limit=1", bos, null);
        ok(
                "POST",
                API + "/notifications/" + told.path("list").path(0).path("id").asString() + "/read",
                bos,
                null);
        ok("POST", API + "/notifications/read", bos, null);
        ok("GET", API + "/notifications/preferences", bos, null);
        ok("PUT", API + "/notifications/preferences", bos, "{\"language\":\"zh\"}");
        ok("GET", API + "/notifications/deliveries", bos, null);
        ok("POST", API + "/notifications/phone", bos, "{\"phone\":\"+49 1511 2345678\"}");
        String text = http.must("GET", "/local/mail.json?to=%2B4915112345678", null, null)
                .json()
                .path(0)
                .path("text")
                .asString();
        ok("POST", API + "/notifications/phone/confirm", bos, "{\"code\":\"" + code(text) + "\"}");
        ok("GET", API + "/notifications/phone", bos, null);
        ok("DELETE", API + "/notifications/phone", bos, null);
        String browser = ok(
                        "POST",
                        API + "/notifications/subscriptions",
                        bos,
                        "{\"endpoint\":\"https://updates.push.services.mozilla.com/wpush/v2/bos\",\"keys\":{\"p256dh\":"
                                + "\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\",\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\"}}")
                .path("id")
                .asString();
        ok("GET", API + "/notifications/subscriptions", bos, null);
        ok("DELETE", API + "/notifications/subscriptions/" + browser, bos, null);
    }

    /** The six digits of a text message. */
    private static String code(String text) {
        Matcher found = Pattern.compile("(?<![0-9])[0-9]{6}(?![0-9])").matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group();
    }

    private String conversations(String anas, String bo, String bos) {
        ok("POST", API + "/conversations", anas, "{\"kind\":\"direct\",\"user_id\":\"" + bo + "\"}");
        String group = ok(
                        "POST",
                        API + "/conversations",
                        anas,
                        "{\"kind\":\"group\",\"title\":\"Team\",\"user_ids\":[\"" + bo + "\"]}")
                .path("conversation_id")
                .asString();
        String path = API + "/conversations/" + group;
        ok("PUT", path, anas, "{\"title\":\"The team\"}");
        ok("GET", path, bos, null);
        ok(
                "POST",
                path + "/messages",
                anas,
                "{\"client_msg_id\":\"k1\",\"text\":\"Hello @bo\",\"mentions\":[\"" + bo + "\"]}");
        ok("POST", path + "/messages", bos, "{\"client_msg_id\":\"k2\",\"text\":\"Hi\",\"reply_to\":1}");
        ok("GET", path + "/messages?limit=10", bos, null);
        ok("PUT", path + "/messages/1", anas, "{\"text\":\"Hello there\"}");
        ok("GET", path + "/messages/1", bos, null);
        ok("POST", path + "/messages/1/reactions", bos, "{\"emoji\":\"\uD83D\uDC4D\"}");
        ok("DELETE", path + "/messages/1/reactions/%F0%9F%91%8D", bos, null);
        ok("POST", path + "/read", bos, "{\"seq\":2}");
        ok("GET", path + "/changes?after=0", bos, null);
        ok("GET", path + "/members", bos, null);
        ok("GET", API + "/conversations", bos, null);
        ok("GET", API + "/sync", bos, null);
        ok("GET", API + "/search?q=hello", bos, null);
        ok("GET", API + "/search/files?q=hello&limit=5", bos, null);
        ok("GET", API + "/search/meetings?q=hello&limit=5", bos, null);
        ok("DELETE", path + "/messages/2", bos, null);
        String cleo = ok("GET", API + "/users/lookup?username=cleo_every", anas, null)
                .path("user_id")
                .asString();
        ok("POST", path + "/members", anas, "{\"user_ids\":[\"" + cleo + "\"]}");
        ok("DELETE", path + "/members/" + cleo, anas, null);
        return group;
    }

    private void administration(RunningSystem system, String bo) {
        http.register("ada_every");
        system.makeAdmin("ada_every");
        // A token of the very second in which the role was given is refused for good.
        String admin = Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> http.login("ada_every"),
                        token -> http.call("GET", API + "/admin/users", token, null)
                                .ok());
        String user = API + "/admin/users/" + bo;
        ok("GET", API + "/admin/users?keyword=every&status=active", admin, null);
        ok("GET", user, admin, null);
        ok("PUT", user, admin, "{\"nickname\":\"Bo\",\"role\":\"moderator\"}");
        ok("POST", user + "/ban", admin, "{\"reason\":\"a test\"}");
        ok("POST", user + "/unban", admin, null);
        ok("DELETE", user, admin, null);
        ok("GET", API + "/admin/limits", admin, null);
        ok("PUT", API + "/admin/limits", admin, "{\"limits\":{\"name_sign_ins\":20}}");
        ok("GET", API + "/admin/audit", admin, null);
        ok("GET", API + "/admin/audit/verify", admin, null);
        ok("GET", API + "/admin/nodes", admin, null);
        ok("GET", API + "/health/detailed", admin, null);
        for (String path : new String[] {"/stats", "/stats/overview", "/rooms/stats", "/stats/rooms"}) {
            ok("GET", API + path, admin, null);
        }
        ok("GET", API + "/admin/audit/export", admin, null);
    }

    private void ends(String ana) {
        ok("DELETE", API + "/account", http.login("ana_every"), "{\"password\":\"" + Http.PASSWORD + "\"}");
        http.register("eli_every");
        ok("DELETE", API + "/users/account", http.login("eli_every"), "{\"password\":\"" + Http.PASSWORD + "\"}");
        assertThat(ana).startsWith("u_");
    }
}
