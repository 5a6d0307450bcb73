package dev.parley.meetings.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.contracts.meetings.ParticipantIds;
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
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.nodes.DynamoQualityLog;
import dev.parley.platform.nodes.LayerCounts;
import dev.parley.platform.nodes.LiveRows;
import dev.parley.platform.nodes.QualityBucket;
import dev.parley.platform.nodes.QualityLog;
import dev.parley.platform.nodes.QualityMinute;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How connections did, from a node's minute to the reply, and out again with the account; over real stores. */
@Tag("component")
class QualityTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Instant MINUTE = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    private final Stores stores = Stores.temporary();
    private final Settings settings = settings();
    private final Dynamo dynamo = Dynamo.of(settings);
    private final KeyFolder keys = KeyFolder.of(settings);
    private final EventRouter router = MeetingsFunction.router(settings, CLOCK);
    private final RestCaller rest = new RestCaller(router);
    private final QualityLog log = new DynamoQualityLog(dynamo, Duration.ofDays(30));

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

    private Reply as(String user, String method, String path, Object body) {
        String token = JwtIssuer.access(keys.load(KeyFolder.Name.ACCESS), CLOCK)
                .issue(Audience.API, AccessClaims.user(user, "s_" + user, 0, Role.USER, user))
                .token();
        return rest.call(method, "/api/v1/meetings" + path, token, body);
    }

    /** A meeting of Ana's that Ben is in as well. */
    private String meeting() {
        String id = as("u_ana", "POST", "", Map.of("title", "Standup"))
                .data()
                .path("meeting_id")
                .asString();
        as("u_ana", "POST", "/" + id + "/join", Map.of());
        as("u_ben", "POST", "/" + id + "/join", Map.of());
        return id;
    }

    private void minute(String meeting, int number, String... users) {
        QualityBucket bucket = new QualityBucket(1, 1_000, 2_000, 3_000, 10, 20, 30, 1, LayerCounts.NONE, false);
        log.write(
                new QualityMinute(
                        meeting,
                        MINUTE.minusSeconds(60L * number),
                        Stream.of(users)
                                .map(user -> new QualityMinute.Person(
                                        ParticipantIds.of(meeting, user), "Name of " + user, List.of(bucket)))
                                .toList()),
                "node-1.i1." + number);
    }

    private JsonNode quality(String user, String meeting, String query) {
        Reply reply = as(user, "GET", "/" + meeting + "/quality" + query, null);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        return reply.data();
    }

    private void deleted(String user) {
        Map<String, Object> image = Map.of(
                "subject", Map.of("S", user),
                "id", Map.of("S", "e_1"),
                "type", Map.of("S", "account.deleted"),
                "at", Map.of("N", String.valueOf(CLOCK.millis())),
                "data", Map.of("M", Map.of("user_id", Map.of("S", user))));
        Map<String, Object> change =
                Map.of("SequenceNumber", "1", "Keys", Map.of("subject", Map.of("S", user)), "NewImage", image);
        Map<String, Object> record = Map.of("eventSource", "aws:dynamodb", "eventName", "INSERT", "dynamodb", change);
        assertThat(Wire.json()
                        .readTree(router.handle(Wire.writeBytes(Map.of("Records", List.of(record)))))
                        .path("batchItemFailures"))
                .isEmpty();
    }

    @Test
    void theHostReadsEverybodysMinutesAPageAtATimeAndOthersTheirOwn() {
        String meeting = meeting();
        minute(meeting, 0, "u_ana", "u_ben");
        minute(meeting, 1, "u_ana", "u_ben");
        minute(meeting, 2, "u_ana");

        JsonNode first = quality("u_ana", meeting, "?limit=2");
        assertThat(first.path("bucket_seconds").asInt()).isEqualTo(10);
        assertThat(first.path("samples")).hasSize(4);
        assertThat(first.path("people")).hasSize(2);
        JsonNode sample = first.path("samples").get(0);
        assertThat(sample.path("at").asString())
                .isEqualTo(MINUTE.plusSeconds(10).toString());
        assertThat(sample.path("up_bps").asLong()).isEqualTo(1_000_000);
        assertThat(sample.path("down_loss").asDouble()).isEqualTo(0.02);
        assertThat(sample.path("layers").path("held").asInt(-1)).isZero();
        JsonNode rest = quality(
                "u_ana", meeting, "?limit=2&cursor=" + first.path("next").asString());
        assertThat(rest.path("samples")).hasSize(1);
        assertThat(rest.has("next")).isFalse();
        assertThat(quality("u_ana", meeting, "?since=" + MINUTE).path("samples"))
                .hasSize(2);

        JsonNode own = quality("u_ben", meeting, "");
        assertThat(own.path("samples")).hasSize(2);
        assertThat(own.path("people")).hasSize(1);
        assertThat(own.path("people").get(0).path("name").asString()).isEqualTo("Name of u_ben");
        assertThat(as("u_eve", "GET", "/" + meeting + "/quality", null).error()).isEqualTo("meeting.not_participant");
        assertThat(as("u_ana", "GET", "/zzz-zzzz-zzz/quality", null).error()).isEqualTo("meeting.not_found");
        for (String wrong : List.of("?since=soon", "?since=2026-01-01", "?limit=181", "?cursor=x")) {
            assertThat(as("u_ana", "GET", "/" + meeting + "/quality" + wrong, null)
                            .error())
                    .as(wrong)
                    .isEqualTo("request.invalid");
        }
    }

    @Test
    void whoseAccountIsGoneIsTakenOutAlsoWhereTheLiveMeetingIsForgotten() {
        String going = meeting();
        String over = meeting();
        minute(going, 0, "u_ana", "u_ben");
        minute(over, 0, "u_ana", "u_ben");
        as("u_ana", "POST", "/" + over + "/end", null);
        forgetLive(over, "u_ben");

        deleted("u_ben");
        minute(going, 1, "u_ben");

        for (String meeting : List.of(going, over)) {
            assertThat(quality("u_ana", meeting, "").path("people")).hasSize(1);
            assertThat(quality("u_ana", meeting, "").path("samples")).hasSize(1);
        }
    }

    /** As when a series waits for its next time: only the database knows who was there. */
    private void forgetLive(String meeting, String user) {
        dynamo.call(client -> client.deleteItem(delete -> delete.tableName(dynamo.name(Tables.LIVE_MEETINGS))
                .key(Map.of(
                        LiveRows.MEETING_ID,
                        Items.text(meeting),
                        LiveRows.ITEM,
                        Items.text(LiveRows.PARTICIPANT + ParticipantIds.of(meeting, user))))));
    }
}
