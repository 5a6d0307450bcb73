package dev.parley.notifications.dynamo;

import dev.parley.kernel.Errors;
import dev.parley.notifications.Channel;
import dev.parley.notifications.Deliveries;
import dev.parley.notifications.Delivery;
import dev.parley.notifications.Digest;
import dev.parley.notifications.PreferenceStore;
import dev.parley.notifications.Preferences;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Deliveries and choices, beside the notifications that they are about. */
public final class DynamoDeliveries implements Deliveries, PreferenceStore {
    private static final Pattern ID = Pattern.compile("dl_[A-Za-z0-9_-]{10,60}");

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoDeliveries(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.NOTIFICATIONS);
    }

    @Override
    public Optional<Digest> open(String userId, Channel channel) {
        return read(userId, DeliveryItems.OPEN + channel.wire()).map(DeliveryItems::digest);
    }

    @Override
    public boolean close(Digest digest, Delivery delivery) {
        try {
            dynamo.call(client -> client.transactWriteItems(write -> write.transactItems(
                    List.of(DeliveryItems.remove(table, digest), DeliveryItems.put(table, delivery)))));
            return true;
        } catch (TransactionCanceledException e) {
            return false;
        }
    }

    @Override
    public Optional<Delivery> find(String userId, String id) {
        return read(userId, DeliveryItems.DELIVERY + id).map(DeliveryItems::delivery);
    }

    @Override
    public boolean save(Delivery changed) {
        try {
            dynamo.call(client -> client.putItem(put -> put.tableName(table)
                    .item(DeliveryItems.of(changed))
                    .conditionExpression("revision = :seen")
                    .expressionAttributeValues(Map.of(":seen", Items.number(changed.revision() - 1)))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public List<Delivery> page(String userId, Optional<String> before, int limit) {
        if (before.filter(id -> !ID.matcher(id).matches()).isPresent()) {
            throw Errors.invalid("before", "before must be the next of a page");
        }
        return dynamo.call(client -> client
                .queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("user_id = :user AND #item BETWEEN :from AND :to")
                        .filterExpression("expires_at > :now")
                        .expressionAttributeNames(Map.of("#item", NoticeItems.ITEM))
                        .expressionAttributeValues(Map.of(
                                ":user", Items.text(userId),
                                ":from", Items.text(DeliveryItems.DELIVERY),
                                ":to",
                                        Items.text(before.map(DeliveryItems.DELIVERY::concat)
                                                .orElse(DeliveryItems.DELIVERIES_END)),
                                ":now", Items.number(clock.instant().getEpochSecond())))
                        .scanIndexForward(false)
                        .consistentRead(true)
                        .limit(limit + 1))
                .items()
                .stream()
                .map(DeliveryItems::delivery)
                .filter(delivery -> before.filter(delivery.id()::equals).isEmpty())
                .limit(limit)
                .toList());
    }

    @Override
    public Optional<Preferences> preferences(String userId) {
        return read(userId, DeliveryItems.PREFERENCES).map(DeliveryItems::preferences);
    }

    @Override
    public void put(String userId, Preferences preferences) {
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(DeliveryItems.of(userId, preferences))));
    }

    private Optional<Map<String, AttributeValue>> read(String userId, String item) {
        return Optional.of(dynamo.call(client -> client.getItem(get -> get.tableName(table)
                                .key(NoticeItems.key(userId, item))
                                .consistentRead(true)))
                        .item())
                .filter(found -> !found.isEmpty())
                .filter(found -> Items.number(found, Tables.EXPIRES_AT, Long.MAX_VALUE)
                        > clock.instant().getEpochSecond());
    }
}
