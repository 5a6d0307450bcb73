package dev.parley.platform.dynamo;

import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;

/** Events in the FileWork table, for the files function: what it left to itself, and what happened to accounts. Its items are those of {@link DynamoOutbox}. */
public final class DynamoFileWork implements Outbox {
    private final EventTable items;

    public DynamoFileWork(Dynamo dynamo) {
        this.items = new EventTable(dynamo, Tables.FILE_WORK);
    }

    @Override
    public void append(OutboxEvent event) {
        items.append(event);
    }
}
