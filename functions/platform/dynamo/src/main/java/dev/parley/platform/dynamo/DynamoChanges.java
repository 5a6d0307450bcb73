package dev.parley.platform.dynamo;

import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;

/**
 * Events in the Changes table, for messaging: what happened to accounts stands there beside what happened in conversations. Its items are
 * those of {@link DynamoOutbox}.
 */
public final class DynamoChanges implements Outbox {
    private final EventTable items;

    public DynamoChanges(Dynamo dynamo) {
        this.items = new EventTable(dynamo, Tables.CHANGES);
    }

    @Override
    public void append(OutboxEvent event) {
        items.append(event);
    }
}
