package dev.parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever opens a socket among many who do, and speaks at once, is heard. */
@Tag("component")
class HandshakesTest {
    private static final int SOCKETS = 400;
    private static final int AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void everySocketThatIsLetInIsHeard() throws Exception {
        Set<String> heard = ConcurrentHashMap.newKeySet();
        List<WebSocket> open = new ArrayList<>();
        try (var gateway = new ScriptedGateway();
                HttpClient client = HttpClient.newHttpClient();
                ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            gateway.on("socket", event -> {
                // As a function that asks a store.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextInt(20)));
                String body = event.path("body").asString("");
                if (!body.isEmpty()) {
                    heard.add(body);
                }
                return "{\"statusCode\":200,\"headers\":{\"sec-websocket-protocol\":\"parley.v1\"}}";
            });
            URI address = URI.create("ws://127.0.0.1:" + gateway.addresses().port() + "/ws/signaling");
            List<Future<WebSocket>> opening = new ArrayList<>();
            for (int i = 0; i < SOCKETS; i++) {
                String frame = "{\"type\":\"hello\",\"number\":" + i + "}";
                opening.add(callers.submit(() -> {
                    // The client may open the socket on the connection that served this.
                    client.send(HttpRequest.newBuilder(gateway.at("/echo")).build(), BodyHandlers.discarding());
                    WebSocket socket = client.newWebSocketBuilder()
                            .subprotocols("parley.v1", "ticket.abc")
                            .buildAsync(address, new WebSocket.Listener() {})
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    socket.sendText(frame, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    return socket;
                }));
            }
            for (Future<WebSocket> one : opening) {
                open.add(one.get());
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).hasSize(SOCKETS));
            open.forEach(WebSocket::abort);
        }
    }
}
