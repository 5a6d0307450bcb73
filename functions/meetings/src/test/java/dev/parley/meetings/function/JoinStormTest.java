package dev.parley.meetings.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.local.stores.Stores;
import dev.parley.meetings.function.RestCaller.Reply;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hundreds ask for the seats of one meeting at the same moment, each from two devices, while hosts act and people leave. */
@Tag("component")
class JoinStormTest {
    private static final int PEOPLE = 240;
    private static final int SEATS = 60;
    private static final int LEAVERS = 20;
    private static final Set<Integer> COME_AGAIN = Set.of(429, 503);

    @Test
    void everySeatIsTakenAndNoneTwice() throws Exception {
        InstantSource clock = InstantSource.system();
        try (Stores stores = Stores.temporary()) {
            Map<String, String> values = new HashMap<>(stores.values());
            values.put("PUBLIC_URL", "http://localhost:8800");
            values.put("WS_URL", "ws://localhost:8800/ws/signaling");
            values.put("RATE_LIMITS", "off");
            Settings settings = Settings.of(values);
            RestCaller rest = new RestCaller(MeetingsFunction.router(settings, clock));
            JwtIssuer<AccessClaims> tokens =
                    JwtIssuer.access(KeyFolder.of(settings).load(KeyFolder.Name.ACCESS), clock);
            String host = token(tokens, "u_host");
            String id = rest.call("POST", "/api/v1/meetings", host, Map.of("title", "Storm", "max_participants", SEATS))
                    .data()
                    .path("meeting_id")
                    .asString();
            String path = "/api/v1/meetings/" + id;
            assertThat(rest.call("POST", path + "/start", host, null).status()).isEqualTo(200);

            List<Callable<Reply>> storm = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                String token = token(tokens, "u_" + i);
                storm.add(() -> until(rest, path + "/join", token));
                storm.add(() -> until(rest, path + "/join", token));
            }
            // Every act makes those who are just joining look again.
            for (int i = 0; i < 5; i++) {
                storm.add(() -> {
                    until(rest, path + "/lock", host);
                    return until(rest, path + "/unlock", host);
                });
            }
            Collections.shuffle(storm, new Random(7));
            Set<String> in = run(storm);
            assertThat(in).hasSize(SEATS);
            assertThat(seatsTaken(settings, id)).isEqualTo(SEATS);

            // Some leave, and just as many of those who found no seat come in.
            List<Callable<Reply>> second = new ArrayList<>();
            List<String> seated = new ArrayList<>(in);
            for (String gone : seated.subList(0, LEAVERS)) {
                String token = token(tokens, gone);
                second.add(() -> until(rest, path + "/leave", token));
            }
            run(second);
            List<Callable<Reply>> third = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                String user = "u_" + i;
                if (!in.contains(user)) {
                    String token = token(tokens, user);
                    third.add(() -> until(rest, path + "/join", token));
                }
            }
            assertThat(run(third)).hasSize(LEAVERS);
            assertThat(seatsTaken(settings, id)).isEqualTo(SEATS);
        }
    }

    private static String token(JwtIssuer<AccessClaims> tokens, String userId) {
        return tokens.issue(Audience.API, AccessClaims.user(userId, "s_" + userId, 0, Role.USER, userId))
                .token();
    }

    /** Asks until there is an answer; what is locked for a moment is asked again too. */
    private static Reply until(RestCaller rest, String path, String token) {
        while (true) {
            Reply reply = rest.call("POST", path, token, null);
            boolean later = COME_AGAIN.contains(reply.status())
                    || reply.error().equals("meeting.changed")
                    || reply.error().equals("meeting.locked");
            if (!later) {
                return reply;
            }
        }
    }

    /** Who came in. Everybody else was told that the meeting is full. */
    private static Set<String> run(List<Callable<Reply>> storm) throws Exception {
        Map<String, Integer> numbers = new HashMap<>();
        Set<String> users = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(48)) {
            for (Future<Reply> one : threads.invokeAll(storm)) {
                Reply reply = one.get();
                String participant = reply.data().path("participant_id").asString("");
                if (reply.status() != 200) {
                    assertThat(reply.error()).isEqualTo("meeting.full");
                } else if (!participant.isEmpty()) {
                    int csrc = reply.data().path("csrc").asInt();
                    assertThat(numbers.putIfAbsent(participant, csrc)).isIn(null, csrc);
                    users.add(userOf(reply));
                }
            }
        }
        assertThat(new HashSet<>(numbers.values())).hasSameSizeAs(numbers.keySet());
        return users;
    }

    /** The media token's payload names the user. */
    private static String userOf(Reply reply) {
        String payload = reply.data().path("media_token").asString().split("\\.")[1];
        return Wire.tree(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
                .path("usr")
                .asString();
    }

    private static long seatsTaken(Settings settings, String meetingId) {
        try (Dynamo dynamo = Dynamo.of(settings)) {
            return Items.number(
                    dynamo.client()
                            .getItem(get -> get.tableName(dynamo.name(Tables.LIVE_MEETINGS))
                                    .key(Map.of("meeting_id", Items.text(meetingId), "item", Items.text("LIVE")))
                                    .consistentRead(true))
                            .item(),
                    "joined",
                    -1);
        }
    }
}
