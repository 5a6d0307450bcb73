package dev.parley.platform.nodes;

import static dev.parley.platform.dynamo.Items.number;
import static dev.parley.platform.dynamo.Items.text;
import static dev.parley.platform.nodes.Attributes.word;

import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Tables;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Placements in the MediaNodes table, one item {@code ROOM#id} per room, written under a condition on the epoch alone. */
public final class DynamoPlacements implements Placements {
    /** A placement nobody asked for in this time is garbage, seconds. */
    private static final long KEPT_SECONDS = 7 * 86_400;

    private final Dynamo dynamo;
    private final String table;
    private final InstantSource clock;

    public DynamoPlacements(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.MEDIA_NODES);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public Optional<RoomPlacement> find(String roomId) {
        Map<String, AttributeValue> item = dynamo.call(client -> client.getItem(
                        get -> get.tableName(table).key(key(roomId)).consistentRead(true)))
                .item();
        if (item.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RoomPlacement(roomId, word(item, "node_id"), number(item, "placement_epoch", 0)));
    }

    @Override
    public Optional<RoomPlacement> claim(String roomId, Optional<RoomPlacement> seen, String nodeId) {
        RoomPlacement next = new RoomPlacement(
                roomId, nodeId, seen.map(RoomPlacement::placementEpoch).orElse(0L) + 1);
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":node", text(nodeId));
        values.put(":next", number(next.placementEpoch()));
        values.put(":kept", number(clock.millis() / 1000 + KEPT_SECONDS));
        seen.ifPresent(placement -> values.put(":seen", number(placement.placementEpoch())));
        try {
            dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                    .key(key(roomId))
                    .conditionExpression(
                            seen.isPresent() ? "placement_epoch = :seen" : "attribute_not_exists(placement_epoch)")
                    .updateExpression("SET node_id = :node, placement_epoch = :next, expires_at = :kept")
                    .expressionAttributeValues(values)));
            return Optional.of(next);
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    @Override
    public void forget(String roomId) {
        dynamo.call(
                client -> client.deleteItem(delete -> delete.tableName(table).key(key(roomId))));
    }

    static Map<String, AttributeValue> key(String roomId) {
        return Map.of("key", text("ROOM#" + roomId));
    }
}
