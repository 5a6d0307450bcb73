package dev.parley.signaling.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.contracts.meetings.ParticipantIds;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.local.stores.Stores;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.nodes.LiveRows;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** The function as wired for production, on the real stores, with the gateway's events. */
@Tag("component")
class SignalingFunctionTest {
    private static final String ROOM = "abc-defg-hij";
    private static final String ORIGIN = "http://localhost:8800";
    private static Stores stores;
    private static Settings settings;

    private final HandMovedClock clock = new HandMovedClock(Instant.now());
    private final RecordedPush push = new RecordedPush();
    private final EventRouter router = SignalingFunction.router(settings, clock, (domainName, stage) -> push);

    @BeforeAll
    static void open() {
        stores = Stores.temporary();
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("PUBLIC_URL", ORIGIN);
        values.put("WS_URL", "ws://localhost:8800/ws/signaling");
        settings = Settings.of(values);
    }

    @AfterAll
    static void close() {
        stores.close();
    }

    @BeforeEach
    void meeting() {
        meeting(List.of());
        seat("u_ana");
        seat("u_ben");
    }

    private void meeting(List<String> denied) {
        Map<String, AttributeValue> item = new HashMap<>(Map.of(
                LiveRows.MEETING_ID, Items.text(ROOM),
                LiveRows.ITEM, Items.text(LiveRows.LIVE),
                LiveRows.STATUS, Items.text(LiveRows.ACTIVE),
                LiveRows.HOST_ID, Items.text("u_host"),
                LiveRows.TITLE, Items.text("Standup"),
                LiveRows.SETTINGS, Items.text("{\"enable_chat\":true}")));
        if (!denied.isEmpty()) {
            item.put(LiveRows.DENIED_USERS, AttributeValue.fromSs(denied));
        }
        write(item);
    }

    private void seat(String userId) {
        String participantId = ParticipantIds.of(ROOM, userId);
        write(Map.of(
                LiveRows.MEETING_ID, Items.text(ROOM),
                LiveRows.ITEM, Items.text(LiveRows.PARTICIPANT + participantId),
                LiveRows.USER_ID, Items.text(userId),
                LiveRows.DISPLAY_NAME, Items.text("Name of " + userId),
                LiveRows.ROLE, Items.text("participant"),
                LiveRows.STATE, Items.text(LiveRows.JOINED)));
    }

    private static void write(Map<String, AttributeValue> item) {
        try (Dynamo dynamo = Dynamo.of(settings)) {
            dynamo.client()
                    .putItem(put ->
                            put.tableName(dynamo.name(Tables.LIVE_MEETINGS)).item(item));
        }
    }

    private String ticket(String userId) {
        JsonNode reply = askForTicket(userId);
        assertThat(reply.path("statusCode").asInt()).as(reply.toString()).isEqualTo(201);
        return Wire.tree(reply.path("body").asString())
                .path("data")
                .path("ticket")
                .asString();
    }

    private JsonNode askForTicket(String userId) {
        String access = JwtIssuer.access(KeyFolder.of(settings).load(KeyFolder.Name.ACCESS), clock)
                .issue(Audience.API, AccessClaims.user(userId, "s_1", 0, Role.USER, userId))
                .token();
        Map<String, Object> event = new HashMap<>();
        event.put("resource", "/api/v1/ws-tickets");
        event.put("path", "/api/v1/ws-tickets");
        event.put("httpMethod", "POST");
        event.put(
                "multiValueHeaders",
                Map.of(
                        "Authorization", List.of("Bearer " + access),
                        "Content-Type", List.of("application/json"),
                        "Origin", List.of(ORIGIN)));
        event.put("requestContext", Map.of("requestId", "r", "identity", Map.of("sourceIp", "192.0.2.7")));
        event.put("body", Wire.write(Map.of("meeting_id", ROOM)));
        return send(event);
    }

    private JsonNode send(Map<String, Object> event) {
        return Wire.json().readTree(router.handle(Wire.writeBytes(event)));
    }

    private JsonNode authorize(String ticket, String origin) {
        return send(Map.of(
                "type",
                "REQUEST",
                "methodArn",
                "arn:aws:execute-api:us-east-1:000000000000:api/local/$connect",
                "headers",
                Map.of("Sec-WebSocket-Protocol", "parley.v1, ticket." + ticket, "Origin", origin),
                "requestContext",
                Map.of("connectionId", "c", "requestId", "r")));
    }

    private static boolean isAllowed(JsonNode policy) {
        return "Allow"
                .equals(policy.path("policyDocument")
                        .path("Statement")
                        .get(0)
                        .path("Effect")
                        .asString());
    }

    private JsonNode socket(String eventType, String connectionId, JsonNode authorizer, String body) {
        Map<String, Object> context = new HashMap<>();
        context.put("eventType", eventType);
        context.put("routeKey", "MESSAGE".equals(eventType) ? "$default" : "$" + eventType.toLowerCase());
        context.put("connectionId", connectionId);
        context.put("domainName", "localhost");
        context.put("stage", "local");
        context.put("connectedAt", clock.millis());
        context.put("requestId", "r");
        context.put("authorizer", authorizer);
        Map<String, Object> event = new HashMap<>();
        event.put("requestContext", context);
        if ("CONNECT".equals(eventType)) {
            event.put("headers", Map.of("Sec-WebSocket-Protocol", "parley.v1, ticket.x"));
        }
        if (body != null) {
            event.put("body", body.replace('\'', '"'));
        }
        return send(event);
    }

    /** Opens a socket and joins the room on it. @return the authorizer's context, which later events carry */
    private JsonNode joined(String userId, String connectionId) {
        JsonNode policy = authorize(ticket(userId), ORIGIN);
        assertThat(isAllowed(policy)).isTrue();
        JsonNode authorizer = policy.path("context");
        JsonNode accepted = socket("CONNECT", connectionId, authorizer, null);
        assertThat(accepted.path("headers").path("Sec-WebSocket-Protocol").asString())
                .isEqualTo("parley.v1");
        socket("MESSAGE", connectionId, authorizer, "{'type':'join','room_id':'" + ROOM + "'}");
        assertThat(push.read(connectionId).getLast().path("type").asString()).isEqualTo("room-info");
        return authorizer;
    }

    /** Of which sockets of somebody messaging is told that they were closed. */
    private static List<String> closedSockets(String userId) {
        try (Dynamo dynamo = Dynamo.of(settings)) {
            return dynamo
                    .client()
                    .query(query -> query.tableName(dynamo.name(Tables.CHANGES))
                            .keyConditionExpression("subject = :user")
                            .expressionAttributeValues(Map.of(":user", Items.text(userId))))
                    .items()
                    .stream()
                    .filter(item -> Items.requiredText(item, "type").equals("socket.closed"))
                    .map(item -> item.get("data").m().get("connection_id").s())
                    .toList();
        }
    }

    @Test
    void aTicketIsSpentByTheFirstOfManyWhoBringIt() throws Exception {
        String ticket = ticket("u_ana");
        assertThat(isAllowed(authorize(ticket, "https://evil.example"))).isFalse();
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            callers.add(() -> isAllowed(authorize(ticket, ORIGIN)));
        }
        int allowed = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> one : threads.invokeAll(callers)) {
                allowed += one.get() ? 1 : 0;
            }
        }
        assertThat(allowed).isEqualTo(1);
        String late = ticket("u_ana");
        clock.advance(Duration.ofSeconds(31));
        assertThat(isAllowed(authorize(late, ORIGIN))).isFalse();
    }

    @Test
    void whoAsksForTicketsWithoutEndWaits() {
        seat("u_eager");
        for (int i = 0; i < Limit.PERSON_TICKETS.usual(); i++) {
            ticket("u_eager");
        }
        JsonNode refused = askForTicket("u_eager");
        assertThat(refused.path("statusCode").asInt()).as(refused.toString()).isEqualTo(429);
        assertThat(Wire.tree(refused.path("body").asString()).path("error").asString())
                .isEqualTo("rate.limited");
        ticket("u_ben");
        clock.advance(Duration.ofSeconds(1));
        ticket("u_eager");
    }

    @Test
    void onePersonShowsTheOtherAScreenAndGoes() {
        JsonNode ana = joined("u_ana", "c1=");
        JsonNode ben = joined("u_ben", "c2=");
        assertThat(push.read("c1=").getFirst().path("type").asString()).isEqualTo("user-joined");
        socket("MESSAGE", "c2=", ben, "{'type':'screen-share','id':'1','on':true}");
        JsonNode shared = push.read("c1=").getFirst();
        assertThat(shared.path("on").asBoolean()).isTrue();
        assertThat(shared.path("from").asString()).isEqualTo("u_ben");
        assertThat(push.read("c2=").getFirst().path("seq").asLong())
                .isEqualTo(shared.path("seq").asLong());
        socket("DISCONNECT", "c2=", ben, null);
        assertThat(push.read("c1=").getFirst().path("type").asString()).isEqualTo("user-left");
        assertThat(closedSockets("u_ben")).containsExactly("c2=");
        socket("MESSAGE", "c1=", ana, "{'type':'room-info','id':'9'}");
        assertThat(push.read("c1=").getFirst().path("participants")).hasSize(1);
        socket("DISCONNECT", "c1=", ana, null);
    }

    @Test
    void theKickedLoseTheirSocketAtTheNextWord() {
        JsonNode ana = joined("u_ana", "k1");
        joined("u_ben", "k2");
        meeting(List.of("u_ben"));
        socket("MESSAGE", "k1", ana, "{'type':'screen-share','on':true}");
        assertThat(push.closed).contains("k2");
        assertThat(push.read("k2"))
                .noneMatch(frame -> "screen-share".equals(frame.path("type").asString()));
        socket("DISCONNECT", "k1", ana, null);
    }
}
