package dev.parley.notifications.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Settings;
import dev.parley.notifications.Mail;
import dev.parley.notifications.MailException;
import dev.parley.notifications.Mailbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SesMailerTest {
    private static final Mail MAIL = new Mail(
            "e_1",
            "mail.password_reset",
            new Mailbox("Ana", "ana@example.org"),
            "Subject",
            "Text\n",
            "<p>HTML</p>\n",
            Optional.empty());

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private volatile String errorType = "";
    private volatile int status = 200;
    private HttpServer ses;
    private SesMailer mailer;

    @BeforeEach
    void start() throws IOException {
        ses = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ses.createContext("/", this::answer);
        ses.start();
        mailer = SesMailer.of(
                Settings.of(Map.of(
                        "AWS_REGION", "eu-west-1", "AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local")),
                Optional.of(URI.create("http://127.0.0.1:" + ses.getAddress().getPort())),
                Mailbox.parse("Parley <no-reply@example.org>"),
                new HandMovedClock());
    }

    @AfterEach
    void stop() {
        mailer.close();
        ses.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = (status == 200
                        ? "{\"MessageId\":\"m-1\"}"
                        : "{\"message\":\"Email address is not verified: ana@example.org\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("x-amzn-RequestId", "r-1");
        if (!errorType.isEmpty()) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", errorType);
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void aMailGoesOutWholeToItsReaderAlone() {
        mailer.send(MAIL);

        assertThat(received).hasSize(1);
        String[] request = received.peek().split("\n", 2);
        assertThat(request[0]).isEqualTo("POST /v2/email/outbound-emails");
        JsonNode send = JsonMapper.builder().build().readTree(request[1]);
        assertThat(send.path("FromEmailAddress").asString()).isEqualTo("no-reply@example.org");
        assertThat(send.path("Destination").path("ToAddresses")).hasSize(1);
        assertThat(send.path("Destination").path("ToAddresses").path(0).asString())
                .isEqualTo("ana@example.org");
        String message = new String(
                Base64.getDecoder()
                        .decode(send.path("Content").path("Raw").path("Data").asString()),
                StandardCharsets.US_ASCII);
        assertThat(message)
                .startsWith("From: Parley <no-reply@example.org>\r\nTo: Ana <ana@example.org>\r\nSubject: Subject\r\n");
    }

    @Test
    void whatSesRefusesSaysWhyWithoutTheAddress() {
        status = 400;
        errorType = "MessageRejected";

        assertThatThrownBy(() -> mailer.send(MAIL))
                .isInstanceOf(MailException.class)
                .hasMessage("SES answered 400 MessageRejected (request r-1)")
                .hasNoCause();
    }

    @Test
    void aSesThatIsGoneIsAFailureToTryAgain() {
        ses.stop(0);

        assertThatThrownBy(() -> mailer.send(MAIL))
                .isInstanceOf(MailException.class)
                .hasMessageStartingWith("SES did not answer");
    }
}
