package dev.parley.notifications.dynamo;

import dev.parley.notifications.Notice;
import dev.parley.notifications.NoticeKind;
import dev.parley.notifications.Notices;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items of the Notifications table. Times are epoch milliseconds.
 *
 * <ul>
 *   <li>{@code <user>}, {@code N#<time>#<id>} is a notification, so that they sort by time
 *   <li>{@code <user>}, {@code I#<id>} says at which time it stands now, and its revision
 *   <li>{@code <user>}, {@code E#<event>} is there when the event was written
 *   <li>{@code MEETING#<id>}, {@code U#<user>} is somebody invited
 * </ul>
 */
final class NoticeItems {
    static final String USER_ID = Tables.NOTIFICATIONS.partitionKey();
    static final String ITEM = "item";
    static final String NOTICE = "N#";
    /** Follows everything that begins with {@link #NOTICE}. */
    static final String NOTICES_END = "N$";

    static final String INDEX = "I#";
    static final String EVENT = "E#";
    static final String MEETING = "MEETING#";
    static final String INVITED = "U#";
    static final String REVISION = "revision";
    static final String READ_AT = "read_at";
    static final String AT = "at";
    static final String HIDDEN = "not_shown";

    static final Duration KEPT = Duration.ofDays(Notices.KEPT_DAYS);
    /** Longer than a stream keeps what it tells. */
    static final Duration EVENTS_KEPT = Duration.ofDays(4);

    private NoticeItems() {}

    static Map<String, AttributeValue> key(String partition, String item) {
        return Map.of(USER_ID, Items.text(partition), ITEM, Items.text(item));
    }

    /** Where a notification stands in the order of time. */
    static String place(Instant at, String id) {
        return "%013d#%s".formatted(at.toEpochMilli(), id);
    }

    static Map<String, AttributeValue> of(Notice notice) {
        Map<String, AttributeValue> item =
                new HashMap<>(key(notice.userId(), NOTICE + place(notice.at(), notice.id())));
        item.put("kind", Items.text(notice.kind().wire()));
        item.put("what", Items.text(notice.what()));
        item.put(AT, time(notice.at()));
        item.put("count", Items.number(notice.count()));
        notice.readAt().ifPresent(at -> item.put(READ_AT, time(at)));
        notice.by().ifPresent(by -> item.put("by", Items.text(by)));
        item.put("title", Items.text(notice.title()));
        notice.startsAt().ifPresent(at -> item.put("starts_at", time(at)));
        item.put("link", Items.text(notice.link()));
        notice.source().ifPresent(source -> {
            item.put("conversation_id", Items.text(source.conversationId()));
            item.put("seq", Items.number(source.seq()));
        });
        if (notice.hidden()) {
            item.put(HIDDEN, Items.flag(true));
        }
        item.put(REVISION, Items.number(notice.revision()));
        item.put(Tables.EXPIRES_AT, Items.expiry(notice.at().plus(KEPT)));
        return item;
    }

    static Map<String, AttributeValue> index(Notice notice) {
        Map<String, AttributeValue> item = new HashMap<>(key(notice.userId(), INDEX + notice.id()));
        item.put(AT, time(notice.at()));
        item.put(REVISION, Items.number(notice.revision()));
        item.put(Tables.EXPIRES_AT, Items.expiry(notice.at().plus(KEPT)));
        return item;
    }

    static Map<String, AttributeValue> event(String userId, String eventId, Instant now) {
        Map<String, AttributeValue> item = new HashMap<>(key(userId, EVENT + eventId));
        item.put(Tables.EXPIRES_AT, Items.expiry(now.plus(EVENTS_KEPT)));
        return item;
    }

    static Notice notice(Map<String, AttributeValue> item) {
        String place = Items.requiredText(item, ITEM);
        return new Notice(
                place.substring(place.lastIndexOf('#') + 1),
                Items.requiredText(item, USER_ID),
                NoticeKind.of(Items.requiredText(item, "kind")),
                Items.requiredText(item, "what"),
                time(item, AT),
                Math.toIntExact(Items.number(item, "count", 1)),
                optionalTime(item, READ_AT),
                Items.text(item, "by"),
                Items.text(item, "title").orElse(""),
                optionalTime(item, "starts_at"),
                Items.requiredText(item, "link"),
                Items.text(item, "conversation_id")
                        .map(conversation -> new Notice.Source(conversation, Items.number(item, "seq", 0))),
                Items.flag(item, HIDDEN),
                Items.number(item, REVISION, 0));
    }

    private static AttributeValue time(Instant at) {
        return Items.number(at.toEpochMilli());
    }

    private static Instant time(Map<String, AttributeValue> item, String name) {
        return Instant.ofEpochMilli(Items.number(item, name, 0));
    }

    private static Optional<Instant> optionalTime(Map<String, AttributeValue> item, String name) {
        return item.containsKey(name) ? Optional.of(time(item, name)) : Optional.empty();
    }
}
