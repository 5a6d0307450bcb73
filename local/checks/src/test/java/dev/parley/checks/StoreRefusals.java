package dev.parley.checks;

import static dev.parley.checks.Refusals.json;
import static dev.parley.checks.Refusals.ok;

import dev.parley.checks.api.Contract;
import dev.parley.kernel.Settings;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Tables;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** What is refused because somebody else was faster, or because a store is slow, away or broken. Nothing works any more afterwards. */
final class StoreRefusals {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Routes that ask the database before they ask the tables. */
    private static final List<String> DATABASE_FIRST = List.of("/register", "/forgot-password", "/devices/token");
    /** A connection that was cut is noticed by whoever uses it next. */
    private static final int ROUNDS = 2;
    /** Changed by nobody who waits for a request to lose. */
    private static final List<String> HELD = List.of("users", "meetings");

    private final Refusals refusals;
    private final People people;
    private final RunningSystem system;
    private final Http http;
    private final Map<String, Asked> rightful = new HashMap<>();

    /** A request that would be served on any other day. */
    private record Asked(String path, String token, String body, String... headers) {}

    StoreRefusals(Refusals refusals, People people, RunningSystem system) {
        this.refusals = refusals;
        this.people = people;
        this.system = system;
        this.http = people.http;
    }

    void walk(FakeNode listener) {
        Refusals.timed("by who was faster", () -> overtaken(listener));
        Refusals.timed("by rows that changed", this::changedMeanwhile);
        rightful();
        Refusals.timed("by tables without room", this::throttled);
        Refusals.timed("by a locked database", this::locked);
        Refusals.timed("by a sleeping database", this::waking);
        Refusals.timed("by broken tables", this::broken);
    }

    private void refuse(String code, String request, String token, String body, String... headers) {
        refusals.refuse(http, code, request, token, body, headers);
    }

    /** Each write of the tables that has a condition meets somebody who was faster, however often it is tried. */
    private void overtaken(FakeNode listener) {
        String stage = people.liveMeeting(people.ana, json("title", "In a hurry"));
        String at = "/meetings/" + stage;
        ok(http, "POST " + at + "/join", people.bo, "{}");
        ok(http, "PUT " + at, people.ana, json("settings", Map.of("require_approval", true)));
        ok(http, "POST " + at + "/join", people.cleo, "{}");
        String bo = at + "/participants/" + people.boId;
        String cleo = at + "/participants/" + people.cleoId;
        String rooms = json("rooms", List.of(Map.of("name", "One", "people", List.of())));
        String hook = "/webhooks/"
                + ok(http, "POST /webhooks", people.bo, json("url", listener.url() + "/in", "events", List.of("*")))
                        .path("id")
                        .asString();
        listener.serves();
        String delivery = delivered(hook);
        system.tableFaults("overtaken");
        refuse("meeting.changed", "POST " + bo + "/kick", people.ana, null);
        refuse("meeting.changed", "POST " + bo + "/role", people.ana, json("role", "presenter"));
        refuse("meeting.changed", "POST " + cleo + "/admit", people.ana, null);
        refuse("meeting.changed", "POST " + cleo + "/deny", people.ana, null);
        refuse("meeting.changed", "POST " + at + "/lock", people.ana, null);
        refuse("meeting.changed", "POST " + at + "/unlock", people.ana, null);
        refuse("meeting.changed", "POST " + at + "/breakouts", people.ana, rooms);
        refuse("meeting.changed", "POST " + at + "/leave", people.bo, null);
        refuse("meeting.changed", "POST /meetings/" + people.meeting + "/join", people.cleo, "{}");
        refuse("meeting.changed", "POST " + at + "/end", people.ana, null);
        refuse("request.conflict", "PUT " + hook, people.bo, json("description", "Late"));
        refuse("request.conflict", "POST " + hook + "/secret", people.bo, null);
        refuse("request.conflict", "POST " + hook + "/deliveries/" + delivery + "/replay", people.bo, null);
        busy();
        system.tableFaults("");
        ok(http, "POST " + at + "/breakouts", people.ana, rooms);
        system.tableFaults("overtaken");
        refuse("meeting.changed", "DELETE " + at + "/breakouts", people.ana, null);
        refuse(
                "meeting.changed",
                "PUT " + at + "/breakouts/assignments",
                people.ana,
                json("assignments", List.of(Map.of("who", people.boId))));
        system.tableFaults("");
    }

    /** A delivery of Bo's webhook that arrived. */
    private String delivered(String hook) {
        String id =
                ok(http, "POST " + hook + "/test", people.bo, null).path("id").asString();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> ok(http, "GET " + hook + "/deliveries/" + id, people.bo, null)
                        .path("state")
                        .asString()
                        .equals("delivered"));
        return id;
    }

    /** A conversation in which somebody else is always first. */
    private void busy() {
        String group = "/conversations/" + people.group;
        String message = group + "/messages/1";
        String busy = "conversation.busy";
        String one = json("kind", "group", "title", "New", "user_ids", List.of(people.boId));
        String late = json("client_msg_id", "late", "text", "Late");
        String cleo = json("user_ids", List.of(people.cleoId));
        // Each is tried for seconds.
        refusals.atOnce(Stream.of(
                () -> refuse(busy, "POST /conversations", people.ana, one),
                () -> refuse(busy, "PUT " + group, people.ana, json("title", "Late")),
                () -> refuse(busy, "POST " + group + "/messages", people.ana, late),
                () -> refuse(busy, "PUT " + message, people.ana, json("text", "Late")),
                () -> refuse(busy, "POST " + message + "/reactions", people.bo, json("emoji", "1")),
                () -> refuse(busy, "DELETE " + message + "/reactions/1", people.ana, null),
                () -> refuse(busy, "DELETE " + message, people.ana, null),
                () -> refuse(busy, "POST " + group + "/members", people.ana, cleo),
                () -> refuse(busy, "DELETE " + group + "/members/" + people.boId, people.ana, null)));
    }

    /** Rows that are never as they were read. */
    private void changedMeanwhile() {
        String planned = people.plannedMeeting(people.ana, json("title", "Later"));
        String reset = reset("bo_errors");
        system.sql("CREATE FUNCTION nothing() RETURNS trigger AS 'BEGIN RETURN NULL; END' LANGUAGE plpgsql");
        HELD.forEach(table -> system.sql(
                "CREATE TRIGGER held BEFORE UPDATE ON " + table + " FOR EACH ROW EXECUTE FUNCTION nothing()"));
        refuse("meeting.changed", "PUT /meetings/" + planned, people.ana, json("title", "Even later"));
        refuse("meeting.changed", "POST /meetings/" + planned + "/start", people.ana, null);
        refuse("meeting.changed", "DELETE /meetings/" + planned, people.ana, null);
        String password = json("old_password", Http.PASSWORD, "new_password", "Other-Horse-7");
        for (String prefix : List.of("", "/users")) {
            refuse("request.conflict", "POST " + prefix + "/change-password", people.cleo, password);
            refuse("request.conflict", "DELETE " + prefix + "/account", people.cleo, json("password", Http.PASSWORD));
            Http.Reply reply = picture(Refusals.API + prefix + "/upload-avatar", people.cleo);
            refusals.learn(http);
            refusals.expect("request.conflict", "POST " + prefix + "/upload-avatar", reply);
        }
        for (String prefix : List.of("", "/auth")) {
            refuse("request.conflict", "POST " + prefix + "/reset-password", null, reset);
        }
        HELD.forEach(table -> system.sql("DROP TRIGGER held ON " + table));
    }

    private Http.Reply picture(String path, String token) {
        return http.send(
                "POST", path, token, HttpRequest.BodyPublishers.ofByteArray(AccountRefusals.png(2, 2)), "image/png");
    }

    /** Another password, with the code in the mail that somebody gets who forgot theirs. */
    private String reset(String name) {
        String email = name + "@example.org";
        ok(http, "POST /forgot-password", null, json("email", email));
        JsonNode mails = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> http.must("GET", "/local/mail.json?to=" + email.replace("@", "%40"), null, null)
                                .json(),
                        list -> !list.isEmpty());
        String code = mails.get(0).path("links").get(0).asString().replaceFirst(".*code=", "");
        return json("email", email, "code", code, "password", "Other-Horse-7");
    }

    /** What everybody would ask on any other day, where it is not {@link People#body} asked by Ana. */
    private void rightful() {
        String planned = people.plannedMeeting(people.ana, json("title", "Much later"));
        String at = "/api/v1/meetings/" + planned;
        String refresh = ok(http, "POST /login", null, json("username", "bo_errors", "password", Http.PASSWORD))
                .path("refresh_token")
                .asString();
        String reset = reset("cleo_errors");
        for (String prefix : List.of("", "/auth")) {
            asked(
                    "POST " + prefix + "/register",
                    null,
                    json(
                            "username",
                            "new_errors" + prefix.length(),
                            "email",
                            "new" + prefix.length() + "@example.org",
                            "password",
                            Http.PASSWORD));
            asked("POST " + prefix + "/login", null, json("username", "bo_errors", "password", Http.PASSWORD));
            asked("POST " + prefix + "/forgot-password", null, json("email", "bo_errors@example.org"));
            asked("POST " + prefix + "/reset-password", null, reset);
            asked(
                    "POST " + (prefix.isEmpty() ? "/refresh-token" : "/auth/refresh"),
                    null,
                    json("refresh_token", refresh));
        }
        rightful.put(
                "GET /api/v1/csrf-token",
                new Asked("/api/v1/csrf-token", null, null, "Cookie", "parley_refresh=" + refresh));
        rightful.put(
                "GET /api/v1/users/lookup", new Asked("/api/v1/users/lookup?username=bo_errors", people.ana, null));
        for (String search : List.of("/api/v1/search", "/api/v1/search/files", "/api/v1/search/meetings")) {
            rightful.put("GET " + search, new Asked(search + "?q=hello", people.ana, null));
        }
        rightful.put("POST /api/v1/meetings/{id}/join", new Asked(at + "/join", people.ana, "{}"));
        rightful.put("POST /api/v1/meetings/{id}/guests", new Asked(at + "/guests", null, json("display_name", "Gil")));
        rightful.put("GET /api/v1/meetings/{id}/participants", new Asked(at + "/participants", people.ana, null));
        rightful.put("GET /api/v1/meetings/{id}/quality", new Asked(at + "/quality", people.ana, null));
        rightful.put("DELETE /api/v1/meetings/{id}", new Asked(at, people.ana, null));
        rightful.put("GET /api/v1/meetings/{id}/calendar.ics", new Asked(at + "/calendar.ics", people.ana, null));
        String media = people.liveMeeting(people.ana, json("title", "Heard"));
        String token = ok(http, "POST /meetings/" + media + "/join", people.ana, "{}")
                .path("media_token")
                .asString();
        String mediaAt = "/api/v1/meetings/" + media + "/media";
        rightful.put(
                "POST /api/v1/meetings/{id}/media",
                new Asked(mediaAt, people.ana, json("media_token", token, "sdp", "v=0", "tracks", List.of())));
    }

    private void asked(String request, String token, String body) {
        String[] parts = request.split(" ");
        rightful.put(parts[0] + " " + Refusals.API + parts[1], new Asked(Refusals.API + parts[1], token, body));
    }

    /** Asks every route that knows the refusal for what it would serve; what is served all the same is looked at in the end. */
    private void everywhere(String code, Predicate<Contract.Route> which) {
        for (int round = 0; round < ROUNDS; round++) {
            refusals.waiting(refusals.routes().stream()
                    .filter(route -> route.refusals().contains(code) && !refusals.has(route, code))
                    .filter(which)
                    .map(route -> () -> ask(route)));
            refusals.learn(http);
        }
    }

    private void ask(Contract.Route route) {
        if (route.path().endsWith("/upload-avatar")) {
            picture(route.path(), people.ana);
            return;
        }
        Asked asked = rightful.getOrDefault(
                route.name(), new Asked(people.address(route.path()), token(route), people.body(route.name())));
        if (asked.headers().length == 0) {
            http.call(route.method(), asked.path(), asked.token(), asked.body());
        } else {
            http.call(route.method(), asked.path(), asked.token(), asked.body(), asked.headers());
        }
    }

    private String token(Contract.Route route) {
        return switch (route.caller()) {
            case ANYBODY -> null;
            case GUEST, USER -> people.ana;
            case MODERATOR, ADMIN -> people.ada;
        };
    }

    private void throttled() {
        system.tableFaults("throttle");
        settle("store.unavailable");
        everywhere("store.unavailable", route -> true);
        system.tableFaults("");
    }

    /** Until every function has forgotten what it knew of tokens. */
    private void settle(String code) {
        refusals.waiting(Stream.of(
                        "DELETE /sessions/s_none",
                        "POST /meetings/zzz-zzzz-zzz/start",
                        "POST /ws-tickets",
                        "PUT /conversations/c_none",
                        "DELETE /files/f_none",
                        "DELETE /webhooks/wh_none",
                        "POST /notifications/n_none/read",
                        "DELETE /meetings/zzz-zzzz-zzz/media/s_1")
                .map(probe -> () -> settle(code, probe)));
    }

    private void settle(String code, String probe) {
        String[] parts = probe.split(" ");
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> http.call(parts[0], Refusals.API + parts[1], people.ana, null)
                        .error()
                        .equals(code));
    }

    /** Somebody holds every row of the database, and nobody waits for them long. */
    private void locked() {
        system.sql("ALTER DATABASE parley SET lock_timeout = '200ms'");
        String tables = system.text(
                "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables" + " WHERE schemaname = 'public'");
        try (Connection connection = system.database();
                Statement work = connection.createStatement()) {
            reconnect(work);
            connection.setAutoCommit(false);
            work.execute("LOCK TABLE " + tables + " IN ACCESS EXCLUSIVE MODE");
            everywhere("store.unavailable", route -> true);
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void reconnect(Statement work) throws SQLException {
        work.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = 'parley' AND pid <> pg_backend_pid()");
    }

    /** The database sleeps. Before that two of its tables are not there, for those who ask it before they ask anybody else. */
    private void waking() {
        for (String table : List.of("users", "devices")) {
            system.sql("ALTER TABLE " + table + " RENAME TO elsewhere");
            everywhere(
                    "internal",
                    route ->
                            DATABASE_FIRST.stream().anyMatch(end -> route.path().endsWith(end)));
            system.sql("ALTER TABLE elsewhere RENAME TO " + table);
        }
        system.stopDatabase();
        everywhere("store.waking", route -> true);
    }

    /** The tables are not there. */
    private void broken() {
        try (Dynamo dynamo = Dynamo.of(Settings.of(system.values()))) {
            for (Tables table : Tables.values()) {
                dynamo.client().deleteTable(delete -> delete.tableName(dynamo.name(table)));
            }
        }
        settle("internal");
        everywhere("internal", route -> true);
    }
}
