package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What happens in a meeting reaches somebody's server: over packaged functions, the stores' stream, the queue and a real socket. */
@Tag("functions")
class WebhooksReachTheirServerTest {
    private static final String API = "/api/v1";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Queue<Call> taken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger(1);

    private record Call(String id, String timestamp, String signature, String body) {
        String type() {
            return Wire.tree(body).path("type").asString();
        }

        boolean isSignedWith(String secret) throws Exception {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            byte[] code = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return signature.equals("v1," + Base64.getEncoder().encodeToString(code));
        }
    }

    /** A server that is busy at first. */
    private HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/in", exchange -> {
            var headers = exchange.getRequestHeaders();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (refusals.getAndDecrement() > 0) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                taken.add(new Call(
                        headers.getFirst("webhook-id"),
                        headers.getFirst("webhook-timestamp"),
                        headers.getFirst("webhook-signature"),
                        body));
                exchange.sendResponseHeaders(204, -1);
            }
            exchange.close();
        });
        server.createContext("/gone", exchange -> {
            exchange.sendResponseHeaders(410, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void aMeetingIsToldFromItsStartToItsEndInOrderThoughTheServerWasBusy() throws Exception {
        HttpServer server = server();
        try (RunningSystem system = RunningSystem.start()) {
            Http http = new Http(system.url());
            http.register("ana_hooks");
            http.register("ben_joins");
            String ana = http.login("ana_hooks");
            String ben = http.login("ben_joins");
            JsonNode hook = http.must(
                            "POST",
                            API + "/webhooks",
                            ana,
                            "{\"url\":\"http://127.0.0.1:" + server.getAddress().getPort()
                                    + "/in\",\"events\":[\"*\"]}")
                    .data();

            String meeting = API + "/meetings/"
                    + http.must("POST", API + "/meetings", ana, "{\"title\":\"Weekly\",\"meeting_type\":\"video\"}")
                            .data()
                            .path("meeting_id")
                            .asString();
            http.must("POST", meeting + "/start", ana, null);
            http.must("POST", meeting + "/join", ana, "{}");
            http.must("POST", meeting + "/join", ben, "{}");
            http.must("POST", meeting + "/leave", ben, null);
            http.must("POST", meeting + "/end", ana, null);

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> taken.stream().anyMatch(call -> call.type().equals("meeting.ended")));
            assertThat(taken)
                    .extracting(Call::type)
                    .containsExactly(
                            "meeting.started",
                            "participant.joined",
                            "participant.joined",
                            "participant.left",
                            "meeting.ended");
            List<JsonNode> told =
                    taken.stream().map(call -> Wire.tree(call.body())).toList();
            assertThat(told.get(2).path("data").path("participant").path("name").asString())
                    .isEqualTo("ben_joins");
            assertThat(told.get(3)
                            .path("data")
                            .path("participant")
                            .path("reason")
                            .asString())
                    .isEqualTo("left");
            assertThat(told.getLast().path("data").path("meeting").path("title").asString())
                    .isEqualTo("Weekly");
            for (Call call : taken) {
                assertThat(call.isSignedWith(hook.path("secret").asString())).isTrue();
            }
            JsonNode log = http.must("GET", API + "/webhooks/" + hook.path("id").asString() + "/deliveries", ana, null)
                    .data()
                    .path("list");
            assertThat(log).hasSize(5);
            assertThat(log.get(4).path("attempts").asInt()).isEqualTo(2);
            assertThat(log.get(4).path("last_attempts").get(0).path("status").asInt())
                    .isEqualTo(503);
            assertThat(log)
                    .allSatisfy(one -> assertThat(one.path("state").asString()).isEqualTo("delivered"));
            assertThat(http.must("GET", API + "/webhooks", ben, null).data().path("list"))
                    .isEmpty();
            whoseServerIsGoneGetsAMail(http, ana, server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private static void whoseServerIsGoneGetsAMail(Http http, String ana, int port) {
        String gone = API + "/webhooks/"
                + http.must(
                                "POST",
                                API + "/webhooks",
                                ana,
                                "{\"url\":\"http://127.0.0.1:" + port + "/gone\",\"events\":[\"*\"]}")
                        .data()
                        .path("id")
                        .asString();
        http.must("POST", gone + "/test", ana, null);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> http.must("GET", "/local/mail.json?to=ana_hooks@example.org", null, null)
                        .body()
                        .contains("/gone"));
        assertThat(http.must("GET", gone, ana, null)
                        .data()
                        .path("disabled_reason")
                        .asString())
                .isEqualTo("gone");
    }
}
