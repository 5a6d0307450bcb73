package dev.parley.identity.dynamo;

import static dev.parley.platform.dynamo.Items.number;
import static dev.parley.platform.dynamo.Items.requiredText;
import static dev.parley.platform.dynamo.Items.text;

import dev.parley.identity.Device;
import dev.parley.identity.Session;
import dev.parley.identity.SessionStore;
import dev.parley.kernel.Role;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Sessions in the table Sessions. Beside them lies, per user who ever ended them all, one item {@code epoch#<user>}: what was opened in a
 * lower epoch is over, except one. So ending all takes hold at once, though the index by user lags behind.
 */
public final class DynamoSessions implements SessionStore {
    private static final String KEY = Tables.SESSIONS.partitionKey();
    private static final String UNTIL = "until";
    private static final String LOWEST = "lowest";
    private static final String LAST_SEEN = "last_seen";
    /** Longer than any session lasts that is not refreshed: then the account alone keeps its epoch. */
    private static final Duration EPOCH_LIFETIME = Duration.ofDays(400);

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoSessions(Dynamo dynamo, InstantSource clock) {
        this.dynamo = dynamo;
        this.clock = clock;
        this.table = dynamo.name(Tables.SESSIONS);
    }

    @Override
    public void add(Session session) {
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item(session))));
    }

    @Override
    public Optional<Session> find(String id) {
        Map<String, AttributeValue> item = dynamo.call(client -> client.getItem(
                        get -> get.tableName(table).key(keyOf(id)).consistentRead(true)))
                .item();
        if (item.isEmpty() || number(item, UNTIL, 0) <= clock.millis()) {
            return Optional.empty();
        }
        Session session = session(item);
        return isEnded(session) ? Optional.empty() : Optional.of(session);
    }

    private boolean isEnded(Session session) {
        return isEnded(session, epochItem(session.userId()));
    }

    private static boolean isEnded(Session session, Map<String, AttributeValue> epoch) {
        return session.epoch() < number(epoch, LOWEST, 0)
                && text(epoch, "except").filter(session.id()::equals).isEmpty();
    }

    private Map<String, AttributeValue> epochItem(String userId) {
        return dynamo.call(client -> client.getItem(
                        get -> get.tableName(table).key(keyOf(epochKey(userId))).consistentRead(true)))
                .item();
    }

    @Override
    public Open open(String userId) {
        Map<String, AttributeValue> epoch = epochItem(userId);
        long now = clock.millis();
        List<Session> sessions = itemsOf(userId).stream()
                .filter(item -> number(item, UNTIL, 0) > now)
                .map(DynamoSessions::session)
                .filter(session -> !isEnded(session, epoch))
                .toList();
        return new Open(sessions, number(epoch, LOWEST, 0));
    }

    @Override
    public boolean rotate(Session next, String expectedHash) {
        Session.Previous previous = next.previous().orElseThrow();
        try {
            dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                    .key(keyOf(next.id()))
                    .updateExpression("SET current_hash = :next, previous_hash = :previous, nonce = :nonce,"
                            + " rotated_at = :rotated, last_seen = :rotated, #until = :until, expires_at = :expires,"
                            + " client = :client, #system = :system, address = :address")
                    .conditionExpression("current_hash = :expected AND #until > :now")
                    .expressionAttributeNames(Map.of("#until", UNTIL, "#system", "system"))
                    .expressionAttributeValues(Map.ofEntries(
                            Map.entry(":next", text(next.currentHash())),
                            Map.entry(":previous", text(previous.hash())),
                            Map.entry(":nonce", text(previous.nonce())),
                            Map.entry(":rotated", number(previous.rotatedAt().toEpochMilli())),
                            Map.entry(":until", number(next.until().toEpochMilli())),
                            Map.entry(":expires", Items.expiry(next.until())),
                            Map.entry(":client", text(next.device().client())),
                            Map.entry(":system", text(next.device().system())),
                            Map.entry(":address", text(next.device().address())),
                            Map.entry(":expected", text(expectedHash)),
                            Map.entry(":now", number(clock.millis()))))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public boolean close(String userId, String id) {
        try {
            dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                    .key(keyOf(id))
                    .updateExpression("SET #until = :over")
                    .conditionExpression("user_id = :user AND #until > :over")
                    .expressionAttributeNames(Map.of("#until", UNTIL))
                    .expressionAttributeValues(Map.of(":user", text(userId), ":over", number(0)))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return isClosed(userId, id);
        }
    }

    /** Whether somebody closed it before and did not come to remove it. */
    private boolean isClosed(String userId, String id) {
        Map<String, AttributeValue> item = dynamo.call(client -> client.getItem(
                        get -> get.tableName(table).key(keyOf(id)).consistentRead(true)))
                .item();
        return text(item, "user_id").filter(userId::equals).isPresent();
    }

    @Override
    public void end(String id) {
        dynamo.call(
                client -> client.deleteItem(delete -> delete.tableName(table).key(keyOf(id))));
    }

    @Override
    public void endAll(String userId, Optional<String> except) {
        for (String id : idsOf(userId)) {
            if (except.filter(id::equals).isEmpty()) {
                end(id);
            }
        }
    }

    @Override
    public long lowestEpoch(String userId) {
        return number(epochItem(userId), LOWEST, 0);
    }

    @Override
    public boolean raiseEpoch(String userId, long lowest, Optional<String> except, Instant now) {
        Map<String, AttributeValue> item = new HashMap<>(keyOf(epochKey(userId)));
        item.put(LOWEST, number(lowest));
        item.put(Tables.EXPIRES_AT, Items.expiry(now.plus(EPOCH_LIFETIME)));
        except.ifPresent(id -> item.put("except", text(id)));
        try {
            dynamo.call(client -> client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(#lowest) OR #lowest < :lowest")
                    .expressionAttributeNames(Map.of("#lowest", LOWEST))
                    .expressionAttributeValues(Map.of(":lowest", number(lowest)))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public void rename(String userId, String name) {
        for (String id : idsOf(userId)) {
            try {
                dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                        .key(keyOf(id))
                        .updateExpression("SET #name = :name")
                        .conditionExpression("attribute_exists(user_id)")
                        .expressionAttributeNames(Map.of("#name", "name"))
                        .expressionAttributeValues(Map.of(":name", text(name)))));
            } catch (ConditionalCheckFailedException e) {
                // It was ended since the index said that it is there.
                continue;
            }
        }
    }

    private List<String> idsOf(String userId) {
        return itemsOf(userId).stream().map(item -> requiredText(item, KEY)).toList();
    }

    private List<Map<String, AttributeValue>> itemsOf(String userId) {
        Tables.Index index = Tables.SESSIONS.index().orElseThrow();
        return dynamo.call(client -> client
                .queryPaginator(query -> query.tableName(table)
                        .indexName(index.name())
                        .keyConditionExpression("#user = :user")
                        .expressionAttributeNames(Map.of("#user", index.partitionKey()))
                        .expressionAttributeValues(Map.of(":user", text(userId))))
                .items()
                .stream()
                .toList());
    }

    private static Map<String, AttributeValue> keyOf(String id) {
        return Map.of(KEY, text(id));
    }

    private static String epochKey(String userId) {
        return "epoch#" + userId;
    }

    private static Map<String, AttributeValue> item(Session session) {
        Map<String, AttributeValue> item = new HashMap<>(keyOf(session.id()));
        item.put("user_id", text(session.userId()));
        item.put("role", text(session.role().wireName()));
        item.put("name", text(session.name()));
        item.put("version", number(session.version()));
        item.put("epoch", number(session.epoch()));
        item.put("client", text(session.device().client()));
        item.put("system", text(session.device().system()));
        item.put("address", text(session.device().address()));
        item.put(LAST_SEEN, number(session.lastSeen().toEpochMilli()));
        item.put("current_hash", text(session.currentHash()));
        item.put("csrf_key", text(session.csrfKey()));
        item.put("created_at", number(session.createdAt().toEpochMilli()));
        item.put(UNTIL, number(session.until().toEpochMilli()));
        item.put(Tables.EXPIRES_AT, Items.expiry(session.until()));
        session.previous().ifPresent(previous -> {
            item.put("previous_hash", text(previous.hash()));
            item.put("nonce", text(previous.nonce()));
            item.put("rotated_at", number(previous.rotatedAt().toEpochMilli()));
        });
        return item;
    }

    private static Session session(Map<String, AttributeValue> item) {
        Optional<Session.Previous> previous = text(item, "previous_hash")
                .map(hash -> new Session.Previous(
                        hash, requiredText(item, "nonce"), Instant.ofEpochMilli(number(item, "rotated_at", 0))));
        long created = number(item, "created_at", 0);
        return new Session(
                requiredText(item, KEY),
                requiredText(item, "user_id"),
                Role.ofWireName(requiredText(item, "role")).orElseThrow(),
                requiredText(item, "name"),
                number(item, "version", 1),
                number(item, "epoch", 0),
                requiredText(item, "current_hash"),
                previous,
                requiredText(item, "csrf_key"),
                new Device(
                        text(item, "client").orElse(""),
                        text(item, "system").orElse(""),
                        text(item, "address").orElse("")),
                Instant.ofEpochMilli(created),
                Instant.ofEpochMilli(number(item, LAST_SEEN, created)),
                Instant.ofEpochMilli(number(item, UNTIL, 0)));
    }
}
