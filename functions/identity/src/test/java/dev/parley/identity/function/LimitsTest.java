package dev.parley.identity.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.function.ApiClient.Reply;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoLimits;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the system allows, read and changed while it runs, as API Gateway sees it, over real stores. */
@Tag("component")
class LimitsTest {
    private static final String PASSWORD = "Correct-horse-7";
    private static final String LIMITS = "/api/v1/admin/limits";

    // Far ahead, so that the store itself collects nothing while a test looks.
    private final HandMovedClock clock = new HandMovedClock(Instant.parse("2030-11-01T12:00:00Z"));
    private Stores stores;
    private Settings settings;
    /** Two copies of the function, as they run side by side. */
    private ApiClient client;

    private ApiClient other;
    private ApiClient admin;

    @BeforeEach
    void start() {
        stores = Stores.temporary();
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("PUBLIC_URL", "http://localhost:8800");
        settings = Settings.of(values);
        client = ApiClient.of(IdentityFunction.router(settings, clock, new SecureRandom()));
        other = ApiClient.of(IdentityFunction.router(settings, clock, new SecureRandom()));
        register("root");
        register("ana");
        AdminCommand.grant(settings, clock, "root", "admin");
        clock.advance(Duration.ofSeconds(1));
        admin = client.bearer(login(client, "root").data().path("token").asString());
        clock.advance(Duration.ofMinutes(2));
    }

    @AfterEach
    void stop() {
        stores.close();
    }

    private void register(String name) {
        client.post("/api/v1/register", Map.of("username", name, "email", name + "@example.org", "password", PASSWORD));
    }

    private static Reply login(ApiClient at, String name) {
        return at.post("/api/v1/login", Map.of("username", name, "password", PASSWORD));
    }

    private Reply change(Map<String, Integer> limits) {
        return admin.put(LIMITS, Map.of("limits", limits));
    }

    private static JsonNode limit(Reply reply, Limit limit) {
        return StreamSupport.stream(reply.data().spliterator(), false)
                .filter(one -> one.path("name").asString().equals(limit.wire()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyLimitIsReadWithItsRange() {
        Reply read = admin.get(LIMITS);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.data().size()).isEqualTo(Limit.values().length);
        JsonNode signIns = limit(read, Limit.NAME_SIGN_INS);
        assertThat(signIns.path("value").asInt()).isEqualTo(10);
        assertThat(signIns.path("usual").asInt()).isEqualTo(10);
        assertThat(signIns.path("least").asInt()).isEqualTo(3);
        assertThat(signIns.path("most").asInt()).isEqualTo(1000);
        assertThat(signIns.path("seconds").asInt()).isEqualTo(60);
        assertThat(limit(read, Limit.MEETING_PARTICIPANTS).has("seconds")).isFalse();
        for (Limit limit : Limit.values()) {
            assertThat(limit.allows(limit.usual())).as(limit.wire()).isTrue();
        }
    }

    @Test
    void aChangeHoldsInEveryCopyWithinSecondsAndIsAudited() {
        assertThat(login(other, "ana").status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(2));
        Reply changed = change(Map.of("name_sign_ins", 3, "meeting_participants", 50));
        assertThat(limit(changed, Limit.NAME_SIGN_INS).path("value").asInt()).isEqualTo(3);
        clock.advance(DynamoLimits.KNOWN_FOR);
        for (int i = 0; i < 3; i++) {
            assertThat(login(other, "ana").status()).isEqualTo(200);
        }
        assertThat(login(other, "ana").error()).isEqualTo("rate.limited");
        try (Dynamo dynamo = Dynamo.of(settings)) {
            assertThat(new DynamoLimits(dynamo, clock).of(Limit.MEETING_PARTICIPANTS))
                    .isEqualTo(50);
        }
        List<JsonNode> entries = StreamSupport.stream(
                        admin.query("/api/v1/admin/audit", Map.of("act", "limits.change"))
                                .data()
                                .path("list")
                                .spliterator(),
                        false)
                .toList();
        assertThat(entries)
                .extracting(entry -> entry.path("outcome").asString())
                .containsExactly("done", "attempted");
        assertThat(entries.getFirst().path("before").path("name_sign_ins").asString())
                .isEqualTo("10");
        assertThat(entries.getFirst().path("after").path("name_sign_ins").asString())
                .isEqualTo("3");
    }

    @Test
    void nullIsTheUsualOneAgainAndWhatIsNotNamedStays() {
        change(Map.of("name_sign_ins", 20, "address_guests", 700));
        Reply changed = admin.send("PUT", LIMITS, "{\"limits\":{\"name_sign_ins\":null}}");
        assertThat(limit(changed, Limit.NAME_SIGN_INS).path("value").asInt()).isEqualTo(10);
        assertThat(limit(changed, Limit.ADDRESS_GUESTS).path("value").asInt()).isEqualTo(700);
    }

    @Test
    void whatIsNoLimitOrOutOfRangeIsRefusedAndNothingIsChanged() {
        for (Map<String, Integer> wrong : List.<Map<String, Integer>>of(
                Map.of(),
                Map.of("no_such_limit", 3),
                Map.of("name_sign_ins", 2),
                Map.of("name_sign_ins", 1001),
                Map.of("name_sign_ins", 5, "address_sign_ins", 0))) {
            Reply reply = change(wrong);
            assertThat(reply.status()).as(wrong.toString()).isEqualTo(400);
            assertThat(reply.error()).isEqualTo("admin.limits");
        }
        assertThat(admin.send("PUT", LIMITS, "{\"limits\":{\"name_sign_ins\":\"many\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(limit(admin.get(LIMITS), Limit.NAME_SIGN_INS).path("value").asInt())
                .isEqualTo(10);
    }

    @Test
    void onlyAdministratorsReadAndChange() {
        ApiClient ana = client.bearer(login(client, "ana").data().path("token").asString());
        assertThat(ana.get(LIMITS).status()).isEqualTo(403);
        assertThat(ana.send("PUT", LIMITS, "{\"limits\":{\"name_sign_ins\":20}}")
                        .status())
                .isEqualTo(403);
        assertThat(client.get(LIMITS).status()).isEqualTo(401);
    }
}
