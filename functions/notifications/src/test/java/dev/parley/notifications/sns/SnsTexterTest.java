package dev.parley.notifications.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kernel.Settings;
import dev.parley.notifications.TextException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnsTexterTest {
    private static final String NUMBER = "+4915112345678";

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private volatile int status = 200;
    private volatile String code = "";
    private HttpServer sns;
    private SnsTexter texter;

    @BeforeEach
    void start() throws IOException {
        sns = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sns.createContext("/", this::answer);
        sns.start();
        texter = SnsTexter.of(
                Settings.of(Map.of(
                        "AWS_REGION", "eu-west-1", "AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local")),
                Optional.of(URI.create("http://127.0.0.1:" + sns.getAddress().getPort())));
    }

    @AfterEach
    void stop() {
        texter.close();
        sns.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(URLDecoder.decode(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        String body = status == 200
                ? "<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>"
                : "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>No " + NUMBER
                        + "</Message></Error><RequestId>r-1</RequestId></ErrorResponse>";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("x-amzn-RequestId", "r-1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void aTextGoesToOneNumberAsSomethingThatMatters() {
        texter.send(NUMBER, "Grace 给您发了一条消息");

        assertThat(received).hasSize(1);
        assertThat(received.peek())
                .contains("Action=Publish", "PhoneNumber=" + NUMBER, "Message=Grace 给您发了一条消息", "Transactional");
    }

    @Test
    void whatSnsRefusesSaysWhyWithoutTheNumber() {
        status = 400;
        code = "InvalidParameter";

        assertThatThrownBy(() -> texter.send(NUMBER, "Hello"))
                .isInstanceOf(TextException.class)
                .hasMessage("SNS answered 400 InvalidParameter (request r-1)")
                .hasNoCause();
    }

    @Test
    void anSnsThatIsGoneIsAFailureToTryAgain() {
        sns.stop(0);

        assertThatThrownBy(() -> texter.send(NUMBER, "Hello"))
                .isInstanceOf(TextException.class)
                .hasMessageStartingWith("SNS did not answer");
    }
}
