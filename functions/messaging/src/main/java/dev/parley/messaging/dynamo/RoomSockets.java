package dev.parley.messaging.dynamo;

import dev.parley.kernel.Together;
import dev.parley.messaging.Rooms;
import dev.parley.messaging.Sockets;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The sockets of people and of rooms, which the signaling function keeps in Connections and RoomMembers. Callers of this process who ask for a
 * room's at the same moment share a reading of them.
 */
public final class RoomSockets implements Sockets, Rooms {
    private static final String CONNECTION_ID = Tables.CONNECTIONS.partitionKey();

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String connections;
    private final String members;
    private final Together<String, String, List<Listener>> reads = Together.sharing(this::read);

    public RoomSockets(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.connections = dynamo.name(Tables.CONNECTIONS);
        this.members = dynamo.name(Tables.ROOM_MEMBERS);
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
                delete -> delete.tableName(connections).key(Map.of(CONNECTION_ID, Items.text(connectionId)))));
    }

    @Override
    public List<Listener> listeners(String meetingId) {
        return reads.ask(meetingId, meetingId);
    }

    private List<Listener> read(String meetingId) {
        List<Listener> found = new ArrayList<>();
        Map<String, AttributeValue> from = Map.of();
        do {
            Map<String, AttributeValue> start = from;
            QueryResponse page = dynamo.call(client -> client.query(query -> query.tableName(members)
                    .keyConditionExpression("room_shard = :room")
                    .filterExpression("expires_at > :now")
                    .expressionAttributeValues(Map.of(
                            ":room", Items.text("ROOM#" + meetingId + "#0"),
                            ":now", Items.number(clock.instant().getEpochSecond())))
                    .exclusiveStartKey(start.isEmpty() ? null : start)
                    .consistentRead(true)));
            page.items()
                    .forEach(item -> found.add(new Listener(
                            Items.requiredText(item, CONNECTION_ID),
                            Items.requiredText(item, "user_id"),
                            Items.requiredText(item, "display_name"),
                            Items.text(item, "guest_key"))));
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
        return List.copyOf(found);
    }
}
