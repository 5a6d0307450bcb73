package dev.parley.local.gateway;

import static dev.parley.local.gateway.ScriptedGateway.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.gateway.socket.SocketLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;

/** The @connections API, through the unmodified AWS SDK. */
class ConnectionsTest {
    private static ScriptedGateway gateway;
    private static ApiGatewayManagementApiClient client;
    private volatile CompletableFuture<String> connected;
    private final CompletableFuture<Integer> disconnected = new CompletableFuture<>();

    @BeforeAll
    static void start() {
        SocketLimits aws = SocketLimits.AWS;
        gateway = new ScriptedGateway(options -> options.limits(
                Duration.ofSeconds(5),
                1_000_000,
                new SocketLimits(
                        aws.idle(), aws.lifetime(), aws.frameBytes(), aws.messageBytes(), 400_000, aws.sweep())));
        client = ApiGatewayManagementApiClient.builder()
                .endpointOverride(gateway.addresses().connectionsEndpoint("test"))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(configuration -> configuration.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    @BeforeEach
    void rememberConnections() {
        connected = new CompletableFuture<>();
        gateway.on("socket", event -> {
            var context = event.path("requestContext");
            switch (context.path("eventType").asString("")) {
                case "CONNECT" ->
                    connected.complete(context.path("connectionId").stringValue());
                case "DISCONNECT" ->
                    disconnected.complete(context.path("disconnectStatusCode").intValue());
                default -> throw new IllegalStateException("no messages here");
            }
            return reply(200, "");
        });
    }

    @Test
    void aPostReachesTheSocket() {
        try (RawSocket socket = open()) {
            String id = connectedId();
            post(id, "hello");
            assertThat(socket.nextText()).isEqualTo("hello");
        }
    }

    @Test
    void longMessagesTravelInSmallFramesAndInOrder() {
        try (RawSocket socket = open()) {
            String id = connectedId();
            String text = "é😀x".repeat(128 * 1024 / 7);
            post(id, text);
            post(id, "after");
            assertThat(socket.nextText()).hasSize(text.length());
            assertThat(socket.nextText()).isEqualTo("after");
            assertThat(socket.largestFrame()).isLessThanOrEqualTo(32 * 1024);
        }
    }

    @Test
    void aConnectionCanBeLookedAt() {
        try (RawSocket socket = open()) {
            String id = connectedId();
            GetConnectionResponse seen = client.getConnection(request -> request.connectionId(id));
            assertThat(seen.connectedAt()).isNotNull();
            assertThat(seen.lastActiveAt()).isNotNull();
            assertThat(seen.identity().sourceIp()).isEqualTo("127.0.0.1");
            assertThat(seen.identity().userAgent()).isEqualTo("raw");
            assertThat(socket.status()).isEqualTo(101);
        }
    }

    @Test
    void aDeleteClosesItAndCallsDisconnect() {
        try (RawSocket socket = open()) {
            String id = connectedId();
            assertThat(client.deleteConnection(request -> request.connectionId(id))
                            .sdkHttpResponse()
                            .statusCode())
                    .isEqualTo(204);
            assertThat(socket.nextClose()).isEqualTo(1000);
            socket.sendClose(1000);
            assertThat(disconnected.join()).isEqualTo(1000);
            assertGone(id);
        }
    }

    @Test
    void whatNeverWasIsGone() {
        assertGone("AAAAAAAAAAAAAAA=");
    }

    @Test
    void whatIsNotYetConnectedIsGone() {
        var outcome = new AtomicReference<Throwable>();
        gateway.on("socket", event -> {
            if (event.path("requestContext").path("eventType").asString("").equals("CONNECT")) {
                try {
                    post(event.path("requestContext").path("connectionId").stringValue(), "too early");
                } catch (RuntimeException e) {
                    outcome.set(e);
                }
            }
            return reply(200, "");
        });
        try (RawSocket socket = open()) {
            assertThat(socket.status()).isEqualTo(101);
            assertThat(outcome.get()).isInstanceOf(GoneException.class);
        }
    }

    @Test
    void whatHasLeftIsGone() {
        String id;
        try (RawSocket socket = open()) {
            id = connectedId();
            socket.sendClose(1000);
            disconnected.join();
        }
        assertGone(id);
    }

    @Test
    void aPostMayHaveAHundredAndTwentyEightKilobytes() {
        try (RawSocket socket = open()) {
            String id = connectedId();
            post(id, "x".repeat(128 * 1024));
            assertThat(socket.nextText()).hasSize(128 * 1024);
            assertThatThrownBy(() -> post(id, "x".repeat(128 * 1024 + 1))).isInstanceOf(PayloadTooLargeException.class);
        }
    }

    @Test
    void aClientThatDoesNotReadIsALimit() {
        RawSocket socket =
                RawSocket.openWithoutReading(gateway.addresses().port(), "/ws/signaling", "Sec-WebSocket-Protocol: a");
        try (socket) {
            String id = connectedId();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThatThrownBy(() -> {
                                for (int i = 0; i < 50; i++) {
                                    post(id, "x".repeat(120 * 1024));
                                }
                            })
                            .isInstanceOf(LimitExceededException.class));
        }
    }

    @Test
    void anUnsignedRequestIsRefused() throws Exception {
        URI endpoint = URI.create(gateway.addresses().connectionsEndpoint("test") + "/@connections/x");
        try (HttpClient plain = HttpClient.newHttpClient()) {
            var response = plain.send(
                    HttpRequest.newBuilder(endpoint)
                            .POST(HttpRequest.BodyPublishers.ofString("x"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void thePublicSideDoesNotKnowIt() {
        assertThat(gateway.post("/test/@connections/x", "x").statusCode()).isEqualTo(403);
    }

    private static void assertGone(String id) {
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> post(id, "late"))
                        .isInstanceOf(GoneException.class)
                        .extracting(error -> ((ApiGatewayManagementApiException) error).statusCode())
                        .isEqualTo(410));
    }

    private static void post(String id, String text) {
        client.postToConnection(request -> request.connectionId(id).data(SdkBytes.fromUtf8String(text)));
    }

    /** The id of the socket just opened, once a post can reach it. */
    private String connectedId() {
        String id = connected.join();
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> client.getConnection(request -> request.connectionId(id)) != null);
        return id;
    }

    private static RawSocket open() {
        return RawSocket.open(
                gateway.addresses().port(), "/ws/signaling", "Sec-WebSocket-Protocol: a", "User-Agent: raw");
    }
}
