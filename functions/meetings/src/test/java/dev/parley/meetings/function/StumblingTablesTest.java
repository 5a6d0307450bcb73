package dev.parley.meetings.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.Role;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.local.stores.Stores;
import dev.parley.meetings.function.RestCaller.Reply;
import dev.parley.meetings.function.StumblingTables.Stumble;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Joins while the tables fail, lose answers or are in others' transactions: never an accident, never a seat too many. */
@Tag("component")
class StumblingTablesTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static Stores stores;
    private static StumblingTables tables;
    private static KeyFolder keys;
    private static RestCaller rest;

    @BeforeAll
    static void start() throws Exception {
        stores = Stores.temporary();
        tables = new StumblingTables(stores.tablesEndpoint());
        Map<String, String> values = new HashMap<>(stores.values());
        values.put(SettingKeys.DYNAMODB_ENDPOINT, tables.endpoint().toString());
        values.put("PUBLIC_URL", "http://localhost:8800");
        values.put("WS_URL", "ws://localhost:8800/ws/signaling");
        values.put("DATABASE_POOL_SIZE", "4");
        Settings settings = Settings.of(values);
        keys = KeyFolder.of(settings);
        rest = new RestCaller(MeetingsFunction.router(settings, CLOCK));
    }

    @AfterAll
    static void stop() {
        tables.close();
        stores.close();
    }

    @AfterEach
    void recover() {
        tables.stumble(Stumble.NONE);
    }

    private static String user(String id) {
        return JwtIssuer.access(keys.load(KeyFolder.Name.ACCESS), CLOCK)
                .issue(Audience.API, AccessClaims.user(id, "s_" + id, 0, Role.USER, "Name of " + id))
                .token();
    }

    private static String started(String host, int seats) {
        String id = rest.call(
                        "POST", "/api/v1/meetings", user(host), Map.of("title", "Standup", "max_participants", seats))
                .data()
                .path("meeting_id")
                .asString();
        assertThat(rest.call("POST", path(id, "/start"), user(host), null).status())
                .isEqualTo(200);
        return id;
    }

    private static String path(String meetingId, String rest) {
        return "/api/v1/meetings/" + meetingId + rest;
    }

    @ParameterizedTest
    @EnumSource(value = Stumble.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aJoinThatCannotBeServedIsToBeTriedAgainAndThenGoesWell(Stumble stumble) {
        String id = started("u_h" + stumble.ordinal(), 2);
        tables.stumble(stumble);

        Reply refused = rest.call("POST", path(id, "/join"), user("u_ana"), null);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("store.unavailable");
        tables.stumble(Stumble.NONE);
        assertThat(rest.call("POST", path(id, "/join"), user("u_ana"), null).status())
                .isEqualTo(200);
    }

    @Test
    void fiftyJoinAtOnceOverStumblingTablesAndTheMeetingIsFilledExactly() throws Exception {
        int seats = 20;
        String id = started("u_storm_host", seats);
        tables.stumble(
                Stumble.NONE,
                Stumble.NONE,
                Stumble.AFTER,
                Stumble.NONE,
                Stumble.BEFORE,
                Stumble.NONE,
                Stumble.NONE,
                Stumble.IN_PROGRESS,
                Stumble.NONE,
                Stumble.CONFLICT,
                Stumble.NONE);
        List<Callable<Reply>> storm = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String token = user("u_storm" + i);
            storm.add(() -> untilDecided(() -> rest.call("POST", path(id, "/join"), token, null)));
        }
        Set<String> in = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
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

    /** Asks again as clients do: after a 503, and nothing else of the kind may come. */
    private static Reply untilDecided(Callable<Reply> ask) throws Exception {
        while (true) {
            Reply reply = ask.call();
            if (reply.status() != 503) {
                assertThat(reply.status()).as(reply.body().toString()).isLessThan(500);
                return reply;
            }
            assertThat(reply.error()).isEqualTo("store.unavailable");
        }
    }
}
