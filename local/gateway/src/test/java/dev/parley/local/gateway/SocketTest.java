package dev.parley.local.gateway;

import static dev.parley.local.gateway.ScriptedGateway.policy;
import static dev.parley.local.gateway.ScriptedGateway.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.socket.SocketLimits;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The WebSocket API as AWS has it: the handshake, events, routing, limits and closes. */
class SocketTest {
    private static final String OFFER = "Sec-WebSocket-Protocol: parley.v1, ticket.abc";
    private static final AtomicReference<Instant> NOW =
            new AtomicReference<>(Instant.parse("2026-04-09T12:34:56.789Z"));
    private static final BlockingQueue<JsonNode> EVENTS = new LinkedBlockingQueue<>();
    private static ScriptedGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new ScriptedGateway(options -> options.clock(NOW::get)
                .limits(Duration.ofSeconds(5), 1_000_000, SocketLimits.AWS.sweptEvery(Duration.ofMillis(20))));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void acceptEverything() {
        EVENTS.clear();
        gateway.on("doorman", event -> policy("Allow", event.path("methodArn").stringValue()));
        gateway.on("socket", event -> {
            EVENTS.add(event);
            return accept();
        });
    }

    @Test
    void theHandshakeWaitsForConnectAndEchoesTheSubprotocol() {
        var answer = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        gateway.on("socket", event -> {
            asked.countDown();
            latch(answer);
            return accept();
        });
        var pending = CompletableFuture.supplyAsync(this::open);
        latch(asked);
        assertThat(pending).isNotDone();
        answer.countDown();
        try (RawSocket socket = pending.join()) {
            assertThat(socket.status()).isEqualTo(101);
            assertThat(socket.header("Sec-WebSocket-Protocol")).isEqualTo("parley.v1");
        }
    }

    @Test
    void aHandshakeIsAnsweredHoweverManyRequestsWaitForASlowFunction() throws Exception {
        int waiting = 300;
        var answer = new CountDownLatch(1);
        var asked = new CountDownLatch(waiting);
        try (var slow = new ScriptedGateway()) {
            slow.on("wide", event -> {
                asked.countDown();
                latch(answer);
                return reply(200, "");
            });
            slow.on("socket", event -> accept());
            List<CompletableFuture<Integer>> requests = IntStream.range(0, waiting)
                    .mapToObj(i -> slow.later("/wide").thenApply(HttpResponse::statusCode))
                    .toList();
            assertThat(asked.await(15, TimeUnit.SECONDS)).isTrue();
            try (RawSocket socket = RawSocket.open(slow.addresses().port(), "/ws/signaling", OFFER)) {
                assertThat(socket.status()).isEqualTo(101);
            }
            answer.countDown();
            assertThat(requests.stream().map(CompletableFuture::join)).containsOnly(200);
        }
    }

    @Test
    void connectMessageAndDisconnectCarryTheAuthorizersContext() {
        String id;
        try (RawSocket socket = open("?from=test")) {
            JsonNode connect = event("CONNECT");
            JsonNode context = connect.path("requestContext");
            id = context.path("connectionId").stringValue();
            assertThat(id).hasSize(16).endsWith("=");
            assertThat(context.path("routeKey").stringValue()).isEqualTo("$connect");
            assertThat(context.path("messageDirection").stringValue()).isEqualTo("IN");
            assertThat(context.path("requestId")).isEqualTo(context.path("extendedRequestId"));
            assertThat(context.path("requestTime").stringValue()).isEqualTo("09/Apr/2026:12:34:56 +0000");
            assertThat(context.path("stage").stringValue()).isEqualTo("test");
            assertThat(connect.path("queryStringParameters").toString()).isEqualTo("{\"from\":\"test\"}");
            assertThat(connect.path("headers").path("Sec-WebSocket-Protocol").stringValue())
                    .isEqualTo("parley.v1, ticket.abc");
            assertThat(connect.path("isBase64Encoded").isBoolean()).isTrue();
            assertAuthorized(connect);

            socket.text("{\"type\":\"hello\"}");
            JsonNode message = event("MESSAGE");
            assertThat(message.path("requestContext").path("routeKey").stringValue())
                    .isEqualTo("hello");
            assertThat(message.path("requestContext").path("messageId").isString())
                    .isTrue();
            assertThat(message.path("requestContext").path("connectionId").stringValue())
                    .isEqualTo(id);
            assertThat(message.path("body").stringValue()).isEqualTo("{\"type\":\"hello\"}");
            assertThat(message.has("headers")).isFalse();
            assertAuthorized(message);

            socket.sendClose(4001);
            JsonNode disconnect = event("DISCONNECT");
            assertThat(disconnect.path("requestContext").path("routeKey").stringValue())
                    .isEqualTo("$disconnect");
            assertThat(disconnect
                            .path("requestContext")
                            .path("disconnectStatusCode")
                            .intValue())
                    .isEqualTo(4001);
            assertThat(disconnect
                            .path("requestContext")
                            .path("disconnectReason")
                            .isString())
                    .isTrue();
            assertThat(disconnect.path("headers").propertyNames()).containsExactly("Host", "x-api-key", "x-restapi");
            assertAuthorized(disconnect);
        }
    }

    @Test
    void aBrokenConnectionIsAnAbnormalDisconnect() {
        open().close();
        event("CONNECT");
        assertThat(event("DISCONNECT")
                        .path("requestContext")
                        .path("disconnectStatusCode")
                        .intValue())
                .isEqualTo(1006);
    }

    @Test
    void aMissingIdentitySourceNeverReachesTheAuthorizer() {
        var asked = new AtomicBoolean();
        gateway.on("doorman", event -> {
            asked.set(true);
            return "{}";
        });
        try (RawSocket socket = RawSocket.open(gateway.addresses().port(), "/ws/signaling")) {
            assertThat(socket.status()).isEqualTo(401);
        }
        assertThat(asked).isFalse();
    }

    @Test
    void theAuthorizerDecides() {
        gateway.on("doorman", event -> policy("Deny", "*"));
        assertThat(statusOfOpen()).isEqualTo(403);
        gateway.on("doorman", event -> policy("Allow", "arn:aws:execute-api:us-east-1:123456789012:other/*"));
        assertThat(statusOfOpen()).isEqualTo(403);
        gateway.on("doorman", event -> policy("Allow", "arn:aws:execute-api:*"));
        assertThat(statusOfOpen()).isEqualTo(101);
        gateway.on("doorman", event -> {
            throw new IllegalStateException("Unauthorized");
        });
        assertThat(statusOfOpen()).isEqualTo(401);
        gateway.on("doorman", event -> {
            throw new IllegalStateException("broken");
        });
        assertThat(statusOfOpen()).isEqualTo(500);
        gateway.on("doorman", event -> policy("Allow", "*").replace("\"level\":7", "\"level\":{}"));
        assertThat(statusOfOpen()).isEqualTo(500);
        gateway.on(
                "doorman",
                event -> policy("Allow", "*").replace("\"level\":7", "\"level\":\"" + "x".repeat(9000) + "\""));
        assertThat(statusOfOpen()).isEqualTo(500);
    }

    @Test
    void theAuthorizersEventIsARequestForConnect() {
        var seen = new AtomicReference<JsonNode>();
        gateway.on("doorman", event -> {
            seen.set(event);
            return policy("Allow", "*");
        });
        assertThat(statusOfOpen()).isEqualTo(101);
        assertThat(seen.get().path("type").stringValue()).isEqualTo("REQUEST");
        assertThat(seen.get().path("methodArn").stringValue())
                .matches("arn:aws:execute-api:us-east-1:123456789012:[0-9a-f]{10}/test/\\$connect");
        assertThat(seen.get().path("requestContext").path("eventType").stringValue())
                .isEqualTo("CONNECT");
        assertThat(seen.get().path("requestContext").has("authorizer")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 500})
    void connectsOwnRefusalReachesTheClient(int status) {
        gateway.on("socket", event -> reply(status, ""));
        assertThat(statusOfOpen()).isEqualTo(status);
    }

    @Test
    void aFailingConnectIsAnInternalError() {
        gateway.on("socket", event -> {
            throw new IllegalStateException("broken");
        });
        assertThat(statusOfOpen()).isEqualTo(500);
    }

    @Test
    void aPlainRequestIsToldToUpgrade() {
        assertThat(gateway.get("/ws/signaling").statusCode()).isEqualTo(426);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{\"type\":\"unknown\"}", "{}", "[1]", "{\"type\":\"$connect\"}", "\"text\""})
    void whatSelectsNoRouteGoesToDefault(String text) {
        try (RawSocket socket = open()) {
            event("CONNECT");
            socket.text(text);
            JsonNode message = event("MESSAGE");
            assertThat(message.path("requestContext").path("routeKey").stringValue())
                    .isEqualTo("$default");
            assertThat(message.path("body").stringValue()).isEqualTo(text);
        }
    }

    @Test
    void aFailingRouteSendsAnErrorFrameAndKeepsTheSocket() {
        try (RawSocket socket = open()) {
            String id =
                    event("CONNECT").path("requestContext").path("connectionId").stringValue();
            gateway.on("socket", event -> {
                if (event.path("body").asString("").contains("fail")) {
                    throw new IllegalStateException("secret detail");
                }
                EVENTS.add(event);
                return reply(200, "");
            });
            socket.text("{\"type\":\"hello\",\"fail\":true}");
            JsonNode frame = EventJson.MAPPER.readTree(socket.nextText());
            assertThat(frame.path("message").stringValue()).isEqualTo("Internal server error");
            assertThat(frame.path("connectionId").stringValue()).isEqualTo(id);
            assertThat(frame.path("requestId").isString()).isTrue();
            socket.text("{\"type\":\"hello\"}");
            event("MESSAGE");
        }
    }

    @Test
    void aBodyComesBackOnlyWhereTheRouteReplies() {
        gateway.on("socket", event -> {
            String key = event.path("requestContext").path("routeKey").asString("");
            return key.equals("$connect") ? accept() : reply(200, "answer to " + key);
        });
        try (RawSocket socket = open()) {
            socket.text("{\"type\":\"hello\"}");
            socket.text("{\"type\":\"ask\"}");
            assertThat(socket.nextText()).isEqualTo("answer to ask");
        }
    }

    @Test
    void aRoutesOwnTimeoutHolds() {
        var never = new CountDownLatch(1);
        gateway.on("socket", event -> {
            if (event.path("requestContext").path("routeKey").asString("").equals("slow")) {
                latch(never);
            }
            return accept();
        });
        try (RawSocket socket = open()) {
            socket.text("{\"type\":\"slow\"}");
            assertThat(socket.nextText()).contains("Internal server error");
        }
    }

    @Test
    void nothingIsCompressed() {
        try (RawSocket socket = RawSocket.open(
                gateway.addresses().port(), "/ws/signaling", OFFER, "Sec-WebSocket-Extensions: permessage-deflate")) {
            assertThat(socket.status()).isEqualTo(101);
            assertThat(socket.header("Sec-WebSocket-Extensions")).isNull();
        }
    }

    @Test
    void binaryFramesAreNotSupported() {
        try (RawSocket socket = open()) {
            socket.binary(new byte[] {1, 2, 3});
            assertThat(socket.nextClose()).isEqualTo(1003);
        }
    }

    @Test
    void aFrameMayHaveThirtyTwoKilobytes() {
        try (RawSocket socket = open()) {
            event("CONNECT");
            socket.text("x".repeat(32 * 1024));
            assertThat(event("MESSAGE").path("body").stringValue()).hasSize(32 * 1024);
            socket.text("x".repeat(32 * 1024 + 1));
            assertThat(socket.nextClose()).isEqualTo(1009);
        }
    }

    @Test
    void aMessageMayHaveAHundredAndTwentyEight() {
        try (RawSocket socket = open()) {
            event("CONNECT");
            socket.fragments("x".repeat(128 * 1024), 32 * 1024);
            assertThat(event("MESSAGE").path("body").stringValue()).hasSize(128 * 1024);
            socket.fragments("x".repeat(128 * 1024 + 1), 32 * 1024);
            assertThat(socket.nextClose()).isEqualTo(1009);
        }
    }

    @Test
    void tenIdleMinutesCloseTheSocket() {
        try (RawSocket socket = open()) {
            event("CONNECT");
            later(Duration.ofMinutes(9));
            socket.text("{\"type\":\"hello\"}");
            event("MESSAGE");
            later(Duration.ofMinutes(9));
            socket.text("{\"type\":\"hello\"}");
            event("MESSAGE");
            later(Duration.ofMinutes(10));
            assertThat(socket.nextClose()).isEqualTo(1001);
        }
    }

    @Test
    void noSocketLivesLongerThanTwoHours() {
        try (RawSocket socket = open()) {
            event("CONNECT");
            for (int minutes = 0; minutes < 117; minutes += 9) {
                later(Duration.ofMinutes(9));
                socket.text("{\"type\":\"hello\"}");
                event("MESSAGE");
            }
            later(Duration.ofMinutes(3));
            assertThat(socket.nextClose()).isEqualTo(1001);
        }
    }

    @Test
    void messagesAreHandledAtTheSameTime() {
        var together = new CyclicBarrier(10);
        gateway.on("socket", event -> {
            if (event.path("requestContext").path("routeKey").asString("").equals("hello")) {
                try {
                    together.await(5, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                EVENTS.add(event);
            }
            return accept();
        });
        try (RawSocket socket = open()) {
            IntStream.range(0, 10).forEach(n -> socket.text("{\"type\":\"hello\",\"n\":" + n + "}"));
            IntStream.range(0, 10).forEach(n -> event("MESSAGE"));
        }
    }

    @Test
    void orderedDeliveryIsASwitch() {
        try (var ordered = new ScriptedGateway(options -> options.ordered(true))) {
            BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
            ordered.on("socket", event -> {
                if (event.has("body")) {
                    bodies.add(event.path("body").stringValue());
                }
                return accept();
            });
            List<String> sent = IntStream.range(0, 200)
                    .mapToObj(n -> "{\"type\":\"hello\",\"n\":" + n + "}")
                    .toList();
            try (RawSocket socket = RawSocket.open(ordered.addresses().port(), "/ws/signaling", OFFER)) {
                sent.forEach(socket::text);
                await().until(() -> bodies.size() == sent.size());
            }
            assertThat(bodies).containsExactlyElementsOf(sent);
        }
    }

    private static String accept() {
        return "{\"statusCode\":200,\"headers\":{\"sec-websocket-protocol\":\"parley.v1\"}}";
    }

    private static void assertAuthorized(JsonNode event) {
        JsonNode authorizer = event.path("requestContext").path("authorizer");
        assertThat(Map.of(
                        "user_id", authorizer.path("user_id").asString(""),
                        "level", authorizer.path("level").asString(""),
                        "guest", authorizer.path("guest").asString(""),
                        "principalId", authorizer.path("principalId").asString("")))
                .isEqualTo(Map.of("user_id", "u_1", "level", "7", "guest", "false", "principalId", "u_1"));
        assertThat(authorizer.path("level").isString()).isTrue();
    }

    private static JsonNode event(String type) {
        try {
            while (true) {
                JsonNode event = EVENTS.poll(10, TimeUnit.SECONDS);
                assertThat(event).as("an event of type " + type).isNotNull();
                if (event.path("requestContext").path("eventType").asString("").equals(type)) {
                    return event;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void later(Duration duration) {
        NOW.updateAndGet(now -> now.plus(duration));
    }

    private RawSocket open() {
        return open("");
    }

    private RawSocket open(String query) {
        return RawSocket.open(gateway.addresses().port(), "/ws/signaling" + query, OFFER);
    }

    private int statusOfOpen() {
        try (RawSocket socket = open()) {
            return socket.status();
        }
    }

    private static void latch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
