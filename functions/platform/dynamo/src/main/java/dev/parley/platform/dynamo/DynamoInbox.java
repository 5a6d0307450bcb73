package dev.parley.platform.dynamo;

import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;

/** Events in the Inbox table, for what functions inside the private network must be told. Its items are those of {@link DynamoOutbox}. */
public final class DynamoInbox implements Outbox {
    private final EventTable items;

    public DynamoInbox(Dynamo dynamo) {
        this.items = new EventTable(dynamo, Tables.INBOX);
    }

    @Override
    public void append(OutboxEvent event) {
        items.append(event);
    }
}
