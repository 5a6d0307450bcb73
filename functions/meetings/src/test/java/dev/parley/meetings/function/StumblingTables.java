package dev.parley.meetings.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** In front of real tables: passes requests on, and stumbles over them in the way and as often as a test says. */
final class StumblingTables implements AutoCloseable {
    /** What happens to a request. */
    enum Stumble {
        /** It is passed on, and so is its answer. */
        NONE(200, ""),
        /** The store fails before it has looked at it. */
        BEFORE(500, "com.amazonaws.dynamodb.v20120810#InternalFailure"),
        /** The store does it, and its answer is lost. */
        AFTER(500, "com.amazonaws.dynamodb.v20120810#InternalFailure"),
        /** The item is in somebody's transaction. */
        CONFLICT(400, "com.amazonaws.dynamodb.v20120810#TransactionConflictException"),
        /** The first try of the same transaction is still under way. */
        IN_PROGRESS(400, "com.amazonaws.dynamodb.v20120810#TransactionInProgressException");

        private final int status;
        private final String type;

        Stumble(int status, String type) {
            this.status = status;
            this.type = type;
        }
    }

    private static final List<String> PASSED_ON =
            List.of("X-amz-target", "Content-type", "Authorization", "X-amz-date", "X-amz-content-sha256");

    private final URI tables;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Stumble[] turns = {Stumble.NONE};

    StumblingTables(URI tables) throws IOException {
        this.tables = tables;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** What becomes of the next requests, over and over again in this order. */
    void stumble(Stumble... inTurn) {
        turns = inTurn;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Stumble[] now = turns;
            Stumble stumble = now[Math.floorMod(requests.getAndIncrement(), now.length)];
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (stumble == Stumble.NONE || stumble == Stumble.AFTER) {
                HttpResponse<byte[]> answer = passOn(exchange, body);
                if (stumble == Stumble.NONE) {
                    respond(exchange, answer.statusCode(), answer.body());
                    return;
                }
            }
            respond(
                    exchange,
                    stumble.status,
                    ("{\"__type\":\"" + stumble.type + "\",\"message\":\"stumbled\"}")
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(tables).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : PASSED_ON) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
