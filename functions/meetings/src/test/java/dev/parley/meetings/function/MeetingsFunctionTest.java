package dev.parley.meetings.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.kernel.tokens.MediaClaims;
import dev.parley.local.stores.Stores;
import dev.parley.meetings.function.RestCaller.Reply;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.JwtVerifier;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.nodes.ControlServer;
import dev.parley.platform.nodes.DynamoLeases;
import dev.parley.platform.nodes.DynamoPlacements;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.NodeState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The function as wired for production, on the real stores. */
@Tag("component")
class MeetingsFunctionTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static Stores stores;
    private static Settings settings;
    private static RestCaller rest;
    private static KeyFolder keys;

    @BeforeAll
    static void start() {
        stores = Stores.temporary();
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("PUBLIC_URL", "http://localhost:8800");
        values.put("WS_URL", "ws://localhost:8800/ws/signaling");
        values.put("ICE_SERVERS", "[{\"urls\":\"stun:stun.example.org\"}]");
        values.put("RATE_LIMITS", "off");
        values.put("DATABASE_POOL_SIZE", "4");
        settings = Settings.of(values);
        keys = KeyFolder.of(settings);
        rest = new RestCaller(MeetingsFunction.router(settings, CLOCK));
    }

    @AfterAll
    static void stop() {
        stores.close();
    }

    private static String user(String id) {
        return JwtIssuer.access(keys.load(KeyFolder.Name.ACCESS), CLOCK)
                .issue(Audience.API, AccessClaims.user(id, "s_" + id, 0, Role.USER, "Name of " + id))
                .token();
    }

    private static String create(String host, Object draft) {
        Reply created = rest.call("POST", "/api/v1/meetings", user(host), draft);
        assertThat(created.status()).isEqualTo(201);
        return created.data().path("meeting_id").asString();
    }

    private static String path(String meetingId, String rest) {
        return "/api/v1/meetings/" + meetingId + rest;
    }

    @Test
    void aMeetingFromPlanToHistory() {
        String id = create("u_h1", Map.of("title", "Standup 100%", "password", "secret"));
        Reply plan = rest.call("GET", path(id, ""), user("u_h1"), null);
        assertThat(plan.data().path("status").asString()).isEqualTo("scheduled");
        assertThat(plan.data().path("has_password").asBoolean()).isTrue();
        assertThat(plan.body().toString()).doesNotContain("argon2");
        assertThat(plan.data().path("link").asString()).isEqualTo("http://localhost:8800/m/" + id);
        Reply card = rest.call("GET", path(id, ""), user("u_stranger"), null);
        assertThat(card.data().path("title").asString()).isEqualTo("Standup 100%");
        assertThat(card.data().has("host_id")).isFalse();

        assertThat(rest.call("POST", path(id, "/join"), user("u_a1"), null).error())
                .isEqualTo("meeting.not_started");
        Reply host = rest.call("POST", path(id, "/join"), user("u_h1"), null);
        assertThat(host.status()).isEqualTo(200);
        assertThat(host.data().path("role").asString()).isEqualTo("host");
        assertThat(host.data().path("slots").path("video").asInt()).isEqualTo(9);
        assertThat(host.data().path("ice_servers").get(0).path("urls").asString())
                .startsWith("stun:");

        assertThat(rest.call("POST", path(id, "/join"), user("u_a1"), null).status())
                .isEqualTo(401);
        Reply ana =
                rest.call("POST", path(id, "/join"), user("u_a1"), Map.of("password", "secret", "display_name", "Ana"));
        assertThat(ana.status()).isEqualTo(200);
        MediaClaims claims = JwtVerifier.media(keys.load(KeyFolder.Name.MEDIA), CLOCK)
                .verify(ana.data().path("media_token").asString(), Audience.room(id));
        assertThat(claims.name()).isEqualTo("Ana");
        assertThat(claims.csrc()).isEqualTo(ana.data().path("csrc").asLong());

        Reply people = rest.call("GET", path(id, "/participants"), user("u_a1"), null);
        assertThat(people.data().size()).isEqualTo(2);
        assertThat(rest.call("POST", path(id, "/end"), user("u_a1"), null).error())
                .isEqualTo("meeting.not_host");
        assertThat(rest.call("POST", path(id, "/end"), user("u_h1"), null).status())
                .isEqualTo(200);
        assertThat(rest.call("POST", path(id, "/end"), user("u_h1"), null).status())
                .isEqualTo(200);
        assertThat(rest.call("POST", path(id, "/join"), user("u_a1"), null).error())
                .isEqualTo("meeting.ended");

        Reply mine = rest.call("GET", "/api/v1/meetings?status=ended&keyword=100%", user("u_a1"), null);
        assertThat(mine.data().path("total").asInt()).isEqualTo(1);
        assertThat(mine.data().path("list").get(0).path("meeting_id").asString())
                .isEqualTo(id);
        assertThat(rest.call("GET", "/api/v1/meetings?keyword=1__%", user("u_a1"), null)
                        .data()
                        .path("total")
                        .asInt())
                .isZero();
    }

    private static List<String> found(String user, String question) {
        Reply reply = rest.call("GET", "/api/v1/search/meetings?limit=50&q=" + question, user(user), null);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        reply.data().path("list").forEach(one -> ids.add(one.path("meeting_id").asString()));
        return ids;
    }

    @Test
    void meetingsAreFoundByThoseWhoHostThemOrWereInThem() {
        String budget = create("u_s1", Map.of("title", "季度预算 Café review", "description", "numbers of spring"));
        String other = create("u_s2", Map.of("title", "季度预算 of somebody else"));
        assertThat(found("u_s1", "预算")).containsExactly(budget);
        assertThat(found("u_s1", "spring cafe")).containsExactly(budget);
        assertThat(found("u_s1", "name u_s1 cafe")).as("its host").containsExactly(budget);
        assertThat(found("u_s1", budget)).containsExactly(budget);
        assertThat(found("u_s1", budget.replace("-", "").toUpperCase(Locale.ROOT)))
                .containsExactly(budget);
        assertThat(found("u_s1", other)).as("a code that one knows").isEmpty();
        assertThat(found("u_s3", "预算")).isEmpty();

        rest.call("POST", path(budget, "/start"), user("u_s1"), null);
        rest.call("POST", path(budget, "/join"), user("u_s3"), null);
        rest.call("POST", path(budget, "/end"), user("u_s1"), null);
        assertThat(found("u_s3", "预算")).containsExactly(budget);
        assertThat(found("u_s4", "预算")).isEmpty();
        for (String wrong : List.of("...", "x".repeat(201), "x&cursor=abc", "x&limit=51")) {
            assertThat(rest.call("GET", "/api/v1/search/meetings?q=" + wrong, user("u_s1"), null)
                            .error())
                    .isEqualTo("request.invalid");
        }
    }

    @Test
    void aSearchGoesOnWhereItWasLeft() {
        for (int i = 0; i < 7; i++) {
            create("u_s5", Map.of("title", "Weekly " + i));
        }
        Set<String> titles = new HashSet<>();
        String cursor = "";
        while (cursor != null) {
            Reply reply = rest.call("GET", "/api/v1/search/meetings?q=weekly&limit=3" + cursor, user("u_s5"), null);
            reply.data()
                    .path("list")
                    .forEach(one ->
                            assertThat(titles.add(one.path("title").asString())).isTrue());
            cursor = reply.data().has("cursor")
                    ? "&cursor=" + reply.data().path("cursor").asString()
                    : null;
        }
        assertThat(titles).hasSize(7);
    }

    @Test
    void aKickedGuestStaysOutWhateverTheyBring() {
        String id = create("u_h2", Map.of("title", "Kick"));
        rest.call("POST", path(id, "/start"), user("u_h2"), null);
        Reply pass = rest.call("POST", path(id, "/guests"), null, Map.of("display_name", "Gita"));
        assertThat(pass.status()).isEqualTo(201);
        String guest = pass.data().path("token").asString();
        String key = pass.data().path("guest_key").asString();
        String guestId = pass.data().path("user_id").asString();
        assertThat(rest.call("POST", path(id, "/join"), guest, null)
                        .data()
                        .path("role")
                        .asString())
                .isEqualTo("guest");
        for (String act : List.of("/kick", "/mute", "/admit", "/deny", "/unmute-request")) {
            assertThat(rest.call("POST", path(id, "/participants/u_h2" + act), guest, null)
                            .error())
                    .isEqualTo("meeting.not_host");
        }
        Reply kick = rest.call("POST", path(id, "/participants/" + guestId + "/kick"), user("u_h2"), null);
        assertThat(kick.data().path("media").asString()).isEqualTo("no_room");
        assertThat(rest.call("POST", path(id, "/join"), guest, null).error()).isEqualTo("meeting.banned");
        assertThat(rest.call("POST", path(id, "/guests"), null, Map.of("display_name", "Eve", "guest_key", key))
                        .error())
                .isEqualTo("meeting.banned");
        Reply fresh = rest.call("POST", path(id, "/guests"), null, Map.of("display_name", "Gita"));
        Reply waiting =
                rest.call("POST", path(id, "/join"), fresh.data().path("token").asString(), null);
        assertThat(waiting.status()).isEqualTo(202);
        assertThat(waiting.data().path("state").asString()).isEqualTo("waiting");
        String freshId = fresh.data().path("user_id").asString();
        rest.call("POST", path(id, "/participants/" + freshId + "/admit"), user("u_h2"), null);
        assertThat(rest.call(
                                "POST",
                                path(id, "/join"),
                                fresh.data().path("token").asString(),
                                null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void hostsActsReachTheRoomsNodeBeforeTheAnswer() throws Exception {
        String id = create("u_h6", Map.of("title", "Acts"));
        rest.call("POST", path(id, "/join"), user("u_h6"), null);
        rest.call("POST", path(id, "/join"), user("u_a6"), null);
        try (ControlServer node = new ControlServer();
                Dynamo dynamo = Dynamo.of(settings)) {
            new DynamoLeases(dynamo, CLOCK).register(node.lease("node-acts"));
            DynamoPlacements placements = new DynamoPlacements(dynamo, CLOCK);
            placements.claim(id, Optional.empty(), "node-acts");
            Reply mute =
                    rest.call("POST", path(id, "/participants/u_a6/mute"), user("u_h6"), Map.of("source", "camera"));
            assertThat(mute.data().path("media").asString()).isEqualTo("applied");
            rest.call("POST", path(id, "/mute-all"), user("u_h6"), null);
            rest.call("POST", path(id, "/participants/u_a6/kick"), user("u_h6"), null);
            rest.call("POST", path(id, "/end"), user("u_h6"), null);
            List<RoomAct> acts = node.calls().stream()
                    .map(call -> Wire.read(call.body(), RoomAct.class))
                    .toList();
            assertThat(acts)
                    .extracting(RoomAct::act)
                    .containsExactly(RoomAct.Kind.MUTE, RoomAct.Kind.MUTE_ALL, RoomAct.Kind.KICK, RoomAct.Kind.END);
            assertThat(acts.getFirst().source()).isEqualTo(Source.CAMERA);
            assertThat(acts.get(2).user()).isEqualTo("u_a6");
            assertThat(acts.get(2).admission()).isEqualTo(1);
            assertThat(placements.find(id)).isEmpty();
        }
    }

    @Test
    void whenTheRoomsNodeIsAwayTheHostIsToldAndTheKickHolds() {
        String id = create("u_h3", Map.of("title", "Dark node"));
        rest.call("POST", path(id, "/start"), user("u_h3"), null);
        rest.call("POST", path(id, "/join"), user("u_a3"), null);
        try (Dynamo dynamo = Dynamo.of(settings)) {
            new DynamoLeases(dynamo, CLOCK)
                    .register(new NodeLease(
                            "node-dark",
                            "i1",
                            "https://127.0.0.1:9",
                            "00".repeat(32),
                            "127.0.0.1",
                            0,
                            NodeState.SERVING,
                            0,
                            0,
                            0,
                            "local"));
            new DynamoPlacements(dynamo, CLOCK).claim(id, Optional.empty(), "node-dark");
        }
        Reply kick = rest.call("POST", path(id, "/participants/u_a3/kick"), user("u_h3"), null);
        assertThat(kick.status()).isEqualTo(503);
        assertThat(kick.error()).isEqualTo("fleet.unavailable");
        assertThat(rest.call("POST", path(id, "/join"), user("u_a3"), null).error())
                .isEqualTo("meeting.banned");
    }

    @Test
    void aStormOfJoinsFillsTheMeetingExactly() throws Exception {
        int seats = 10;
        String id = create("u_h4", Map.of("title", "Storm", "max_participants", seats));
        rest.call("POST", path(id, "/start"), user("u_h4"), null);
        List<Callable<Reply>> storm = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String token = user("u_storm" + i);
            storm.add(() -> rest.call("POST", path(id, "/join"), token, null));
            storm.add(() -> rest.call("POST", path(id, "/join"), token, null));
        }
        Set<String> in = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Reply> one : threads.invokeAll(storm)) {
                Reply reply = one.get();
                if (reply.status() == 200) {
                    in.add(reply.data().path("participant_id").asString());
                    numbers.add(reply.data().path("csrc").asInt());
                } else {
                    assertThat(reply.error()).isEqualTo("meeting.full");
                }
            }
        }
        assertThat(in).hasSize(seats);
        assertThat(numbers).hasSize(seats);
    }

    @Test
    void badRequestsHaveCodesAndChangeNothing() {
        String id = create("u_h5", Map.of("title", "Bad"));
        assertThat(rest.call("POST", "/api/v1/meetings", user("u_h5"), Map.of("title", ""))
                        .error())
                .isEqualTo("meeting.title");
        assertThat(rest.call("POST", "/api/v1/meetings", user("u_h5"), Map.of("title", Map.of("a", 1)))
                        .status())
                .isEqualTo(400);
        assertThat(rest.call("POST", "/api/v1/meetings", null, Map.of("title", "x"))
                        .status())
                .isEqualTo(401);
        assertThat(rest.call("PUT", path(id, ""), user("u_h5"), Map.of("max_participants", -1))
                        .error())
                .isEqualTo("meeting.max_participants");
        assertThat(rest.call("GET", path("zzz-zzzz-zzz", ""), user("u_h5"), null)
                        .error())
                .isEqualTo("meeting.not_found");
        assertThat(rest.call("GET", path("%27%20OR%201", ""), user("u_h5"), null)
                        .status())
                .isEqualTo(404);
        assertThat(rest.call("GET", "/api/v1/meetings?page=x", user("u_h5"), null)
                        .error())
                .isEqualTo("meeting.page");
        Reply cancelled = rest.call("DELETE", path(id, ""), user("u_h5"), null);
        assertThat(cancelled.data().path("status").asString()).isEqualTo("cancelled");
    }
}
