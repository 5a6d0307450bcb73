package dev.parley.notifications.dynamo;

import dev.parley.notifications.Sockets;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The sockets of people, which the signaling function keeps in Connections. */
public final class DynamoSockets implements Sockets {
    private static final String CONNECTION_ID = Tables.CONNECTIONS.partitionKey();

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoSockets(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.CONNECTIONS);
    }

    @Override
    public List<String> ofUser(String userId) {
        long now = clock.instant().getEpochSecond();
        return dynamo.indexed(Tables.CONNECTIONS, userId).stream()
                .filter(item -> Items.number(item, Tables.EXPIRES_AT, 0) > now)
                .map(item -> Items.requiredText(item, CONNECTION_ID))
                .toList();
    }

    @Override
    public void forget(String connectionId) {
        dynamo.call(client -> client.deleteItem(
                delete -> delete.tableName(table).key(Map.of(CONNECTION_ID, Items.text(connectionId)))));
    }
}
