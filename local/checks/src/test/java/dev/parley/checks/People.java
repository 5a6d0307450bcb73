package dev.parley.checks;

import static dev.parley.checks.Refusals.json;
import static dev.parley.checks.Refusals.ok;

import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.Sha256;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * Those who ask: Ana, whose everything is; Bo, who is in her meeting and her group; Cleo, who is in nothing; Ada, who administers, and Mia, who moderates; guests
 * of Ana's meeting and of another; a device of Ana's; and somebody who was banned.
 */
final class People {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    final Http http;
    final String anaId;
    final String boId;
    final String cleoId;
    final String adaId;
    final String ana;
    final String bo;
    final String cleo;
    final String ada;
    final String mia;
    /** Of Ana's meeting, and in it. */
    final String gus;

    final String gusId;
    /** Of Cleo's meeting. */
    final String gia;

    final String device;
    /** Bans took this token back. */
    final String banned;
    /** Ana's, an hour ago. */
    final String expired;

    final String meeting;
    final String poll;
    final String group;
    final String file;
    final String deviceId;
    final String push;
    final String webhook;

    private final Map<String, String> bodies = new HashMap<>();

    People(RunningSystem system, Http http) {
        this.http = http;
        anaId = http.register("ana_errors");
        boId = http.register("bo_errors");
        cleoId = http.register("cleo_errors");
        adaId = http.register("ada_errors");
        String bannedId = http.register("ben_errors");
        banned = http.login("ben_errors");
        system.makeAdmin("ada_errors");
        ada = risen("ada_errors");
        ok(http, "PUT /admin/users/" + http.register("mia_errors"), ada, json("role", "moderator"));
        mia = risen("mia_errors");
        ok(http, "POST /admin/users/" + bannedId + "/ban", ada, "{}");
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> http.call("GET", Refusals.API + "/meetings", banned, null)
                        .error()
                        .equals("auth.revoked"));
        ana = http.login("ana_errors");
        bo = http.login("bo_errors");
        cleo = http.login("cleo_errors");
        expired = token(system, AccessClaims.user(anaId, "s_expired", 0, Role.USER, "Ana"), Duration.ofHours(1));
        meeting = liveMeeting(ana, json("title", "Now"));
        ok(http, "POST /meetings/" + meeting + "/join", bo, "{}");
        JsonNode pass = ok(http, "POST /meetings/" + meeting + "/guests", null, json("display_name", "Gus"));
        gus = pass.path("token").asString();
        gusId = pass.path("user_id").asString();
        ok(http, "POST /meetings/" + meeting + "/join", gus, "{}");
        gia = ok(
                        http,
                        "POST /meetings/" + liveMeeting(cleo, json("title", "Elsewhere")) + "/guests",
                        null,
                        json("display_name", "Gia"))
                .path("token")
                .asString();
        poll = ok(
                        http,
                        "POST /meetings/" + meeting + "/polls",
                        ana,
                        json("question", "Lunch?", "options", List.of("Now", "Later")))
                .path("id")
                .asString();
        group = ok(http, "POST /conversations", ana, json("kind", "group", "title", "Team", "user_ids", List.of(boId)))
                .path("conversation_id")
                .asString();
        ok(http, "POST /conversations/" + group + "/messages", ana, json("client_msg_id", "first", "text", "Hello"));
        file = upload(ana, "Ana's plan");
        JsonNode added = ok(http, "POST /devices", ana, json("name", "Kiosk", "kind", "kiosk", "credential", true));
        deviceId = added.path("device").path("device_id").asString();
        device = ok(
                        http,
                        "POST /devices/token",
                        null,
                        json(
                                "device_id",
                                deviceId,
                                "credential",
                                added.path("credential").asString()))
                .path("token")
                .asString();
        push = push(ana, file, deviceId);
        webhook = ok(http, "POST /webhooks", ana, json("url", "http://127.0.0.1:9/in", "events", List.of("*")))
                .path("id")
                .asString();
        bodies();
    }

    /** A token of the very second in which a role was given is refused for good. */
    private String risen(String name) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> http.login(name),
                        token -> http.call("GET", Refusals.API + "/admin/users", token, null)
                                .ok());
    }

    String push(String token, String fileId, String deviceId) {
        return ok(http, "POST /files/" + fileId + "/push", token, json("targets", Map.of("devices", List.of(deviceId))))
                .path("push_id")
                .asString();
    }

    /** A meeting that goes on, with its host in it. */
    String liveMeeting(String host, String draft) {
        String id = plannedMeeting(host, draft);
        ok(http, "POST /meetings/" + id + "/start", host, null);
        ok(http, "POST /meetings/" + id + "/join", host, "{}");
        return id;
    }

    String plannedMeeting(String host, String draft) {
        return ok(http, "POST /meetings", host, draft).path("meeting_id").asString();
    }

    static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String draft(String text) {
        return json(
                "name",
                "plan.txt",
                "size",
                text.length(),
                "sha256",
                hash(text),
                "type",
                "text/plain",
                "chunks",
                List.of(hash(text)));
    }

    /** Begins an upload and sends its part. */
    String begin(String token, String text) {
        JsonNode begun = ok(http, "POST /files", token, draft(text));
        JsonNode address = begun.path("upload").path("addresses").get(0);
        Http.put(
                URI.create(address.path("url").asString()),
                address.path("headers"),
                text.getBytes(StandardCharsets.UTF_8));
        return begun.path("file").path("file_id").asString();
    }

    /** A file that is ready. */
    String upload(String token, String text) {
        String id = begin(token, text);
        ok(http, "POST /files/" + id + "/complete", token, null);
        return id;
    }

    static String token(RunningSystem system, AccessClaims claims, Duration ago) {
        var keys = KeyFolder.of(Settings.of(system.values())).load(KeyFolder.Name.ACCESS);
        Instant then = Instant.now().minus(ago);
        return JwtIssuer.access(keys, () -> then).issue(Audience.API, claims).token();
    }

    /** The address of a route, with what is Ana's in place of its parameters. */
    String address(String path) {
        return path.replace("/sessions/{id}", "/sessions/s_none")
                .replace("/users/{id}", "/users/" + cleoId)
                .replace("/conversations/{id}", "/conversations/" + group)
                .replace("/files/{id}", "/files/" + file)
                .replace("/devices/{id}", "/devices/" + deviceId)
                .replace("/pushes/{id}", "/pushes/" + push)
                .replace("/webhooks/{id}", "/webhooks/" + webhook)
                .replace("/subscriptions/{id}", "/subscriptions/ps_none")
                .replace("/meetings/{id}", "/meetings/" + meeting)
                .replace("{device_id}", deviceId)
                .replace("{conversation_id}", group)
                .replace("{did}", "d_none")
                .replace("{seq}", "1")
                .replace("{emoji}", "x")
                .replace("{uid}", boId)
                .replace("/notifications/{id}", "/notifications/n_none")
                .replace("{session_id}", "s_none")
                .replace("{invitation_id}", "i_none")
                .replace("{poll_id}", poll)
                .replace("{room_id}", "b_none");
    }

    /** A body that the route could serve; empty where it takes none. */
    String body(String route) {
        return bodies.get(route.replace("/auth/refresh", "/refresh-token")
                .replace("/auth/", "/")
                .replace(" /api/v1/users/", " /api/v1/"));
    }

    private void body(String route, Object... members) {
        String[] parts = route.split(" ");
        bodies.put(parts[0] + " " + Refusals.API + parts[1], json(members));
    }

    private void bodies() {
        body("POST /register", "username", "ana_errors", "email", "ana_errors@example.org", "password", Http.PASSWORD);
        body("POST /login", "username", "nobody_errors", "password", Http.PASSWORD);
        body("POST /refresh-token", "refresh_token", "made-up");
        body("POST /forgot-password", "email", "nobody_errors@example.org");
        body(
                "POST /reset-password",
                "email",
                "ana_errors@example.org",
                "code",
                "ABCD-EFGH",
                "password",
                "Other-Horse-7");
        body("PUT /profile", "nickname", "Ana");
        body("POST /change-password", "old_password", Http.PASSWORD, "new_password", Http.PASSWORD + "1");
        body("DELETE /account", "password", Http.PASSWORD);
        body("PUT /admin/users/{id}", "nickname", "Cleo");
        body("POST /admin/users/{id}/ban", "reason", "a test");
        body("PUT /admin/limits", "limits", Map.of("name_sign_ins", 20));
        body("POST /meetings", "title", "Later");
        body("PUT /meetings/{id}", "title", "Now");
        body("POST /meetings/{id}/invitations", "emails", List.of("dee@example.org"));
        body("POST /meetings/{id}/guests", "display_name", "Gil");
        body("POST /meetings/{id}/join", "display_name", "Somebody");
        body("POST /meetings/{id}/participants/{uid}/mute", "source", "microphone");
        body("POST /meetings/{id}/participants/{uid}/unmute-request", "source", "microphone");
        body("POST /meetings/{id}/participants/{uid}/role", "role", "presenter");
        body("POST /meetings/{id}/mute-all", "source", "microphone");
        body("POST /meetings/{id}/polls", "question", "Dinner?", "options", List.of("Now", "Later"));
        body("POST /meetings/{id}/polls/{poll_id}/vote", "choices", List.of(0));
        body("POST /meetings/{id}/breakouts", "rooms", List.of(Map.of("name", "One", "people", List.of(boId))));
        body("PUT /meetings/{id}/breakouts/assignments", "assignments", List.of(Map.of("who", boId)));
        body("POST /meetings/{id}/breakouts/announcements", "text", "Two minutes left");
        body("POST /meetings/{id}/media", "media_token", "none", "sdp", "v=0", "tracks", List.of());
        body("PUT /meetings/{id}/media/{session_id}", "sdp", "v=0");
        body("POST /ws-tickets", "meeting_id", meeting);
        body("POST /conversations", "kind", "direct", "user_id", boId);
        body("PUT /conversations/{id}", "title", "The team");
        body("POST /conversations/{id}/messages", "client_msg_id", "more", "text", "Hello again");
        body("PUT /conversations/{id}/messages/{seq}", "text", "Hello there");
        body("POST /conversations/{id}/messages/{seq}/reactions", "emoji", "x");
        body("POST /conversations/{id}/read", "seq", 1);
        body("POST /conversations/{id}/members", "user_ids", List.of(cleoId));
        bodies.put("POST " + Refusals.API + "/files", draft("something new"));
        body("POST /files/{id}/parts", "parts", List.of(1));
        body("POST /files/{id}/shares", "conversation_id", group);
        body("POST /files/{id}/push", "targets", Map.of("devices", List.of(deviceId)));
        body("POST /pushes/{id}/devices/{device_id}/state", "state", "notified");
        body("POST /devices", "name", "Laptop", "kind", "laptop");
        body("POST /devices/token", "device_id", deviceId, "credential", "dk_" + "x".repeat(43));
        body("POST /notifications/read", "until", "2026-01-01T00:00:00Z");
        body("PUT /notifications/preferences", "language", "zh");
        body("POST /notifications/phone", "phone", "+4915112345670");
        body("POST /notifications/phone/confirm", "code", "000000");
        body(
                "POST /notifications/subscriptions",
                "endpoint",
                "https://updates.push.services.mozilla.com/wpush/v2/anas",
                "keys",
                Map.of(
                        "p256dh",
                        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                        "auth",
                        "BTBZMqHH6r4Tts7J_aSIgg"));
        body("POST /webhooks", "url", "http://127.0.0.1:9/in", "events", List.of("*"));
        body("PUT /webhooks/{id}", "description", "Somebody listens");
        bodies.put("POST " + Refusals.API + "/webhooks/{id}/secret", "{}");
    }
}
