package dev.parley.local.gateway;

import static dev.parley.local.gateway.ScriptedGateway.json;
import static dev.parley.local.gateway.ScriptedGateway.reply;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.local.gateway.rest.RestApi;
import dev.parley.local.gateway.socket.SocketLimits;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

class RestTest {
    private static ScriptedGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new ScriptedGateway(
                options -> options.limits(Duration.ofSeconds(3), 10 * 1024 * 1024, SocketLimits.AWS));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aRequestBecomesAnEventOfFormatOne() {
        gateway.on("web", event -> reply(200, event.toString()));
        HttpResponse<String> response =
                gateway.post("/echo?a=1&a=2&b=x%20y", "{\"k\":\"v\"}", "X-Twice", "one", "X-Twice", "two");
        JsonNode event = json(response);
        assertThat(event.path("resource").stringValue()).isEqualTo("/echo");
        assertThat(event.path("path").stringValue()).isEqualTo("/echo");
        assertThat(event.path("httpMethod").stringValue()).isEqualTo("POST");
        assertThat(event.path("headers").path("X-Twice").stringValue()).isEqualTo("two");
        assertThat(event.path("multiValueHeaders").path("X-Twice").toString()).isEqualTo("[\"one\",\"two\"]");
        assertThat(event.path("queryStringParameters").toString()).isEqualTo("{\"a\":\"2\",\"b\":\"x y\"}");
        assertThat(event.path("multiValueQueryStringParameters").toString())
                .isEqualTo("{\"a\":[\"1\",\"2\"],\"b\":[\"x y\"]}");
        assertThat(event.path("pathParameters").isNull()).isTrue();
        assertThat(event.path("stageVariables").toString()).isEqualTo("{\"colour\":\"blue\"}");
        assertThat(event.path("body").stringValue()).isEqualTo("{\"k\":\"v\"}");
        assertThat(event.path("isBase64Encoded").booleanValue()).isFalse();
        JsonNode context = event.path("requestContext");
        assertThat(context.path("path").stringValue()).isEqualTo("/test/echo");
        assertThat(context.path("resourcePath").stringValue()).isEqualTo("/echo");
        assertThat(context.path("stage").stringValue()).isEqualTo("test");
        assertThat(context.path("identity").path("sourceIp").stringValue()).isEqualTo("127.0.0.1");
        assertThat(context.path("requestId").stringValue())
                .isEqualTo(response.headers().firstValue("x-amzn-RequestId").orElseThrow());
        assertThat(event.path("headers").path("X-Forwarded-For").stringValue()).isEqualTo("127.0.0.1");
        assertThat(event.path("headers").path("X-Amzn-Trace-Id").stringValue())
                .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
        assertThat(event.path("headers").has("Connection")).isFalse();
    }

    @Test
    void aQueryMayHaveAnyNames() {
        gateway.on("web", event -> reply(200, event.toString()));
        JsonNode event = json(gateway.get("/any?=1&=2&%2F=3&%2Fa%2F0=4&a.b=5"));
        assertThat(event.path("multiValueQueryStringParameters").toString())
                .isEqualTo("{\"\":[\"1\",\"2\"],\"/\":[\"3\"],\"/a/0\":[\"4\"],\"a.b\":[\"5\"]}");
    }

    @Test
    void whatIsNoHttpIsRefusedAndTheConnectionIsSaidToEnd() throws IOException {
        URI address = gateway.at("/any");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write("GET /any%00 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(reply).startsWith("HTTP/1.1 400").containsIgnoringCase("\r\nConnection: close\r\n");
        }
    }

    @Test
    void nothingIsNullNotEmpty() {
        gateway.on("web", event -> reply(200, event.toString()));
        JsonNode event = json(gateway.get("/any"));
        assertThat(event.path("queryStringParameters").isNull()).isTrue();
        assertThat(event.path("multiValueQueryStringParameters").isNull()).isTrue();
        assertThat(event.path("body").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/items/special|/items/special|null",
                "/items/a%20b|/items/{id}|{\"id\":\"a b\"}",
                "/items/7/parts/8|/items/{id}/parts/{part}|{\"id\":\"7\",\"part\":\"8\"}",
                "/files/a/b/c.txt|/files/{path+}|{\"path\":\"a/b/c.txt\"}"
            })
    void theMostLiteralRouteWins(String path, String resource, String parameters) {
        gateway.on("web", event -> reply(200, event.toString()));
        JsonNode event = json(gateway.get(path));
        assertThat(event.path("resource").stringValue()).isEqualTo(resource);
        assertThat(event.path("pathParameters").toString()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/items", "/items/", "/left", "/echo/more", "/"})
    void anUnknownRouteMissesItsAuthenticationToken(String path) {
        HttpResponse<String> response = gateway.get(path);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains("MissingAuthenticationTokenException");
    }

    @Test
    void anUnknownMethodOfAKnownPathIsTheSame() {
        assertThat(gateway.send(HttpRequest.newBuilder(gateway.at("/echo")).DELETE())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aReplyMayHaveManyValuesOfOneHeader() {
        gateway.on("web", event -> """
                        {"statusCode": 201, "headers": {"X-One": "1", "X-Both": "single"},
                         "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"], "x-both": ["many"]}, "body": "done"}""");
        HttpResponse<String> response = gateway.get("/echo");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(response.headers().allValues("X-Both")).containsExactly("many");
        assertThat(response.headers().firstValue("X-One")).contains("1");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void namesOfTheTransportAreNotTheFunctionsToSet() {
        gateway.on("web", event -> "{\"statusCode\":401,\"headers\":{\"WWW-Authenticate\":\"Bearer\"},\"body\":\"\"}");
        HttpResponse<String> response = gateway.get("/echo");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(response.headers().firstValue("x-amzn-Remapped-WWW-Authenticate"))
                .contains("Bearer");
    }

    @Test
    void binaryBodiesTravelAsBase64() throws Exception {
        gateway.on("web", event -> reply(200, event.toString()));
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0};
        JsonNode event = json(gateway.send(HttpRequest.newBuilder(gateway.at("/echo"))
                .header("Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(picture))));
        assertThat(event.path("isBase64Encoded").booleanValue()).isTrue();
        assertThat(Base64.getDecoder().decode(event.path("body").stringValue())).isEqualTo(picture);

        String encoded = Base64.getEncoder().encodeToString("picture".getBytes());
        gateway.on("web", unused -> "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"" + encoded + "\"}");
        assertThat(gateway.get("/echo", "Accept", "image/png").body()).isEqualTo("picture");
        assertThat(gateway.get("/echo", "Accept", "text/plain").body()).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{}",
                "{\"statusCode\":\"many\"}",
                "{\"statusCode\":42}",
                "{\"statusCode\":200,\"body\":{}}",
                "{\"statusCode\":200,\"headers\":[]}",
                "{\"statusCode\":200,\"headers\":{\"a\":{}}}",
                "{\"statusCode\":200,\"multiValueHeaders\":{\"a\":\"b\"}}",
                "{\"statusCode\":200,\"cookies\":[]}",
                "{\"statusCode\":200,\"isBase64Encoded\":\"yes\"}",
                "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"***\"}"
            })
    void anAnswerAgainstTheContractIsABadGateway(String answer) {
        gateway.on("web", event -> answer);
        HttpResponse<String> response = gateway.get("/echo");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).isEqualTo("{\"message\":\"Internal server error\"}");
    }

    @Test
    void aFailingFunctionIsABadGatewayWithoutItsStack() {
        gateway.on("web", event -> {
            throw new IllegalStateException("secret detail");
        });
        HttpResponse<String> response = gateway.get("/echo");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void whatNoFunctionAnsweredIsLoggedWithItsStackUnderTheIdTheClientGot() {
        gateway.on("web", event -> {
            throw new IllegalStateException("secret detail");
        });
        Logger logger = (Logger) LoggerFactory.getLogger(RestApi.class);
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        logger.addAppender(logged);
        try {
            HttpResponse<String> response = gateway.get("/echo");
            String reference = response.headers().firstValue("x-amzn-RequestId").orElseThrow();
            assertThat(logged.list).singleElement().satisfies(line -> {
                assertThat(line.getLevel()).isEqualTo(Level.ERROR);
                assertThat(line.getFormattedMessage()).contains("GET /echo").contains(reference);
                assertThat(line.getThrowableProxy().getCause().getMessage()).isEqualTo("secret detail");
            });
        } finally {
            logger.detachAppender(logged);
        }
    }

    @Test
    void aBodyMayHaveTenMegabytes() {
        gateway.on(
                "web",
                event -> reply(
                        200, Integer.toString(event.path("body").stringValue().length())));
        assertThat(gateway.post("/echo", "x".repeat(10 * 1024 * 1024)).body()).isEqualTo("10485760");
        assertThat(gateway.post("/echo", "x".repeat(10 * 1024 * 1024 + 1)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void aFunctionThatDoesNotAnswerTimesOut() {
        var never = new CountDownLatch(1);
        gateway.on("web", event -> {
            await(never);
            return reply(200, "");
        });
        HttpResponse<String> response = gateway.get("/echo");
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).isEqualTo("{\"message\":\"Endpoint request timed out\"}");
    }

    @Test
    void aFunctionsOwnTimeoutIsABadGateway() {
        var never = new CountDownLatch(1);
        gateway.on("brief", event -> {
            await(never);
            return reply(200, "");
        });
        assertThat(gateway.get("/brief").statusCode()).isEqualTo(502);
    }

    @Test
    void moreInvocationsThanReservedAreThrottled() {
        var running = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        gateway.on("narrow", event -> {
            running.countDown();
            await(finish);
            return reply(200, "first");
        });
        var first = CompletableFuture.supplyAsync(() -> gateway.get("/narrow").body());
        await(running);
        HttpResponse<String> second = gateway.get("/narrow");
        finish.countDown();
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
        assertThat(first.join()).isEqualTo("first");
    }

    @Test
    void whoCannotBeServedAtOnceWaitsTheirTurn() {
        int atOnce = 100;
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var all = new CountDownLatch(atOnce);
        gateway.on("web", event -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            all.countDown();
            await(all);
            running.decrementAndGet();
            return reply(200, "");
        });
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < atOnce + 10; i++) {
                asked.add(
                        CompletableFuture.supplyAsync(() -> gateway.get("/echo").statusCode(), each));
            }
        }
        assertThat(asked).allSatisfy(status -> assertThat(status.join()).isEqualTo(200));
        assertThat(most).hasValue(atOnce);
    }

    @Test
    void aMethodsOwnThrottleHolds() {
        gateway.on("web", event -> reply(200, ""));
        List<Integer> statuses = Stream.generate(() -> gateway.get("/throttled").statusCode())
                .limit(3)
                .toList();
        assertThat(statuses).containsExactly(200, 200, 429);
    }

    @Test
    void corsIsAnsweredForKnownPathsAlone() {
        HttpResponse<String> known = gateway.send(
                HttpRequest.newBuilder(gateway.at("/echo")).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example.org");
        assertThat(known.headers().firstValue("Access-Control-Allow-Methods")).contains("GET,OPTIONS,POST");
        assertThat(known.headers().firstValue("Access-Control-Allow-Headers")).contains("Authorization,Content-Type");
        assertThat(known.headers().firstValue("Access-Control-Max-Age")).contains("600");
        assertThat(gateway.send(HttpRequest.newBuilder(gateway.at("/nowhere"))
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo?a=%zz", "/items/%zz"})
    void badEncodingIsTheClientsFault(String path) throws Exception {
        assertThat(RawSocket.statusOf(gateway.addresses().port(), "GET " + path + " HTTP/1.1"))
                .isEqualTo(400);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
