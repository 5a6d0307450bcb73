package dev.parley.platform.nodes;

import static dev.parley.platform.dynamo.Items.number;
import static dev.parley.platform.dynamo.Items.text;
import static dev.parley.platform.nodes.Attributes.decimal;
import static dev.parley.platform.nodes.Attributes.word;

import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Tables;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Leases in the MediaNodes table: one item {@code NODE#id} per node, and one item {@code NODES} with the set of their ids, so
 * that listing nodes reads no room.
 */
public final class DynamoLeases implements Leases {
    private static final String DIRECTORY = "NODES";
    private static final String IDS = "ids";
    /** Items outlive their lease by this much, for people who look why a node went away, seconds. */
    private static final long KEPT_SECONDS = 86_400;

    private static final int BATCH = 100;

    private final Dynamo dynamo;
    private final String table;
    private final InstantSource clock;

    public DynamoLeases(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.MEDIA_NODES);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public NodeLease register(NodeLease lease) {
        long now = clock.millis();
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("key", text(key(lease.nodeId())));
        item.put("node_id", text(lease.nodeId()));
        item.put("incarnation", text(lease.incarnation()));
        item.put("control_url", text(lease.controlUrl()));
        item.put("fingerprint", text(lease.fingerprint()));
        item.put("media_host", text(lease.mediaHost()));
        item.put("region", text(lease.region()));
        item.put("state", text(lease.state().wire()));
        item.put("rooms", number(lease.rooms()));
        item.put("participants", number(lease.participants()));
        item.put("stress", decimal(lease.stress()));
        item.put("admission", text(lease.admission().wire()));
        item.put("lease_expires", number(now + NodeLease.LEASE_MILLIS));
        item.put("expires_at", number(now / 1000 + KEPT_SECONDS));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
        dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                .key(Map.of("key", text(DIRECTORY)))
                .updateExpression("ADD ids :id")
                .expressionAttributeValues(Map.of(":id", AttributeValue.fromSs(List.of(lease.nodeId()))))));
        return lease(item);
    }

    @Override
    public Optional<NodeLease> renew(String nodeId, String incarnation, NodeLoad load) {
        long now = clock.millis();
        try {
            return Optional.of(lease(dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                            .key(Map.of("key", text(key(nodeId))))
                            .conditionExpression("incarnation = :incarnation")
                            .updateExpression("SET lease_expires = :lease, expires_at = :kept, rooms = :rooms,"
                                    + " participants = :participants, stress = :stress, admission = :admission")
                            .expressionAttributeValues(Map.of(
                                    ":incarnation", text(incarnation),
                                    ":lease", number(now + NodeLease.LEASE_MILLIS),
                                    ":kept", number(now / 1000 + KEPT_SECONDS),
                                    ":rooms", number(load.rooms()),
                                    ":participants", number(load.participants()),
                                    ":stress", decimal(load.stress()),
                                    ":admission", text(load.admission().wire())))
                            .returnValues(ReturnValue.ALL_NEW)))
                    .attributes()));
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    @Override
    public void release(String nodeId, String incarnation) {
        try {
            dynamo.call(client -> client.deleteItem(delete -> delete.tableName(table)
                    .key(Map.of("key", text(key(nodeId))))
                    .conditionExpression("incarnation = :incarnation")
                    .expressionAttributeValues(Map.of(":incarnation", text(incarnation)))));
        } catch (ConditionalCheckFailedException e) {
            return;
        }
        forget(nodeId);
    }

    @Override
    public boolean want(String nodeId, NodeState state) {
        try {
            dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                    .key(Map.of("key", text(key(nodeId))))
                    .conditionExpression("attribute_exists(incarnation)")
                    .updateExpression("SET #state = :state")
                    .expressionAttributeNames(Map.of("#state", "state"))
                    .expressionAttributeValues(Map.of(":state", text(state.wire())))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public Optional<NodeLease> find(String nodeId) {
        return Optional.of(dynamo.call(client -> client.getItem(get -> get.tableName(table)
                                .key(Map.of("key", text(key(nodeId))))
                                .consistentRead(true)))
                        .item())
                .filter(item -> !item.isEmpty())
                .map(DynamoLeases::lease);
    }

    @Override
    public List<NodeLease> all() {
        Map<String, AttributeValue> directory = dynamo.call(client -> client.getItem(get ->
                        get.tableName(table).key(Map.of("key", text(DIRECTORY))).consistentRead(true)))
                .item();
        List<String> ids = List.copyOf(Attributes.words(directory, IDS));
        List<NodeLease> leases = new ArrayList<>(ids.size());
        for (int from = 0; from < ids.size(); from += BATCH) {
            leases.addAll(batch(ids.subList(from, Math.min(ids.size(), from + BATCH))));
        }
        if (leases.size() < ids.size()) {
            List<String> gone = new ArrayList<>(ids);
            leases.forEach(lease -> gone.remove(lease.nodeId()));
            gone.forEach(this::forget);
        }
        return leases;
    }

    private List<NodeLease> batch(List<String> ids) {
        List<NodeLease> found = new ArrayList<>(ids.size());
        Map<String, KeysAndAttributes> wanted = Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(ids.stream()
                                .map(id -> Map.of("key", text(key(id))))
                                .toList())
                        .consistentRead(true)
                        .build());
        while (!wanted.isEmpty()) {
            Map<String, KeysAndAttributes> request = wanted;
            BatchGetItemResponse reply = dynamo.call(client -> client.batchGetItem(get -> get.requestItems(request)));
            reply.responses().getOrDefault(table, List.of()).forEach(item -> found.add(lease(item)));
            wanted = reply.unprocessedKeys();
        }
        return found;
    }

    /** Takes an id out of the directory, unless the node has registered again meanwhile. */
    private void forget(String nodeId) {
        TransactWriteItem stillGone = TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(table)
                        .key(Map.of("key", text(key(nodeId))))
                        .conditionExpression("attribute_not_exists(incarnation)"))
                .build();
        TransactWriteItem takeOut = TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(Map.of("key", text(DIRECTORY)))
                        .updateExpression("DELETE ids :ids")
                        .expressionAttributeValues(Map.of(":ids", AttributeValue.fromSs(List.of(nodeId)))))
                .build();
        try {
            dynamo.call(client -> client.transactWriteItems(write -> write.transactItems(stillGone, takeOut)));
        } catch (TransactionCanceledException e) {
            // The node is back, or somebody else is tidying up: whoever lists the nodes next tries again.
            return;
        }
    }

    private static String key(String nodeId) {
        return "NODE#" + nodeId;
    }

    private static NodeLease lease(Map<String, AttributeValue> item) {
        return new NodeLease(
                word(item, "node_id"),
                word(item, "incarnation"),
                word(item, "control_url"),
                word(item, "fingerprint"),
                word(item, "media_host"),
                number(item, "lease_expires", 0),
                NodeState.of(word(item, "state")),
                Math.toIntExact(number(item, "rooms", 0)),
                Math.toIntExact(number(item, "participants", 0)),
                Attributes.decimal(item, "stress"),
                Admission.of(word(item, "admission")),
                word(item, "region"));
    }
}
