package dev.parley.platform.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.Errors;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.Role;
import dev.parley.kernel.tokens.AccessClaims;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EventRouterTest {
    private static final Revocations NOTHING_REVOKED = new Revocations() {
        @Override
        public void revoke(String userId) {
            throw new AssertionError("no route of this test revokes anything");
        }

        @Override
        public boolean isRevoked(String userId, Instant issuedAt) {
            return false;
        }
    };

    private record Hello(String name, int count) {}

    private final HandMovedClock clock = new HandMovedClock();
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final JsonLog log = new JsonLog("test", clock, new PrintStream(logged, true, StandardCharsets.UTF_8));
    private final AtomicReference<HttpRequest> request = new AtomicReference<>();
    private final AtomicReference<SocketEvent> socket = new AtomicReference<>();
    private final Routes routes = Routes.builder(
                    (token, audience) -> AccessClaims.user("u_1", "s_1", 1, Role.USER, "Ada"),
                    NOTHING_REVOKED,
                    clock,
                    log)
            .route("POST /api/v1/meetings/{id}/join", Access.USER, received -> {
                request.set(received);
                return HttpResponse.ok(received.body(Hello.class))
                        .with("Set-Cookie", "a=1")
                        .with("Set-Cookie", "b=2");
            })
            .build();
    private final EventRouter router = EventRouter.builder(log)
            .rest(routes)
            .sockets(event -> {
                socket.set(event);
                return event.kind() == SocketEvent.Kind.CONNECT ? SocketReply.accept("parley.v1") : SocketReply.ok();
            })
            .authorizer(
                    event -> event.header("sec-websocket-protocol").orElse("").contains("ticket.")
                            ? AuthorizerReply.allow("u_1", Map.of("user_id", "u_1"))
                            : AuthorizerReply.deny())
            .build();

    private JsonNode send(byte[] event) {
        return GoldenEvents.tree(router.handle(event));
    }

    @Test
    void beforeASnapshotAllThatMayBeDoneIsDoneAndWhatFailsIsLeftToTheFirstEvent() {
        List<String> done = new ArrayList<>();
        EventRouter primed = EventRouter.builder(log)
                .rest(routes)
                .beforehand("first", () -> done.add("first"))
                .beforehand("broken", () -> {
                    throw Errors.STORE_UNAVAILABLE.exception();
                })
                .beforeSnapshot("last", () -> done.add("last"))
                .build();

        assertThat(primed.warmUp()).containsOnlyKeys("broken");
        assertThat(done).containsExactly("first");

        assertThat(new String(primed.handle(EventRouter.PRIMING), StandardCharsets.UTF_8))
                .isEqualTo("{}");
        assertThat(done).containsExactly("first", "first", "last");
        assertThat(request.get()).as("what a handler heard of").isNull();
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .contains("not primed: broken")
                .contains("\"msg\":\"primed\"");
    }

    @Test
    void aBodyAsLargeAsTheGatewayTakesIsRefusedNotFailedOn() {
        ObjectNode event = (ObjectNode) GoldenEvents.tree(GoldenEvents.read("rest"));
        event.put("body", Base64.getEncoder().encodeToString(new byte[10 << 20]));
        event.put("isBase64Encoded", true);

        JsonNode reply = send(event.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(reply.path("statusCode").asInt()).isEqualTo(413);
    }

    @Test
    void aRestEventBecomesARequestAndItsReply() {
        JsonNode reply = send(GoldenEvents.read("rest"));

        assertThat(reply.path("statusCode").asInt()).isEqualTo(200);
        assertThat(reply.path("isBase64Encoded").isBoolean()).isTrue();
        assertThat(reply.path("headers").path("Content-Type").asString()).isEqualTo("application/json");
        assertThat(reply.path("multiValueHeaders")
                        .path("Set-Cookie")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("a=1", "b=2");
        assertThat(reply.path("body").asString()).contains("\"name\":\"Ada\"");

        HttpRequest received = request.get();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.pathParameter("id")).isEqualTo("abc-defg-hij");
        assertThat(received.query()).containsEntry("tag", List.of("a", "b"));
        assertThat(received.queryInteger("page", 1, 1, 100)).isEqualTo(2);
        assertThat(received.queryInteger("size", 20, 1, 100)).isEqualTo(20);
        assertThatThrownBy(() -> received.queryInteger("tag", 1, 1, 2)).hasMessageContaining("whole number");
        assertThat(received.headers().get("x-forwarded-for")).containsExactly("203.0.113.9", "198.51.100.1");
        assertThat(received.header("HOST")).contains("api.example.org");
        assertThat(received.cookie("parley_refresh")).contains("s_1.x");
        assertThat(received.cookie("a")).contains("1");
        assertThat(received.requestId()).isEqualTo("c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
        assertThat(received.sourceIp()).isEqualTo("203.0.113.9");
        assertThat(received.principal().userId()).isEqualTo("u_1");
    }

    @Test
    void aBodyInBase64IsTheSameBody() {
        ObjectNode event = (ObjectNode) GoldenEvents.tree(GoldenEvents.read("rest"));
        event.put("body", Base64.getEncoder().encodeToString("{\"name\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8)));
        event.put("isBase64Encoded", true);

        assertThat(send(event.toString().getBytes(StandardCharsets.UTF_8))
                        .path("body")
                        .asString())
                .contains("Zoë");

        event.put("body", "***");
        assertThatThrownBy(() -> router.handle(event.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EventException.class);
    }

    @Test
    void aBodyLargerThanAnyRouteTakesIsAnAnswer() {
        ObjectNode event = (ObjectNode) GoldenEvents.tree(GoldenEvents.read("rest"));
        event.put("body", "x".repeat(9 << 20));

        assertThat(send(event.toString().getBytes(StandardCharsets.UTF_8))
                        .path("statusCode")
                        .asInt())
                .isEqualTo(413);
    }

    @Test
    void anEventWithoutWhatGatewaysSendIsServedAsFarAsItGoes() {
        JsonNode reply = send("{\"httpMethod\":\"GET\",\"headers\":null}".getBytes(StandardCharsets.UTF_8));

        assertThat(reply.path("statusCode").asInt()).isEqualTo(404);
    }

    @Test
    void aScheduleIsDueWhenItsEventComes() {
        int[] due = new int[1];
        EventRouter scheduled = EventRouter.builder(JsonLog.standard("test", Instant::now))
                .schedule(() -> due[0]++)
                .build();
        byte[] event = "{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\",\"detail\":{}}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(scheduled.handle(event)).asString(StandardCharsets.UTF_8).isEqualTo("{}");
        assertThat(due[0]).isEqualTo(1);
        assertThatThrownBy(() -> router.handle(event)).isInstanceOf(EventException.class);
    }

    @Test
    void aConnectionIsAcceptedWithItsSubprotocol() {
        JsonNode reply = send(GoldenEvents.read("connect"));

        assertThat(reply.path("statusCode").asInt()).isEqualTo(200);
        assertThat(reply.path("headers").path("Sec-WebSocket-Protocol").asString())
                .isEqualTo("parley.v1");
        SocketEvent event = socket.get();
        assertThat(event.kind()).isEqualTo(SocketEvent.Kind.CONNECT);
        assertThat(event.routeKey()).isEqualTo("$connect");
        assertThat(event.connectionId()).isEqualTo("Conn1=");
        assertThat(event.header("origin")).contains("https://meet.example.org");
        assertThat(event.query()).containsEntry("v", List.of("1"));
        assertThat(event.authorizer()).containsEntry("user_id", "u_1").containsEntry("integrationLatency", "12");
        assertThat(event.connectedAtMillis()).isEqualTo(1_793_534_400_123L);
        assertThat(event.domainName()).isEqualTo("socket.example.org");
        assertThat(event.stage()).isEqualTo("prod");
    }

    @Test
    void aMessageHasItsTextAndWhoSentIt() {
        send(GoldenEvents.read("message"));

        SocketEvent event = socket.get();
        assertThat(event.kind()).isEqualTo(SocketEvent.Kind.MESSAGE);
        assertThat(event.routeKey()).isEqualTo("chat");
        assertThat(event.body()).contains("{\"type\":\"chat\",\"text\":\"hello\"}");
        assertThat(event.headers()).isEmpty();
        assertThat(event.disconnectStatusCode()).isEmpty();
    }

    @Test
    void aDisconnectionSaysWhy() {
        send(GoldenEvents.read("disconnect"));

        SocketEvent event = socket.get();
        assertThat(event.kind()).isEqualTo(SocketEvent.Kind.DISCONNECT);
        assertThat(event.disconnectStatusCode()).hasValue(1001);
        assertThat(event.disconnectReason()).contains("Going away");
    }

    @Test
    void anAuthorizationIsAPolicyForTheMethodThatWasAskedFor() {
        JsonNode policy = send(GoldenEvents.read("authorizer"));

        JsonNode statement = policy.path("policyDocument").path("Statement").get(0);
        assertThat(statement.path("Effect").asString()).isEqualTo("Allow");
        assertThat(statement.path("Resource").asString())
                .isEqualTo("arn:aws:execute-api:us-east-1:123456789012:wsapi/prod/$connect");
        assertThat(policy.path("principalId").asString()).isEqualTo("u_1");
        assertThat(policy.path("context").path("user_id").asString()).isEqualTo("u_1");
    }

    @Test
    void whatFailsInsideRefusesASocketAndIsLogged() {
        EventRouter broken = EventRouter.builder(log)
                .sockets(event -> {
                    throw new IllegalStateException("x");
                })
                .authorizer(event -> {
                    throw new IllegalStateException("y");
                })
                .build();

        JsonNode connect = GoldenEvents.tree(broken.handle(GoldenEvents.read("connect")));
        JsonNode policy = GoldenEvents.tree(broken.handle(GoldenEvents.read("authorizer")));

        assertThat(connect.path("statusCode").asInt()).isEqualTo(500);
        assertThat(policy.path("policyDocument")
                        .path("Statement")
                        .get(0)
                        .path("Effect")
                        .asString())
                .isEqualTo("Deny");
        assertThat(logged.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
    }

    @Test
    void aStoreThatDoesNotAnswerKeepsASocketOutForNowAndIsNoAccident() {
        EventRouter waking = EventRouter.builder(log)
                .sockets(event -> {
                    throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
                })
                .authorizer(event -> {
                    throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
                })
                .build();

        JsonNode connect = GoldenEvents.tree(waking.handle(GoldenEvents.read("connect")));
        JsonNode policy = GoldenEvents.tree(waking.handle(GoldenEvents.read("authorizer")));

        assertThat(connect.path("statusCode").asInt()).isEqualTo(503);
        assertThat(policy.path("policyDocument")
                        .path("Statement")
                        .get(0)
                        .path("Effect")
                        .asString())
                .isEqualTo("Deny");
        assertThat(logged.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("\"WARN\"").contains("store.unavailable"));
    }

    @Test
    void anEventOfNoKnownKindFailsTheInvocation() {
        EventRouter nothing = EventRouter.builder(log).build();

        for (String event : List.of("", "{", "null", "[]", "{}", "{\"Records\":[]}")) {
            assertThatThrownBy(() -> router.handle(event.getBytes(StandardCharsets.UTF_8)))
                    .as(event)
                    .isInstanceOf(EventException.class);
        }
        for (String kind : List.of("rest", "connect", "authorizer")) {
            assertThatThrownBy(() -> nothing.handle(GoldenEvents.read(kind))).isInstanceOf(EventException.class);
        }
    }
}
