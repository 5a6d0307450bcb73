package dev.parley.messaging.dynamo;

import dev.parley.messaging.Lease;
import dev.parley.messaging.Leases;
import dev.parley.messaging.PresenceState;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The Presence table: one item a device. */
public final class DynamoLeases implements Leases {
    private static final String USER_ID = Tables.PRESENCE.partitionKey();
    private static final String DEVICE_ID = "device_id";
    private static final String STATE = "state";
    private static final String CONNECTION_ID = "connection_id";
    private static final String AWAY_AT = "away_at";

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoLeases(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.PRESENCE);
    }

    @Override
    public Optional<Lease> put(String userId, String device, Lease lease) {
        return lease(dynamo.call(client -> client.putItem(put ->
                        put.tableName(table).item(item(userId, device, lease)).returnValues(ReturnValue.ALL_OLD)))
                .attributes());
    }

    @Override
    public boolean replace(String userId, String device, Lease before, Lease lease) {
        try {
            dynamo.call(client -> client.putItem(put -> put.tableName(table)
                    .item(item(userId, device, lease))
                    .conditionExpression("connection_id = :before")
                    .expressionAttributeValues(
                            Map.of(":before", Items.text(before.connectionId().orElseThrow())))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public Optional<Lease> remove(String userId, String device) {
        return lease(dynamo.call(client -> client.deleteItem(delete ->
                        delete.tableName(table).key(key(userId, device)).returnValues(ReturnValue.ALL_OLD)))
                .attributes());
    }

    @Override
    public Map<String, Lease> ofUser(String userId) {
        Map<String, Lease> devices = new HashMap<>();
        for (Map<String, AttributeValue> item : items(userId)) {
            lease(item).ifPresent(lease -> devices.put(Items.requiredText(item, DEVICE_ID), lease));
        }
        return devices;
    }

    @Override
    public void forget(String userId) {
        items(userId).forEach(item -> remove(userId, Items.requiredText(item, DEVICE_ID)));
    }

    private static Map<String, AttributeValue> item(String userId, String device, Lease lease) {
        Map<String, AttributeValue> item = new HashMap<>(key(userId, device));
        item.put(STATE, Items.text(lease.state().wire()));
        lease.connectionId().ifPresent(connection -> item.put(CONNECTION_ID, Items.text(connection)));
        item.put(AWAY_AT, Items.expiry(lease.awayAt()));
        item.put(Tables.EXPIRES_AT, Items.expiry(lease.until()));
        return item;
    }

    /** Empty where there is none, and where it has ended. */
    private Optional<Lease> lease(Map<String, AttributeValue> item) {
        long until = Items.number(item, Tables.EXPIRES_AT, 0);
        if (until <= clock.instant().getEpochSecond()) {
            return Optional.empty();
        }
        return PresenceState.find(Items.requiredText(item, STATE))
                .map(state -> new Lease(
                        state,
                        Items.text(item, CONNECTION_ID),
                        Instant.ofEpochSecond(Items.number(item, AWAY_AT, until)),
                        Instant.ofEpochSecond(until)));
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
