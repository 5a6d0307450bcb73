package dev.parley.platform.dynamo;

import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;

/**
 * Events in the Outbox table, whose stream carries each new one to its consumers. An item holds {@code subject}, {@code id},
 * {@code type}, {@code at} (epoch milliseconds) and {@code data} (texts), and may be collected three days after {@code at}: longer than
 * a stream keeps it, short for what may be secret. An event that is appended again is the same item, of which the stream says nothing.
 */
public final class DynamoOutbox implements Outbox {
    private final EventTable items;

    public DynamoOutbox(Dynamo dynamo) {
        this.items = new EventTable(dynamo, Tables.OUTBOX);
    }

    @Override
    public void append(OutboxEvent event) {
        items.append(event);
    }
}
