package dev.parley.local.stores;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses some of the requests to DynamoDB as {@link TableChaos} says, before they are done, and lets the others through. */
final class UnrulyTables extends Handler.Wrapper {
    private static final Set<String> WRITES = Set.of("PutItem", "UpdateItem", "DeleteItem");
    private static final Set<String> REQUESTS = Set.of(
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "GetItem",
            "BatchGetItem",
            "BatchWriteItem",
            "Query",
            "TransactWriteItems");

    private final TableChaos chaos;

    UnrulyTables(TableChaos chaos, Handler tables) {
        super(tables);
        this.chaos = chaos;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String target = String.valueOf(request.getHeaders().get("X-Amz-Target"));
        Optional<String> refusal = refusal(target.substring(target.indexOf('.') + 1));
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        try (InputStream body = Content.Source.asInputStream(request)) {
            body.readAllBytes(); // a request that is not read to its end would end the connection
        }
        byte[] answer = refusal.get().getBytes(StandardCharsets.UTF_8);
        var sum = new CRC32();
        sum.update(answer);
        response.setStatus(400);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
        response.getHeaders().put("x-amz-crc32", String.valueOf(sum.getValue()));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length);
        response.write(true, ByteBuffer.wrap(answer), callback);
        return true;
    }

    private Optional<String> refusal(String action) {
        var random = ThreadLocalRandom.current();
        if (REQUESTS.contains(action) && random.nextDouble() < chaos.throttle()) {
            return Optional.of(error("ProvisionedThroughputExceededException", "made to happen"));
        }
        boolean conflicts = random.nextDouble() < chaos.conflict();
        if (WRITES.contains(action) && conflicts) {
            return Optional.of(error("TransactionConflictException", "Transaction is ongoing for the item"));
        }
        if (action.equals("TransactWriteItems") && conflicts) {
            return Optional.of("""
                    {"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",\
                    "Message":"Transaction cancelled, please refer cancellation reasons for specific reasons [TransactionConflict]",\
                    "CancellationReasons":[{"Code":"TransactionConflict","Message":"Transaction is ongoing for the item"}]}""");
        }
        return Optional.empty();
    }

    private static String error(String type, String message) {
        return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"" + message + "\"}";
    }
}
