package dev.parley.meetings.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.local.stores.Stores;
import dev.parley.meetings.function.RestCaller.Reply;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.nodes.Admission;
import dev.parley.platform.nodes.DynamoLeases;
import dev.parley.platform.nodes.DynamoPlacements;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.NodeLoad;
import dev.parley.platform.nodes.NodeState;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What goes on, for those who look after meetings, and banned people's tokens; over real stores. */
@Tag("component")
class OverviewTest {
    private static final InstantSource CLOCK = InstantSource.system();

    private final Stores stores = Stores.temporary();
    private final Settings settings = settings();
    private final Dynamo dynamo = Dynamo.of(settings);
    private final KeyFolder keys = KeyFolder.of(settings);
    private final RestCaller rest = new RestCaller(MeetingsFunction.router(settings, CLOCK));

    @AfterEach
    void stop() {
        dynamo.close();
        stores.close();
    }

    private Settings settings() {
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("PUBLIC_URL", "http://localhost:8800");
        values.put("WS_URL", "ws://localhost:8800/ws/signaling");
        return Settings.of(values);
    }

    private String token(String id, Role role) {
        return JwtIssuer.access(keys.load(KeyFolder.Name.ACCESS), CLOCK)
                .issue(Audience.API, AccessClaims.user(id, "s_" + id, 0, role, id))
                .token();
    }

    private String meeting(String title, String act) {
        String host = token("u_host", Role.USER);
        String id = rest.call("POST", "/api/v1/meetings", host, Map.of("title", title))
                .data()
                .path("meeting_id")
                .asString();
        if (!act.isEmpty()) {
            rest.call("POST", "/api/v1/meetings/" + id + act, host, null);
        }
        return id;
    }

    private Reply as(Role role, String path) {
        return rest.call("GET", "/api/v1" + path, token("u_" + role.wireName(), role), null);
    }

    @Test
    void moderatorsSeeTheMeetingsThatGoOnAndWhereTheyAre() {
        String live = meeting("Standup", "/join");
        meeting("Later", "");
        new DynamoPlacements(dynamo, CLOCK).claim(live, Optional.empty(), "node-a");
        for (String path : List.of("/rooms/stats", "/stats/rooms?page=1&page_size=1")) {
            JsonNode page = as(Role.MODERATOR, path).data();

            assertThat(page.path("total").asInt()).isEqualTo(1);
            JsonNode room = page.path("list").get(0);
            assertThat(room.path("meeting_id").asString()).isEqualTo(live);
            assertThat(room.path("title").asString()).isEqualTo("Standup");
            assertThat(room.path("participants").asInt()).isEqualTo(1);
            assertThat(room.path("node_id").asString()).isEqualTo("node-a");
            assertThat(room.path("host_id").asString()).isEqualTo("u_host");
        }
        assertThat(as(Role.ADMIN, "/rooms/stats?page_size=101").error()).isEqualTo("request.invalid");
    }

    @Test
    void theTotalsCountMeetingsAndNodesThatReport() {
        meeting("Standup", "/start");
        meeting("Later", "");
        DynamoLeases leases = new DynamoLeases(dynamo, CLOCK);
        leases.register(new NodeLease(
                "node-a", "i_1", "https://127.0.0.1:1", "00", "127.0.0.1", 0, NodeState.SERVING, 0, 0, 0, "local"));
        leases.renew("node-a", "i_1", new NodeLoad(2, 7, 0.25, Admission.OPEN));
        for (String path : List.of("/stats", "/stats/overview")) {
            JsonNode stats = as(Role.ADMIN, path).data();

            assertThat(stats.path("active_meetings").asInt()).isEqualTo(1);
            assertThat(stats.path("scheduled_meetings").asInt()).isEqualTo(1);
            assertThat(stats.path("active_users").asInt()).isEqualTo(7);
            assertThat(stats.path("rooms").asInt()).isEqualTo(2);
            assertThat(stats.path("nodes").asInt()).isEqualTo(1);
        }
    }

    @Test
    void plainUsersSeeNoneOfIt() {
        for (String path : List.of("/stats", "/stats/overview", "/rooms/stats", "/stats/rooms")) {
            assertThat(as(Role.USER, path).error()).isEqualTo("auth.forbidden");
            assertThat(rest.call("GET", "/api/v1" + path, null, null).error()).isEqualTo("auth.required");
        }
    }

    @Test
    void aModeratorEndsAMeetingOfSomebodyElse() {
        String live = meeting("Standup", "/join");

        Reply ended = rest.call("POST", "/api/v1/meetings/" + live + "/end", token("u_mod", Role.MODERATOR), null);

        assertThat(ended.data().path("status").asString()).isEqualTo("ended");
        assertThat(as(Role.MODERATOR, "/rooms/stats").data().path("total").asInt())
                .isZero();
    }

    @Test
    void theTokenOfWhoWasBannedIsRefused() {
        String host = token("u_host", Role.USER);
        String live = meeting("Standup", "/join");

        new EphemeralRevocations(new DynamoEphemeral(dynamo, CLOCK), CLOCK).revoke("u_host");

        assertThat(eventually(() -> rest.call("POST", "/api/v1/meetings/" + live + "/join", host, null)))
                .isEqualTo("auth.revoked");
        assertThat(rest.call("GET", "/api/v1/meetings", host, null).error()).isEqualTo("auth.revoked");
    }

    /** What a function knows of a caller may be a second old. */
    private static String eventually(Supplier<Reply> call) {
        Awaitility.await().until(() -> call.get().error().equals("auth.revoked"));
        return call.get().error();
    }
}
