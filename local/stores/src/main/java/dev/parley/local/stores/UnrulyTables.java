package dev.parley.local.stores;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * Refuses some of the requests to DynamoDB as {@link TableChaos} says, before they are done, and lets the others through. {@code PUT /chaos}
 * with such a text changes it from now on: 204, or 400 with what is wrong.
 */
final class UnrulyTables extends Handler.Wrapper {
    private static final String CHAOS = "/chaos";
    private static final String CONDITION = "ConditionExpression";
    private static final Set<String> WRITES = Set.of("PutItem", "UpdateItem", "DeleteItem");
    private static final String TRANSACTION = "TransactWriteItems";
    private static final Set<String> REQUESTS = Set.of(
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "GetItem",
            "BatchGetItem",
            "BatchWriteItem",
            "Query",
            "TransactWriteItems");

    private final AtomicReference<TableChaos> chaos;

    UnrulyTables(TableChaos chaos, Handler tables) {
        super(tables);
        this.chaos = new AtomicReference<>(chaos);
    }

    /** Whether nothing is refused now. */
    boolean calm() {
        return chaos.get().equals(TableChaos.NONE);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHttpURI().getPath().equals(CHAOS)) {
            return change(request, response, callback);
        }
        if (calm()) {
            return super.handle(request, response, callback);
        }
        String target = String.valueOf(request.getHeaders().get("X-Amz-Target"));
        // A request that is refused and not read to its end would end the connection.
        byte[] body = read(request);
        Optional<String> refusal = refusal(target.substring(target.indexOf('.') + 1), body);
        if (refusal.isEmpty()) {
            return super.handle(new Again(request, body), response, callback);
        }
        answer(400, refusal.get(), response, callback);
        return true;
    }

    private boolean change(Request request, Response response, Callback callback) throws Exception {
        try {
            chaos.set(TableChaos.parse(new String(read(request), StandardCharsets.UTF_8)));
            response.setStatus(204);
            callback.succeeded();
        } catch (IllegalArgumentException e) {
            answer(400, e.getMessage(), response, callback);
        }
        return true;
    }

    private static byte[] read(Request request) throws Exception {
        try (InputStream body = Content.Source.asInputStream(request)) {
            return body.readAllBytes();
        }
    }

    private static void answer(int status, String text, Response response, Callback callback) {
        byte[] answer = text.getBytes(StandardCharsets.UTF_8);
        var sum = new CRC32();
        sum.update(answer);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
        response.getHeaders().put("x-amz-crc32", String.valueOf(sum.getValue()));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length);
        response.write(true, ByteBuffer.wrap(answer), callback);
    }

    private Optional<String> refusal(String action, byte[] body) {
        var random = ThreadLocalRandom.current();
        TableChaos now = chaos.get();
        if (REQUESTS.contains(action) && random.nextDouble() < now.throttle()) {
            return Optional.of(error("ProvisionedThroughputExceededException", "made to happen"));
        }
        boolean conflicts = random.nextDouble() < now.conflict();
        if (WRITES.contains(action) && conflicts) {
            return Optional.of(error("TransactionConflictException", "Transaction is ongoing for the item"));
        }
        if (action.equals(TRANSACTION) && conflicts) {
            return Optional.of(cancelled(
                    "TransactionConflict",
                    "{\"Code\":\"TransactionConflict\",\"Message\":\"Transaction is ongoing for the item\"}"));
        }
        return random.nextDouble() < now.overtaken() ? overtaken(action, body) : Optional.empty();
    }

    /** Only what has a condition can fail by it; of a transaction its first item that has one. */
    private static Optional<String> overtaken(String action, byte[] body) {
        if (!WRITES.contains(action) && !action.equals(TRANSACTION)) {
            return Optional.empty();
        }
        JsonNode request = JsonNode.parser().parse(body);
        if (WRITES.contains(action)) {
            return request.field(CONDITION)
                    .map(condition -> error("ConditionalCheckFailedException", "The conditional request failed"));
        }
        List<Boolean> conditional = request.field("TransactItems").map(JsonNode::asArray).orElse(List.of()).stream()
                .map(item -> item.asObject().values().stream()
                        .anyMatch(write -> write.field(CONDITION).isPresent()))
                .toList();
        int first = conditional.indexOf(true);
        if (first < 0) {
            return Optional.empty();
        }
        String reasons = IntStream.range(0, conditional.size())
                .mapToObj(item -> item == first
                        ? "{\"Code\":\"ConditionalCheckFailed\",\"Message\":\"The conditional request failed\"}"
                        : "{\"Code\":\"None\"}")
                .collect(Collectors.joining(","));
        return Optional.of(cancelled("ConditionalCheckFailed", reasons));
    }

    private static String cancelled(String why, String reasons) {
        return """
                {"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",\
                "Message":"Transaction cancelled, please refer cancellation reasons for specific reasons [%s]",\
                "CancellationReasons":[%s]}""".formatted(why, reasons);
    }

    private static String error(String type, String message) {
        return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"" + message + "\"}";
    }

    /** A request whose body was read, with its body. */
    private static final class Again extends Request.Wrapper {
        private final Content.Source body;

        Again(Request request, byte[] body) {
            super(request);
            this.body = new ByteBufferContentSource(ByteBuffer.wrap(body));
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable demanded) {
            body.demand(demanded);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }
    }
}
