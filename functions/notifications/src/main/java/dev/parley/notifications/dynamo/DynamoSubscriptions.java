package dev.parley.notifications.dynamo;

import dev.parley.kernel.Errors;
import dev.parley.notifications.Subscription;
import dev.parley.notifications.Subscriptions;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Browsers, beside the notifications that they are told of.
 *
 * <ul>
 *   <li>{@code <user>}, {@code S#<id>} is a browser
 *   <li>{@code PUSH#<id>}, {@code OWNER} says whose it is
 * </ul>
 */
public final class DynamoSubscriptions implements Subscriptions {
    static final String SUBSCRIPTION = "S#";

    static final String BROWSER = "PUSH#";
    static final String OWNER = "OWNER";
    private static final String OWNER_ID = "owner_id";
    private static final int TRIES = 5;

    private final Dynamo dynamo;
    private final String table;

    public DynamoSubscriptions(Dynamo dynamo) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.NOTIFICATIONS);
    }

    @Override
    public List<Subscription> of(String userId) {
        return dynamo.call(client -> client
                .queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("user_id = :user AND begins_with(#item, :kind)")
                        .expressionAttributeNames(Map.of("#item", NoticeItems.ITEM))
                        .expressionAttributeValues(
                                Map.of(":user", Items.text(userId), ":kind", Items.text(SUBSCRIPTION)))
                        .consistentRead(true))
                .items()
                .stream()
                .map(DynamoSubscriptions::subscription)
                .sorted(Comparator.comparing(Subscription::createdAt).reversed().thenComparing(Subscription::id))
                .toList());
    }

    @Override
    public void put(Subscription subscription) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (put(subscription, owner(subscription.id()))) {
                return;
            }
        }
        throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
    }

    /** @return false when it became somebody else's in between */
    private boolean put(Subscription subscription, Optional<String> before) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder()
                .put(put -> {
                    put.tableName(table).item(with(key(subscription.id()), OWNER_ID, subscription.userId()));
                    if (before.isPresent()) {
                        put.conditionExpression("owner_id = :before")
                                .expressionAttributeValues(Map.of(":before", Items.text(before.get())));
                    } else {
                        put.conditionExpression("attribute_not_exists(user_id)");
                    }
                })
                .build());
        writes.add(TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item(subscription)))
                .build());
        before.filter(owner -> !owner.equals(subscription.userId()))
                .ifPresent(owner -> writes.add(TransactWriteItem.builder()
                        .delete(delete ->
                                delete.tableName(table).key(NoticeItems.key(owner, SUBSCRIPTION + subscription.id())))
                        .build()));
        try {
            dynamo.call(client -> client.transactWriteItems(write -> write.transactItems(writes)));
            return true;
        } catch (TransactionCanceledException e) {
            return false;
        }
    }

    @Override
    public boolean remove(String userId, String id) {
        try {
            dynamo.call(client -> client.transactWriteItems(write -> write.transactItems(
                    TransactWriteItem.builder()
                            .delete(delete -> delete.tableName(table)
                                    .key(key(id))
                                    .conditionExpression("owner_id = :user")
                                    .expressionAttributeValues(Map.of(":user", Items.text(userId))))
                            .build(),
                    TransactWriteItem.builder()
                            .delete(delete -> delete.tableName(table).key(NoticeItems.key(userId, SUBSCRIPTION + id)))
                            .build())));
            return true;
        } catch (TransactionCanceledException e) {
            return false; // it is not theirs, or not there any more
        }
    }

    private Optional<String> owner(String id) {
        return Items.text(
                dynamo.call(client -> client.getItem(
                                get -> get.tableName(table).key(key(id)).consistentRead(true)))
                        .item(),
                OWNER_ID);
    }

    private static Map<String, AttributeValue> key(String id) {
        return NoticeItems.key(BROWSER + id, OWNER);
    }

    private static Map<String, AttributeValue> with(Map<String, AttributeValue> key, String name, String value) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put(name, Items.text(value));
        return item;
    }

    private static Map<String, AttributeValue> item(Subscription one) {
        Map<String, AttributeValue> item = new HashMap<>(NoticeItems.key(one.userId(), SUBSCRIPTION + one.id()));
        item.put("endpoint", Items.text(one.endpoint()));
        item.put("key_id", Items.text(one.keyId()));
        item.put("point", Items.text(one.point()));
        item.put("secret", Items.text(one.secret()));
        item.put("created_at", Items.number(one.createdAt().toEpochMilli()));
        return item;
    }

    private static Subscription subscription(Map<String, AttributeValue> item) {
        return new Subscription(
                Items.requiredText(item, NoticeItems.USER_ID),
                Items.requiredText(item, NoticeItems.ITEM).substring(SUBSCRIPTION.length()),
                Items.requiredText(item, "endpoint"),
                Items.requiredText(item, "key_id"),
                Items.requiredText(item, "point"),
                Items.requiredText(item, "secret"),
                Instant.ofEpochMilli(Items.number(item, "created_at", 0)));
    }
}
