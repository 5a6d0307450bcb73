package dev.parley.messaging.dynamo;

import dev.parley.kernel.Errors;
import dev.parley.platform.dynamo.Dynamo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Reads and writes many items of one table. The store may do a part and leave the rest to be asked again. */
final class Batches {
    private static final int READS = 100;
    private static final int WRITES = 25;
    private static final int ROUNDS = 12;

    private final Dynamo dynamo;
    private final String table;

    Batches(Dynamo dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /** Those of these items that there are, consistently, in no order. */
    List<Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += READS) {
            List<Map<String, AttributeValue>> some = keys.subList(from, Math.min(keys.size(), from + READS));
            Map<String, KeysAndAttributes> open = Map.of(
                    table,
                    KeysAndAttributes.builder().keys(some).consistentRead(true).build());
            for (int round = 0; !open.isEmpty(); round++) {
                requireRound(round);
                Map<String, KeysAndAttributes> asked = open;
                var answer = dynamo.call(client -> client.batchGetItem(get -> get.requestItems(asked)));
                items.addAll(answer.responses().getOrDefault(table, List.of()));
                open = answer.unprocessedKeys();
            }
        }
        return items;
    }

    /** Writes and deletes; one key only once. */
    void write(List<WriteRequest> writes) {
        for (int from = 0; from < writes.size(); from += WRITES) {
            Map<String, List<WriteRequest>> open =
                    Map.of(table, writes.subList(from, Math.min(writes.size(), from + WRITES)));
            for (int round = 0; !open.isEmpty(); round++) {
                requireRound(round);
                Map<String, List<WriteRequest>> asked = open;
                open = dynamo.call(client -> client.batchWriteItem(write -> write.requestItems(asked)))
                        .unprocessedItems();
            }
        }
    }

    private static void requireRound(int round) {
        if (round == ROUNDS) {
            throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
        }
    }
}
