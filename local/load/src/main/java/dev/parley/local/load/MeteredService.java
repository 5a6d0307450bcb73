package dev.parley.local.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Stands before a service that functions ask, and counts what it is asked: of DynamoDB the capacity units that it says were consumed, of SQS
 * the requests, of {@code @connections} the messages.
 */
final class MeteredService implements AutoCloseable {
    private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems");
    private static final Set<String> WRITES =
            Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");
    /** What an HTTP client sets by itself. */
    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");
    /** A message of @connections is billed by this many bytes, begun ones as whole ones. */
    private static final int MESSAGE_BYTES = 32 * 1024;
    /** Each write of a transaction takes two units. */
    private static final int TRANSACTION_UNITS = 2;

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<URI> behind;
    private final Use use;

    private MeteredService(HttpServer server, Supplier<URI> behind, Use use) {
        this.server = server;
        this.behind = behind;
        this.use = use;
    }

    /** @param behind where the service is, asked for with each request */
    static MeteredService before(Supplier<URI> behind, Use use) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            MeteredService metered = new MeteredService(server, behind, use);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", metered::pass);
            server.start();
            return metered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where functions find it. */
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String action = target == null ? "" : target.substring(target.indexOf('.') + 1);
            boolean tables = target != null && target.startsWith("DynamoDB_");
            byte[] passedOn = tables && !action.isEmpty() ? withCapacity(asked, action) : asked;
            HttpResponse<byte[]> reply =
                    client.send(request(exchange, passedOn), HttpResponse.BodyHandlers.ofByteArray());
            if (tables) {
                countTables(action, asked, reply);
            } else if (target != null) {
                use.add("sqs_requests", 1);
            } else if (exchange.getRequestMethod().equals("POST")) {
                use.add("socket_messages", Math.ceilDiv(Math.max(1, asked.length), MESSAGE_BYTES));
                use.add("transfer_gb", asked.length / 1e9);
            }
            answer(exchange, reply);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        URI target = URI.create(behind.get() + exchange.getRequestURI().toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> reply) throws IOException {
        reply.headers().map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(reply.statusCode(), reply.body().length == 0 ? -1 : reply.body().length);
        if (reply.body().length > 0) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    /** The same request, which also asks what it costs. */
    private static byte[] withCapacity(byte[] asked, String action) {
        String text = new String(asked, StandardCharsets.UTF_8);
        if (!READS.contains(action) && !WRITES.contains(action) || !text.startsWith("{\"")) {
            return asked;
        }
        return ("{\"ReturnConsumedCapacity\":\"TOTAL\"," + text.substring(1)).getBytes(StandardCharsets.UTF_8);
    }

    private void countTables(String action, byte[] asked, HttpResponse<byte[]> reply) {
        String kind = READS.contains(action) ? "dynamodb_reads" : "dynamodb_writes";
        if (!READS.contains(action) && !WRITES.contains(action)) {
            return;
        }
        JsonNode answer = Wire.tree(new String(reply.body(), StandardCharsets.UTF_8));
        if (reply.statusCode() == 200) {
            use.add(kind, units(answer.path("ConsumedCapacity")));
            return;
        }
        // A write whose condition did not hold is paid for all the same.
        String error = answer.path("__type").asString("");
        if (error.endsWith("ConditionalCheckFailedException")) {
            use.add(kind, 1);
        } else if (error.endsWith("TransactionCanceledException")) {
            JsonNode writes =
                    Wire.tree(new String(asked, StandardCharsets.UTF_8)).path("TransactItems");
            use.add(kind, (double) TRANSACTION_UNITS * writes.size());
        }
    }

    private static double units(JsonNode consumed) {
        if (!consumed.isArray()) {
            return consumed.path("CapacityUnits").asDouble(0);
        }
        double units = 0;
        for (JsonNode table : consumed) {
            units += table.path("CapacityUnits").asDouble(0);
        }
        return units;
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
