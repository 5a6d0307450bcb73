package dev.parley.platform.dynamo;

import dev.parley.kernel.OutboxEvent;
import java.util.Objects;

/** Events in one table, in the shape that {@link DynamoOutbox} describes. */
final class EventTable {
    private final Dynamo dynamo;
    private final String table;

    EventTable(Dynamo dynamo, Tables table) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(table);
    }

    void append(OutboxEvent event) {
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(OutboxItems.of(event))));
    }
}
