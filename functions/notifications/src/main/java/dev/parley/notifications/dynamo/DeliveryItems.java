package dev.parley.notifications.dynamo;

import dev.parley.contracts.Wire;
import dev.parley.contracts.notifications.NotificationPreferences;
import dev.parley.notifications.Channel;
import dev.parley.notifications.Delivery;
import dev.parley.notifications.Digest;
import dev.parley.notifications.Notices;
import dev.parley.notifications.Preferences;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Items of the Notifications table that say how somebody is told. Times are epoch milliseconds.
 *
 * <ul>
 *   <li>{@code <user>}, {@code O#<channel>} is what is still open for more
 *   <li>{@code <user>}, {@code D#<delivery>} is what takes no more
 *   <li>{@code <user>}, {@code PREFS} is what they chose
 * </ul>
 */
final class DeliveryItems {
    static final String OPEN = "O#";
    static final String DELIVERY = "D#";
    /** Follows everything that begins with {@link #DELIVERY}. */
    static final String DELIVERIES_END = "D$";

    static final String PREFERENCES = "PREFS";

    private static final Duration KEPT = Duration.ofDays(Notices.KEPT_DAYS);

    private DeliveryItems() {}

    static Map<String, AttributeValue> of(Digest digest) {
        Map<String, AttributeValue> item = new HashMap<>(
                NoticeItems.key(digest.userId(), OPEN + digest.channel().wire()));
        item.put("id", Items.text(digest.id()));
        item.put("created_at", time(digest.createdAt()));
        item.put("due_at", time(digest.dueAt()));
        item.put("notices", Items.texts(digest.noticeIds()));
        item.put(NoticeItems.REVISION, Items.number(digest.revision()));
        item.put(Tables.EXPIRES_AT, Items.expiry(digest.createdAt().plus(KEPT)));
        return item;
    }

    static Digest digest(Map<String, AttributeValue> item) {
        return new Digest(
                Items.requiredText(item, NoticeItems.USER_ID),
                channel(Items.requiredText(item, NoticeItems.ITEM).substring(OPEN.length())),
                Items.requiredText(item, "id"),
                time(item, "created_at"),
                time(item, "due_at"),
                Items.texts(item, "notices"),
                Items.number(item, NoticeItems.REVISION, 0));
    }

    /** Holds only if what was read is still so; one that is over and not collected yet is not there. */
    static TransactWriteItem write(String table, Digest.Change change, Instant now) {
        return TransactWriteItem.builder()
                .put(put -> {
                    put.tableName(table).item(of(change.after()));
                    if (change.before().isPresent()) {
                        put.conditionExpression("revision = :seen AND id = :id")
                                .expressionAttributeValues(Map.of(
                                        ":seen",
                                                Items.number(
                                                        change.before().get().revision()),
                                        ":id", Items.text(change.before().get().id())));
                    } else {
                        put.conditionExpression("attribute_not_exists(user_id) OR expires_at <= :now")
                                .expressionAttributeValues(Map.of(":now", Items.number(now.getEpochSecond())));
                    }
                })
                .build();
    }

    static TransactWriteItem remove(String table, Digest digest) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table)
                        .key(NoticeItems.key(
                                digest.userId(), OPEN + digest.channel().wire()))
                        .conditionExpression("revision = :seen AND id = :id")
                        .expressionAttributeValues(
                                Map.of(":seen", Items.number(digest.revision()), ":id", Items.text(digest.id()))))
                .build();
    }

    static TransactWriteItem put(String table, Delivery delivery) {
        return TransactWriteItem.builder()
                .put(put ->
                        put.tableName(table).item(of(delivery)).conditionExpression("attribute_not_exists(user_id)"))
                .build();
    }

    static Map<String, AttributeValue> of(Delivery delivery) {
        Map<String, AttributeValue> item = new HashMap<>(NoticeItems.key(delivery.userId(), DELIVERY + delivery.id()));
        item.put("channel", Items.text(delivery.channel().wire()));
        item.put("notices", Items.texts(delivery.noticeIds()));
        item.put("state", Items.text(delivery.state().wire()));
        item.put("attempts", Items.number(delivery.attempts()));
        delivery.error().ifPresent(error -> item.put("error", Items.text(error)));
        item.put("created_at", time(delivery.createdAt()));
        item.put("due_at", time(delivery.dueAt()));
        delivery.deliveredAt().ifPresent(at -> item.put("delivered_at", time(at)));
        if (!delivery.left().isEmpty()) {
            item.put("left", Items.texts(delivery.left()));
        }
        item.put("repeats", Items.number(delivery.repeats()));
        item.put(NoticeItems.REVISION, Items.number(delivery.revision()));
        item.put(Tables.EXPIRES_AT, Items.expiry(delivery.createdAt().plus(KEPT)));
        return item;
    }

    static Delivery delivery(Map<String, AttributeValue> item) {
        return new Delivery(
                Items.requiredText(item, NoticeItems.USER_ID),
                Items.requiredText(item, NoticeItems.ITEM).substring(DELIVERY.length()),
                channel(Items.requiredText(item, "channel")),
                Items.texts(item, "notices"),
                Delivery.State.valueOf(Items.requiredText(item, "state").toUpperCase(Locale.ROOT)),
                Math.toIntExact(Items.number(item, "attempts", 0)),
                Items.text(item, "error"),
                time(item, "created_at"),
                time(item, "due_at"),
                item.containsKey("delivered_at") ? Optional.of(time(item, "delivered_at")) : Optional.empty(),
                Items.texts(item, "left"),
                Math.toIntExact(Items.number(item, "repeats", 0)),
                Items.number(item, NoticeItems.REVISION, 0));
    }

    static Map<String, AttributeValue> of(String userId, Preferences preferences) {
        Map<String, AttributeValue> item = new HashMap<>(NoticeItems.key(userId, PREFERENCES));
        item.put("chosen", Items.text(Wire.write(preferences.view())));
        return item;
    }

    static Preferences preferences(Map<String, AttributeValue> item) {
        return Preferences.checked(Wire.read(Items.requiredText(item, "chosen"), NotificationPreferences.class));
    }

    private static Channel channel(String wire) {
        return Channel.of(wire).orElseThrow(() -> new IllegalStateException("There is no channel " + wire));
    }

    private static AttributeValue time(Instant at) {
        return Items.number(at.toEpochMilli());
    }

    private static Instant time(Map<String, AttributeValue> item, String name) {
        return Instant.ofEpochMilli(Items.number(item, name, 0));
    }
}
