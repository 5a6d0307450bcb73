package dev.parley.webhooks.dynamo;

import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Sha256;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.OutboxItems;
import dev.parley.platform.dynamo.Tables;
import dev.parley.webhooks.Notices;
import dev.parley.webhooks.Webhook;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/** Leaves word in the Inbox table for identity, which knows where an owner has mail, as {@code webhook.disabled}. */
public final class InboxNotices implements Notices {
    private static final int ID_DIGITS = 22;

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public InboxNotices(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.INBOX);
    }

    @Override
    public void disabled(Webhook hook) {
        String once = "webhook.disabled|" + hook.id() + "|" + hook.revision();
        var event = new OutboxEvent(
                "e_" + Sha256.base64Url(once).substring(0, ID_DIGITS),
                "webhook.disabled",
                hook.ownerId(),
                clock.instant(),
                Map.of("user_id", hook.ownerId(), "webhook_id", hook.id(), "url", hook.url()));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(OutboxItems.of(event))));
    }
}
