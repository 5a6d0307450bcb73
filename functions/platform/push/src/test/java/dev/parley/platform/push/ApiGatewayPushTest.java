package dev.parley.platform.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kernel.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiGatewayPushTest {
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private HttpServer gateway;
    private ApiGatewayPush push;
    private volatile int status = 200;
    /** After so many answers with that status all is well. */
    private volatile int refusals = Integer.MAX_VALUE;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", this::answer);
        gateway.start();
        push = ApiGatewayPush.of(Settings.of(Map.of(
                "CONNECTIONS_ENDPOINT",
                        "http://127.0.0.1:" + gateway.getAddress().getPort() + "/prod",
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local")));
    }

    @AfterEach
    void stop() {
        push.close();
        gateway.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String signed = exchange.getRequestHeaders().getFirst("Authorization");
        received.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + " " + body
                        + (signed != null && signed.contains("/eu-west-1/execute-api/") ? " signed" : ""));
        byte[] bytes = new byte[0];
        int answered = received.size() > refusals ? 200 : status;
        exchange.sendResponseHeaders(answered, answered == 204 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void aTextGoesToItsConnectionUnderTheStage() {
        assertThat(push.send("Conn1=", "{\"type\":\"chat\"}")).isEqualTo(PushOutcome.SENT);
        assertThat(received).containsExactly("POST /prod/@connections/Conn1%3D {\"type\":\"chat\"} signed");
    }

    @Test
    void aConnectionIsClosed() {
        status = 204;

        assertThat(push.close("Conn1=")).isEqualTo(PushOutcome.SENT);
        assertThat(received).containsExactly("DELETE /prod/@connections/Conn1%3D  signed");
    }

    @Test
    void aGatewayThatIsBusyForAMomentIsAskedAgain() {
        status = 429;
        refusals = 2;

        assertThat(push.send("c", "x")).isEqualTo(PushOutcome.SENT);
        assertThat(received).hasSize(3);
    }

    @Test
    void whatCannotHelpIsNotAskedAgain() {
        status = 410;

        assertThat(push.send("c", "x")).isEqualTo(PushOutcome.GONE);
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"410, GONE", "413, TOO_LARGE", "429, THROTTLED", "403, FAILED", "500, FAILED"})
    void aRefusalIsWhatItsStatusSays(int refused, PushOutcome outcome) {
        status = refused;

        assertThat(push.send("c", "x")).isEqualTo(outcome);
    }

    @Test
    void whatFitsNoFrameIsNotEvenSent() {
        assertThat(push.send("c", "é".repeat(16 * 1024))).isEqualTo(PushOutcome.SENT);
        assertThat(push.send("c", "é".repeat(16 * 1024) + "x")).isEqualTo(PushOutcome.TOO_LARGE);
        assertThat(received).hasSize(1);
    }

    @Test
    void aGatewayThatIsAwayIsAFailureAndNoAccident() {
        gateway.stop(0);

        assertThat(push.send("c", "x")).isEqualTo(PushOutcome.FAILED);
        assertThat(push.close("c")).isEqualTo(PushOutcome.FAILED);
    }
}
