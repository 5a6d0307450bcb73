package dev.parley.identity.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.identity.function.ApiClient.Reply;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Looking after accounts and the audit log, as API Gateway sees it, over real stores. */
@Tag("component")
class AdminTest {
    private static final String PASSWORD = "Correct-horse-7";
    private static final String USERS = "/api/v1/admin/users";
    private static final String AUDIT = "/api/v1/admin/audit";

    // Far ahead, so that the store itself collects nothing while a test looks.
    private final HandMovedClock clock = new HandMovedClock(Instant.parse("2030-11-01T12:00:00.123456Z"));
    private Stores stores;
    private Settings settings;
    private ApiClient client;
    private Person root;

    private record Person(String id, String name, String token, String refresh, ApiClient client) {}

    @BeforeEach
    void start() {
        stores = Stores.temporary();
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("PUBLIC_URL", "http://localhost:8800");
        values.put("DATABASE_POOL_SIZE", "4");
        values.put("RATE_LIMITS", "off");
        settings = Settings.of(values);
        client = ApiClient.of(IdentityFunction.router(settings, clock, new SecureRandom()));
        root = withRole("root_admin", "admin");
    }

    @AfterEach
    void stop() {
        stores.close();
    }

    private Person person(String name) {
        client.post(
                "/api/v1/register",
                Map.of("username", name, "email", name + "@example.org", "password", PASSWORD, "phone", "+49 30 1"));
        return signedIn(name);
    }

    private Person signedIn(String name) {
        JsonNode login = login(name).data();
        String token = login.path("token").asString();
        return new Person(
                login.path("user").path("id").asString(),
                name,
                token,
                login.path("refresh_token").asString(),
                client.bearer(token));
    }

    private Reply login(String name) {
        return client.post("/api/v1/login", Map.of("username", name, "password", PASSWORD));
    }

    private Person withRole(String name, String role) {
        person(name);
        AdminCommand.grant(settings, clock, name, role);
        // A token of the very second of a revocation is refused.
        clock.advance(Duration.ofSeconds(1));
        return signedIn(name);
    }

    private Reply act(Person by, String method, Person on, String what) {
        return by.client().send(method, USERS + "/" + on.id() + what, null);
    }

    private static void assertRefused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
        assertThat(reply.error()).isEqualTo(code);
    }

    private List<JsonNode> audit() {
        List<JsonNode> entries = new ArrayList<>();
        root.client().get(AUDIT).data().path("list").forEach(entries::add);
        return entries;
    }

    private List<String> told() {
        try (Dynamo dynamo = Dynamo.of(settings)) {
            return dynamo.client().scan(scan -> scan.tableName(dynamo.name(Tables.OUTBOX))).items().stream()
                    .map(item -> Items.requiredText(item, "type") + " " + Items.requiredText(item, "subject"))
                    .toList();
        }
    }

    @Test
    void theFirstAdministratorIsMadeAtTheCommandLineAndThatIsAudited() {
        JsonNode granted = audit().getFirst();

        assertThat(granted.path("act").asString()).isEqualTo("account.change");
        assertThat(granted.path("actor_id").asString()).isEqualTo("operator");
        assertThat(granted.path("subject").asString()).isEqualTo(root.id());
        assertThat(granted.path("before").path("role").asString()).isEqualTo("user");
        assertThat(granted.path("after").path("role").asString()).isEqualTo("admin");
    }

    @Test
    void accountsAreListedByPageWordAndStatus() {
        Person ada = person("ada_list");
        clock.advance(Duration.ofSeconds(1));
        person("bob_list");
        act(root, "POST", ada, "/ban");

        JsonNode all = root.client().get(USERS).data();
        assertThat(all.path("total").asInt()).isEqualTo(3);
        assertThat(all.path("list").get(0).path("email").asString()).isEqualTo("bob_list@example.org");
        assertThat(all.toString()).doesNotContain("argon2").doesNotContain("password");
        assertThat(query(Map.of("keyword", "BOB_")).path("total").asInt()).isEqualTo(1);
        assertThat(query(Map.of("keyword", "b%")).path("total").asInt()).isEqualTo(0);
        assertThat(query(Map.of("status", "banned"))
                        .path("list")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo(ada.id());
        JsonNode second = query(Map.of("page", "2", "page_size", "2"));
        assertThat(second.path("list").size()).isEqualTo(1);
        assertThat(second.path("total_pages").asInt()).isEqualTo(2);
    }

    private JsonNode query(Map<String, String> parameters) {
        return root.client().query(USERS, parameters).data();
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page_size=101", "page=x", "status=asleep"})
    void aListThatIsAskedForWronglyIsRefusedByField(String parameter) {
        String[] parts = parameter.split("=");

        Reply reply = root.client().query(USERS, Map.of(parts[0], parts[1]));

        assertRefused(reply, 400, "request.invalid");
        assertThat(reply.body().path("details").path("field").asString()).isEqualTo(parts[0]);
    }

    @Test
    void aBanEndsSignInSessionAndTokenAtOnceAndIsToldAndAudited() {
        Person eve = person("eve_ban");

        Reply banned = root.client().post(USERS + "/" + eve.id() + "/ban", Map.of("reason", "spam"));

        assertThat(banned.status()).isEqualTo(200);
        assertThat(banned.data().path("status").asString()).isEqualTo("banned");
        assertRefused(eve.client().get("/api/v1/profile"), 401, "auth.revoked");
        assertRefused(
                client.post("/api/v1/refresh-token", Map.of("refresh_token", eve.refresh())),
                401,
                "auth.refresh_invalid");
        assertRefused(login("eve_ban"), 403, "user.banned");
        assertThat(told()).contains("account.banned " + eve.id());
        JsonNode entry = audit().getFirst();
        assertThat(entry.path("act").asString()).isEqualTo("account.ban");
        assertThat(entry.path("actor_id").asString()).isEqualTo(root.id());
        assertThat(entry.path("actor_role").asString()).isEqualTo("admin");
        assertThat(entry.path("subject").asString()).isEqualTo(eve.id());
        assertThat(entry.path("source_ip").asString()).isEqualTo("198.51.100.7");
        assertThat(entry.path("request_id").asString()).isEqualTo("test-request");
        assertThat(entry.path("outcome").asString()).isEqualTo("done");
        assertThat(entry.path("before").path("status").asString()).isEqualTo("active");
        assertThat(entry.path("after").path("reason").asString()).isEqualTo("spam");
    }

    @Test
    void banningAgainIsOneEntryAndAnUnbannedPersonSignsInAgainWithNewTokensOnly() {
        Person eve = person("eve_again");
        act(root, "POST", eve, "/ban");
        assertThat(act(root, "POST", eve, "/ban").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));

        assertThat(act(root, "POST", eve, "/unban").data().path("status").asString())
                .isEqualTo("active");
        assertThat(audit().stream().map(entry -> entry.path("act").asString()).limit(3))
                .containsExactly("account.unban", "account.ban", "account.change");
        assertRefused(eve.client().get("/api/v1/profile"), 401, "auth.revoked");
        assertThat(signedIn("eve_again").client().get("/api/v1/profile").status())
                .isEqualTo(200);
    }

    @Test
    void whoGetsAnotherRoleSignsInAgainAndThenHasIt() {
        Person mona = person("mona_role");

        Reply changed = root.client().put(USERS + "/" + mona.id(), Map.of("role", "moderator", "nickname", "Mona"));

        assertThat(changed.data().path("role").asString()).isEqualTo("moderator");
        assertThat(changed.data().path("nickname").asString()).isEqualTo("Mona");
        assertRefused(mona.client().get("/api/v1/profile"), 401, "auth.revoked");
        clock.advance(Duration.ofSeconds(1));
        assertThat(signedIn("mona_role").client().get(USERS).status()).isEqualTo(200);
        JsonNode entry = audit().getFirst();
        assertThat(entry.path("before").path("role").asString()).isEqualTo("user");
        assertThat(entry.path("after").path("nickname").asString()).isEqualTo("Mona");
        assertRefused(root.client().put(USERS + "/" + mona.id(), Map.of("role", "guest")), 400, "request.invalid");
    }

    @Test
    void aModeratorSeesAndBansPlainUsersAndNoMore() {
        Person mona = withRole("mona_mod", "moderator");
        Person maria = withRole("maria_mod", "moderator");
        Person eve = person("eve_mod");

        JsonNode seen = act(mona, "GET", eve, "").data();
        assertThat(seen.path("username").asString()).isEqualTo("eve_mod");
        assertThat(seen.has("email")).isFalse();
        assertThat(seen.has("phone")).isFalse();
        assertThat(act(root, "GET", eve, "").data().path("phone").asString()).isEqualTo("+49 30 1");
        assertThat(act(mona, "POST", eve, "/ban").status()).isEqualTo(200);
        assertThat(act(mona, "POST", eve, "/unban").status()).isEqualTo(200);
        assertRefused(act(mona, "POST", maria, "/ban"), 403, "auth.forbidden");
        assertRefused(act(mona, "POST", root, "/ban"), 403, "auth.forbidden");
        assertRefused(mona.client().put(USERS + "/" + eve.id(), Map.of("role", "admin")), 403, "auth.forbidden");
        assertRefused(act(mona, "DELETE", eve, ""), 403, "auth.forbidden");
        assertRefused(mona.client().get(AUDIT), 403, "auth.forbidden");
        assertRefused(mona.client().get(AUDIT + "/verify"), 403, "auth.forbidden");
        assertRefused(mona.client().get(AUDIT + "/export"), 403, "auth.forbidden");
        assertRefused(mona.client().get("/api/v1/health/detailed"), 403, "auth.forbidden");
    }

    @Test
    void aPlainUserAndNobodyGetNothing() {
        Person eve = person("eve_plain");
        for (String route : List.of(
                "GET " + USERS,
                "GET " + USERS + "/" + root.id(),
                "PUT " + USERS + "/" + root.id(),
                "DELETE " + USERS + "/" + root.id(),
                "POST " + USERS + "/" + root.id() + "/ban",
                "POST " + USERS + "/" + root.id() + "/unban",
                "GET " + AUDIT,
                "GET " + AUDIT + "/verify",
                "GET " + AUDIT + "/export",
                "GET /api/v1/health/detailed")) {
            String[] parts = route.split(" ");
            assertRefused(eve.client().send(parts[0], parts[1], null), 403, "auth.forbidden");
            assertRefused(client.send(parts[0], parts[1], null), 401, "auth.required");
        }
    }

    @Test
    void nobodyActsOnThemselvesAndTheLastAdministratorStays() {
        assertRefused(act(root, "POST", root, "/ban"), 403, "admin.oneself");
        assertRefused(act(root, "DELETE", root, ""), 403, "admin.oneself");
        assertRefused(root.client().put(USERS + "/" + root.id(), Map.of("role", "user")), 403, "admin.oneself");
        assertThat(root.client()
                        .put(USERS + "/" + root.id(), Map.of("nickname", "Chief"))
                        .data()
                        .path("nickname")
                        .asString())
                .isEqualTo("Chief");
        assertThat(catchThrowable(() -> AdminCommand.grant(settings, clock, root.name(), "user")))
                .hasMessageContaining("last administrator");
    }

    @Test
    void theLastAdministratorDoesNotDeleteTheirOwnAccountBeforeThereIsAnother() {
        Map<String, String> confirmed = Map.of("password", PASSWORD);
        assertRefused(root.client().delete("/api/v1/account", confirmed), 409, "admin.last");
        assertThat(root.client().get("/api/v1/sessions").status()).isEqualTo(200);
        Person other = withRole("other_admin", "admin");
        assertThat(root.client().delete("/api/v1/account", confirmed).status()).isEqualTo(200);
        assertRefused(other.client().delete("/api/v1/account", confirmed), 409, "admin.last");
    }

    @Test
    void ofTwoAdministratorsWhoDeleteTheirAccountsAtOnceOneStays() throws Exception {
        Person other = withRole("other_admin", "admin");
        Map<String, String> confirmed = Map.of("password", PASSWORD);
        List<Callable<Reply>> both = List.of(
                () -> root.client().delete("/api/v1/account", confirmed),
                () -> other.client().delete("/api/v1/account", confirmed));
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Reply> reply : threads.invokeAll(both)) {
                statuses.add(reply.get().status());
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    }

    @Test
    void ofTwoAdministratorsWhoDemoteEachOtherAtOnceOneStays() throws Exception {
        Person other = withRole("other_admin", "admin");
        for (int round = 0; round < 5; round++) {
            Person one = round == 0 ? root : withRole("one_" + round, "admin");
            Person two = round == 0 ? other : withRole("two_" + round, "admin");
            List<Callable<Reply>> both = List.of(
                    () -> one.client().put(USERS + "/" + two.id(), Map.of("role", "user")),
                    () -> two.client().put(USERS + "/" + one.id(), Map.of("role", "user")));
            List<Integer> statuses = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Reply> reply : threads.invokeAll(both)) {
                    statuses.add(reply.get().status());
                }
            }
            assertThat(statuses).containsOnlyOnce(200);
        }
    }

    @Test
    void anAccountIsRemovedWithItsSessionsAndRemovingItAgainIsNotFound() {
        Person eve = person("eve_gone");

        assertThat(act(root, "DELETE", eve, "").status()).isEqualTo(200);

        assertRefused(eve.client().get("/api/v1/profile"), 401, "auth.revoked");
        assertRefused(login("eve_gone"), 401, "auth.credentials");
        assertThat(told()).contains("account.deleted " + eve.id());
        assertThat(audit().getFirst().path("act").asString()).isEqualTo("account.delete");
        assertRefused(act(root, "DELETE", eve, ""), 404, "user.not_found");
        assertRefused(act(root, "GET", eve, ""), 404, "user.not_found");
        assertRefused(act(root, "POST", eve, "/ban"), 404, "user.not_found");
        assertRefused(act(root, "POST", eve, "/unban"), 404, "user.not_found");
        assertRefused(root.client().put(USERS + "/" + eve.id(), Map.of("nickname", "x")), 404, "user.not_found");
    }

    @Test
    void aReasonIsShortAndOnOneLine() {
        Person eve = person("eve_reason");

        assertRefused(
                root.client().post(USERS + "/" + eve.id() + "/ban", Map.of("reason", "x".repeat(201))),
                400,
                "request.invalid");
        assertRefused(
                root.client().post(USERS + "/" + eve.id() + "/ban", Map.of("reason", "a\nb")), 400, "request.invalid");
        assertThat(eve.client().get("/api/v1/profile").status()).isEqualTo(200);
    }

    @Test
    void theLogIsVerifiedAndTakenAwayLineByLine() {
        Person eve = person("eve_log");
        act(root, "POST", eve, "/ban");

        JsonNode check = root.client().get(AUDIT + "/verify").data();
        assertThat(check.path("intact").asBoolean()).isTrue();
        assertThat(check.path("complete").asBoolean()).isTrue();
        assertThat(check.path("until").asInt()).isEqualTo(2);
        assertThat(check.path("head").path("seq").asInt()).isEqualTo(2);

        JsonNode export = root.client().get(AUDIT + "/export").event();
        List<String> lines = export.path("body").asString().lines().toList();
        assertThat(export.path("headers").path("Content-Type").asString()).isEqualTo("application/x-ndjson");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).contains("account.ban");
        assertThat(lines.get(2)).contains("audit.export").contains(root.id());
        assertThat(lines.get(3)).startsWith("{\"head\":{\"seq\":3,\"hash\":\"");
        assertThat(lines.get(3)).contains(audit().getFirst().path("hash").asString());
    }

    @Test
    void theLogIsFilteredByWhoWhatAndOnWhom() {
        Person eve = person("eve_filter");
        act(root, "POST", eve, "/ban");
        act(root, "POST", eve, "/unban");

        assertThat(total(Map.of("act", "account.ban"))).isEqualTo(1);
        assertThat(total(Map.of("act", "account."))).isEqualTo(3);
        assertThat(total(Map.of("subject", eve.id()))).isEqualTo(2);
        assertThat(total(Map.of("actor", "operator"))).isEqualTo(1);
        assertRefused(root.client().query(AUDIT, Map.of("act", "x".repeat(101))), 400, "request.invalid");
        assertRefused(root.client().query(AUDIT + "/verify", Map.of("from", "0")), 400, "request.invalid");
        assertRefused(root.client().query(AUDIT + "/export", Map.of("limit", "5001")), 400, "request.invalid");
    }

    private int total(Map<String, String> parameters) {
        return root.client().query(AUDIT, parameters).data().path("total").asInt();
    }

    @Test
    void howThePartsAnswerIsForAdministrators() {
        JsonNode health = root.client().get("/api/v1/health/detailed").data();

        assertThat(health.path("status").asString()).isEqualTo("ok");
        assertThat(health.path("parts").findValuesAsString("name")).containsExactly("database", "tables");
        assertThat(health.path("parts").get(0).path("latency_ms").asInt(-1)).isGreaterThanOrEqualTo(0);
        assertThat(client.get("/api/v1/health").status()).isEqualTo(200);
    }
}
