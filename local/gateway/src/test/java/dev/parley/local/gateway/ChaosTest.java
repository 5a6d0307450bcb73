package dev.parley.local.gateway;

import static dev.parley.local.gateway.ScriptedGateway.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.local.gateway.socket.Chaos;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What AWS does on a bad day can be had on any day. */
class ChaosTest {
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @Test
    void messagesComeTwiceAndOutOfOrder() {
        List<String> sent = IntStream.range(0, 60)
                .mapToObj(n -> "{\"type\":\"hello\",\"n\":" + n + "}")
                .toList();
        try (var gateway = recording(Chaos.parse("duplicate,reorder=0.5"));
                var socket = open(gateway)) {
            sent.forEach(socket::text);
            await().until(() -> seen.stream().filter(sent::contains).count() == 2L * sent.size());
        }
        List<String> arrived = seen.stream().filter(sent::contains).distinct().toList();
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(sent).isNotEqualTo(sent);
    }

    @Test
    void aDisconnectIsLost() {
        try (var gateway = recording(Chaos.parse("lose-disconnect"))) {
            try (var socket = open(gateway)) {
                socket.sendClose(1000);
                assertThat(socket.nextClose()).isEqualTo(1000);
            }
            try (var socket = open(gateway)) {
                assertThat(socket.status()).isEqualTo(101);
            }
            assertThat(seen).doesNotContain("DISCONNECT");
        }
    }

    @Test
    void aLiveConnectionIsSaidToBeGone() {
        try (var gateway = recording(Chaos.parse("gone=1"));
                var socket = open(gateway)) {
            assertThat(socket.status()).isEqualTo(101);
            String id =
                    seen.stream().filter(text -> text.endsWith("=")).findFirst().orElseThrow();
            var post = HttpRequest.newBuilder(URI.create(gateway.addresses().connectionsEndpoint("test")
                            + "/@connections/" + id.replace("=", "%3D")))
                    .header("Authorization", "AWS4-HMAC-SHA256 Credential=local")
                    .timeout(Duration.ofSeconds(5))
                    .POST(HttpRequest.BodyPublishers.ofString("x"));
            assertThat(gateway.send(post).statusCode()).isEqualTo(410);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boom", "gone=2", "gone=x", "reorder=-1"})
    void badSwitchesAreRefused(String text) {
        assertThatThrownBy(() -> Chaos.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private ScriptedGateway recording(Chaos chaos) {
        var gateway = new ScriptedGateway(options -> options.chaos(chaos));
        gateway.on("socket", event -> {
            var context = event.path("requestContext");
            seen.add(context.path("eventType").asString(""));
            seen.add(context.path("connectionId").asString(""));
            seen.add(event.path("body").asString(""));
            return reply(200, "");
        });
        return gateway;
    }

    private static RawSocket open(ScriptedGateway gateway) {
        return RawSocket.open(gateway.addresses().port(), "/ws/signaling", "Sec-WebSocket-Protocol: a");
    }
}
