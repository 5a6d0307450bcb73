package dev.parley.notifications.dynamo;

import dev.parley.kernel.Errors;
import dev.parley.notifications.Digest;
import dev.parley.notifications.Notice;
import dev.parley.notifications.Notices;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Notifications in the table of that name, each person's in one partition. A notification is written in one transaction with where it
 * stands and with the mark of its event, so that an event that comes twice counts once.
 */
public final class DynamoNotices implements Notices {
    private static final Pattern PLACE = Pattern.compile("\\d{13}#n_[A-Za-z0-9_-]{22}");
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoNotices(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.NOTIFICATIONS);
    }

    @Override
    public Optional<Notice> find(String userId, String id) {
        return read(userId, NoticeItems.INDEX + id)
                .map(index -> Instant.ofEpochMilli(Items.number(index, NoticeItems.AT, 0)))
                .flatMap(at -> read(userId, NoticeItems.NOTICE + NoticeItems.place(at, id)))
                .map(NoticeItems::notice);
    }

    @Override
    public boolean written(String userId, String eventId) {
        return read(userId, NoticeItems.EVENT + eventId).isPresent();
    }

    @Override
    public Outcome save(Optional<Notice> before, Notice after, Optional<String> eventId, List<Digest.Change> digests) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(index(before, after));
        writes.add(put(NoticeItems.of(after)));
        before.filter(one -> !one.at().equals(after.at()))
                .ifPresent(one -> writes.add(TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table)
                                .key(NoticeItems.key(
                                        one.userId(), NoticeItems.NOTICE + NoticeItems.place(one.at(), one.id()))))
                        .build()));
        digests.forEach(change -> writes.add(DeliveryItems.write(table, change, clock.instant())));
        eventId.ifPresent(event -> writes.add(TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(NoticeItems.event(after.userId(), event, clock.instant()))
                        .conditionExpression("attribute_not_exists(user_id)"))
                .build()));
        try {
            dynamo.call(client -> client.transactWriteItems(write -> write.transactItems(writes)));
            return Outcome.WRITTEN;
        } catch (TransactionCanceledException e) {
            boolean repeated = eventId.isPresent()
                    && e.hasCancellationReasons()
                    && CONDITION_FAILED.equals(e.cancellationReasons().getLast().code());
            return repeated ? Outcome.REPEATED : Outcome.CONFLICT;
        }
    }

    /** Holds only if what was read is still so; one that is over and not collected yet is not there. */
    private TransactWriteItem index(Optional<Notice> before, Notice after) {
        return TransactWriteItem.builder()
                .put(put -> {
                    put.tableName(table).item(NoticeItems.index(after));
                    if (before.isPresent()) {
                        put.conditionExpression("revision = :seen")
                                .expressionAttributeValues(Map.of(
                                        ":seen", Items.number(before.get().revision())));
                    } else {
                        put.conditionExpression("attribute_not_exists(user_id) OR expires_at <= :now")
                                .expressionAttributeValues(Map.of(
                                        ":now", Items.number(clock.instant().getEpochSecond())));
                    }
                })
                .build();
    }

    private TransactWriteItem put(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item))
                .build();
    }

    @Override
    public Page page(String userId, Optional<String> before, int limit) {
        if (before.filter(place -> !PLACE.matcher(place).matches()).isPresent()) {
            throw Errors.invalid("before", "before must be the next of a page");
        }
        // The end is part of it: the one that was asked from is left out below.
        String until = before.map(NoticeItems.NOTICE::concat).orElse(NoticeItems.NOTICES_END);
        List<Notice> found = dynamo.call(client ->
                client.queryPaginator(notices(userId, until).limit(limit + 2).build()).items().stream()
                        .map(NoticeItems::notice)
                        .filter(one -> before.filter(NoticeItems.place(one.at(), one.id())::equals)
                                .isEmpty())
                        .limit(limit + 1L)
                        .toList());
        boolean more = found.size() > limit;
        List<Notice> shown = more ? found.subList(0, limit) : found;
        return new Page(
                shown,
                more
                        ? Optional.of(NoticeItems.place(
                                shown.getLast().at(), shown.getLast().id()))
                        : Optional.empty());
    }

    @Override
    public List<Notice> unread(String userId, int limit) {
        QueryRequest query = notices(userId, NoticeItems.NOTICES_END)
                .filterExpression(
                        "expires_at > :now AND attribute_not_exists(not_shown) AND attribute_not_exists(read_at)")
                .build();
        return dynamo.call(client -> client.queryPaginator(query).items().stream()
                .limit(limit)
                .map(NoticeItems::notice)
                .toList());
    }

    private QueryRequest.Builder notices(String userId, String until) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":user", Items.text(userId));
        values.put(":from", Items.text(NoticeItems.NOTICE));
        values.put(":to", Items.text(until));
        values.put(":now", Items.number(clock.instant().getEpochSecond()));
        return QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("user_id = :user AND #item BETWEEN :from AND :to")
                .filterExpression("expires_at > :now AND attribute_not_exists(not_shown)")
                .expressionAttributeNames(Map.of("#item", NoticeItems.ITEM))
                .expressionAttributeValues(values)
                .scanIndexForward(false)
                .consistentRead(true);
    }

    @Override
    public void forget(String userId) {
        List<String> items = dynamo.call(client -> client
                .queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("user_id = :user")
                        .expressionAttributeValues(Map.of(":user", Items.text(userId)))
                        .consistentRead(true))
                .items()
                .stream()
                .map(item -> Items.requiredText(item, NoticeItems.ITEM))
                .toList());
        items.forEach(item -> delete(userId, item));
        items.stream()
                .filter(item -> item.startsWith(DynamoSubscriptions.SUBSCRIPTION))
                .map(item -> item.substring(DynamoSubscriptions.SUBSCRIPTION.length()))
                .forEach(id -> delete(DynamoSubscriptions.BROWSER + id, DynamoSubscriptions.OWNER));
    }

    @Override
    public void invite(String meetingId, String userId, Instant until) {
        Map<String, AttributeValue> item =
                new HashMap<>(NoticeItems.key(NoticeItems.MEETING + meetingId, NoticeItems.INVITED + userId));
        item.put(Tables.EXPIRES_AT, Items.expiry(until));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
    }

    @Override
    public void uninvite(String meetingId, String userId) {
        delete(NoticeItems.MEETING + meetingId, NoticeItems.INVITED + userId);
    }

    @Override
    public List<String> invited(String meetingId) {
        return dynamo.call(client -> client
                .queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("user_id = :meeting AND begins_with(#item, :invited)")
                        .filterExpression("expires_at > :now")
                        .expressionAttributeNames(Map.of("#item", NoticeItems.ITEM))
                        .expressionAttributeValues(Map.of(
                                ":meeting", Items.text(NoticeItems.MEETING + meetingId),
                                ":invited", Items.text(NoticeItems.INVITED),
                                ":now", Items.number(clock.instant().getEpochSecond())))
                        .consistentRead(true))
                .items()
                .stream()
                .map(item -> Items.requiredText(item, NoticeItems.ITEM).substring(NoticeItems.INVITED.length()))
                .toList());
    }

    private void delete(String partition, String item) {
        dynamo.call(
                client -> client.deleteItem(delete -> delete.tableName(table).key(NoticeItems.key(partition, item))));
    }

    private Optional<Map<String, AttributeValue>> read(String partition, String item) {
        return Optional.of(dynamo.call(client -> client.getItem(get -> get.tableName(table)
                                .key(NoticeItems.key(partition, item))
                                .consistentRead(true)))
                        .item())
                .filter(found -> !found.isEmpty())
                .filter(found -> Items.number(found, Tables.EXPIRES_AT, Long.MAX_VALUE)
                        > clock.instant().getEpochSecond());
    }
}
