package dev.parley.notifications.dynamo;

import dev.parley.kernel.OutboxEvent;
import dev.parley.notifications.Delivery;
import dev.parley.notifications.Postbox;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.OutboxItems;
import dev.parley.platform.dynamo.Tables;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Leaves mail in the Inbox table for identity, which knows where somebody has mail, as {@code notice.mail}. */
public final class InboxPostbox implements Postbox {
    private final Dynamo dynamo;
    private final String table;

    public InboxPostbox(Dynamo dynamo) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.INBOX);
    }

    @Override
    public void post(Delivery delivery, Instant at, String language, List<String> lines) {
        Map<String, String> data = new HashMap<>();
        data.put("user_id", delivery.userId());
        data.put("delivery_id", delivery.id());
        data.put("locale", language);
        for (int line = 0; line < lines.size(); line++) {
            data.put("line_" + (line + 1), lines.get(line));
        }
        OutboxEvent event =
                OutboxEvent.once("notice.mail", delivery.userId(), delivery.id() + "|" + delivery.repeats(), at, data);
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(OutboxItems.of(event))));
    }
}
