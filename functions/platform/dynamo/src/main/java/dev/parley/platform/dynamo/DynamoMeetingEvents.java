package dev.parley.platform.dynamo;

import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;

/**
 * Events in the MeetingEvents table, for webhooks: what happened to the accounts that own them stands there beside what happened in
 * meetings. Its items are those of {@link DynamoOutbox}.
 */
public final class DynamoMeetingEvents implements Outbox {
    private final EventTable items;

    public DynamoMeetingEvents(Dynamo dynamo) {
        this.items = new EventTable(dynamo, Tables.MEETING_EVENTS);
    }

    @Override
    public void append(OutboxEvent event) {
        items.append(event);
    }
}
