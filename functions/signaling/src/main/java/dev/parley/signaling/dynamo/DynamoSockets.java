package dev.parley.signaling.dynamo;

import dev.parley.kernel.SocketTicket;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.signaling.Socket;
import dev.parley.signaling.Sockets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The Connections table. A socket lives two hours at most, so an item older than that is not there. */
public final class DynamoSockets implements Sockets {
    static final Duration LONGEST_LIFE = Duration.ofSeconds(7_500);

    private static final String CONNECTION_ID = "connection_id";
    private static final String USER_ID = "user_id";
    private static final String HOLDER = "holder";
    private static final String ROOM_ID = "room_id";

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoSockets(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.CONNECTIONS);
    }

    @Override
    public void open(Socket socket) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(CONNECTION_ID, Items.text(socket.connectionId()));
        item.put(USER_ID, Items.text(socket.holder().userId()));
        item.put(HOLDER, Items.toTextMap(socket.holder().toFields()));
        socket.roomId().ifPresent(room -> item.put(ROOM_ID, Items.text(room)));
        item.put(Tables.EXPIRES_AT, Items.expiry(clock.instant().plus(LONGEST_LIFE)));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
    }

    @Override
    public Optional<Socket> find(String connectionId) {
        return socket(dynamo.call(client -> client.getItem(
                        get -> get.tableName(table).key(key(connectionId)).consistentRead(true)))
                .item());
    }

    @Override
    public void enter(String connectionId, Optional<String> roomId) {
        try {
            dynamo.call(client -> client.updateItem(update -> {
                update.tableName(table).key(key(connectionId)).conditionExpression("attribute_exists(connection_id)");
                if (roomId.isPresent()) {
                    update.updateExpression("SET room_id = :room")
                            .expressionAttributeValues(Map.of(":room", Items.text(roomId.get())));
                } else {
                    update.updateExpression("REMOVE room_id");
                }
            }));
        } catch (ConditionalCheckFailedException e) {
            // The socket was closed meanwhile: there is nothing to note.
            return;
        }
    }

    @Override
    public List<Socket> ofUser(String userId) {
        return dynamo.indexed(Tables.CONNECTIONS, userId).stream()
                .flatMap(item -> socket(item).stream())
                .toList();
    }

    @Override
    public Optional<Socket> close(String connectionId) {
        return socket(dynamo.call(client -> client.deleteItem(
                        delete -> delete.tableName(table).key(key(connectionId)).returnValues(ReturnValue.ALL_OLD)))
                .attributes());
    }

    private Optional<Socket> socket(Map<String, AttributeValue> item) {
        if (item.isEmpty()
                || Items.number(item, Tables.EXPIRES_AT, 0) <= clock.instant().getEpochSecond()) {
            return Optional.empty();
        }
        return Optional.of(new Socket(
                Items.requiredText(item, CONNECTION_ID),
                SocketTicket.fromFields(Items.textMap(item, HOLDER)),
                Items.text(item, ROOM_ID)));
    }

    private static Map<String, AttributeValue> key(String connectionId) {
        return Map.of(CONNECTION_ID, Items.text(connectionId));
    }
}
