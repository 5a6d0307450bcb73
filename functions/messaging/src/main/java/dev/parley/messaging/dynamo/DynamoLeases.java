package dev.parley.messaging.dynamo;

import dev.parley.messaging.Leases;
import dev.parley.messaging.PresenceState;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The Presence table: one item a device. */
public final class DynamoLeases implements Leases {
    private static final String USER_ID = Tables.PRESENCE.partitionKey();
    private static final String DEVICE_ID = "device_id";
    private static final String STATE = "state";

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoLeases(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.PRESENCE);
    }

    @Override
    public void put(String userId, String device, PresenceState state, Duration lease) {
        Map<String, AttributeValue> item = new HashMap<>(key(userId, device));
        item.put(STATE, Items.text(state.wire()));
        item.put(Tables.EXPIRES_AT, Items.expiry(clock.instant().plus(lease)));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
    }

    @Override
    public void remove(String userId, String device) {
        dynamo.call(
                client -> client.deleteItem(delete -> delete.tableName(table).key(key(userId, device))));
    }

    @Override
    public Map<String, PresenceState> ofUser(String userId) {
        long now = clock.instant().getEpochSecond();
        Map<String, PresenceState> devices = new HashMap<>();
        for (Map<String, AttributeValue> item : items(userId)) {
            if (Items.number(item, Tables.EXPIRES_AT, 0) > now) {
                PresenceState.find(Items.requiredText(item, STATE))
                        .ifPresent(state -> devices.put(Items.requiredText(item, DEVICE_ID), state));
            }
        }
        return devices;
    }

    @Override
    public void forget(String userId) {
        items(userId).forEach(item -> remove(userId, Items.requiredText(item, DEVICE_ID)));
    }

    private List<Map<String, AttributeValue>> items(String userId) {
        return dynamo.call(client -> client.query(query -> query.tableName(table)
                        .keyConditionExpression("user_id = :user")
                        .expressionAttributeValues(Map.of(":user", Items.text(userId)))
                        .consistentRead(true)))
                .items();
    }

    private static Map<String, AttributeValue> key(String userId, String device) {
        return Map.of(USER_ID, Items.text(userId), DEVICE_ID, Items.text(device));
    }
}
