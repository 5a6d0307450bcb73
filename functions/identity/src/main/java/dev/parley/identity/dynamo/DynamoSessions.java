package dev.parley.identity.dynamo;

import static dev.parley.platform.dynamo.Items.number;
import static dev.parley.platform.dynamo.Items.requiredText;
import static dev.parley.platform.dynamo.Items.text;

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
 * Sessions in the table Sessions. Beside them lies, per user who ever ended them all, one item {@code ended#<user>}: what was opened until
 * then is over, except one. So ending all takes hold at once, though the index by user lags behind.
 */
public final class DynamoSessions implements SessionStore {
    private static final String KEY = Tables.SESSIONS.partitionKey();
    private static final String UNTIL = "until";
    private static final Duration LONGEST_SESSION = Duration.ofDays(400);

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
        Map<String, AttributeValue> marker = dynamo.call(client -> client.getItem(get -> get.tableName(table)
                        .key(keyOf(endedKey(session.userId())))
                        .consistentRead(true)))
                .item();
        return !marker.isEmpty()
                && session.createdAt().toEpochMilli() <= number(marker, "before", 0)
                && text(marker, "except").filter(session.id()::equals).isEmpty();
    }

    @Override
    public boolean rotate(Session next, String expectedHash) {
        Session.Previous previous = next.previous().orElseThrow();
        try {
            dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                    .key(keyOf(next.id()))
                    .updateExpression("SET current_hash = :next, previous_hash = :previous, nonce = :nonce,"
                            + " rotated_at = :rotated, #until = :until, expires_at = :expires")
                    .conditionExpression("current_hash = :expected AND #until > :now")
                    .expressionAttributeNames(Map.of("#until", UNTIL))
                    .expressionAttributeValues(Map.of(
                            ":next", text(next.currentHash()),
                            ":previous", text(previous.hash()),
                            ":nonce", text(previous.nonce()),
                            ":rotated", number(previous.rotatedAt().toEpochMilli()),
                            ":until", number(next.until().toEpochMilli()),
                            ":expires", Items.expiry(next.until()),
                            ":expected", text(expectedHash),
                            ":now", number(clock.millis())))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public void end(String id) {
        dynamo.call(
                client -> client.deleteItem(delete -> delete.tableName(table).key(keyOf(id))));
    }

    @Override
    public void endAll(String userId, Optional<String> except, Instant now) {
        Map<String, AttributeValue> marker = new HashMap<>(keyOf(endedKey(userId)));
        marker.put("before", number(now.toEpochMilli()));
        marker.put(Tables.EXPIRES_AT, Items.expiry(now.plus(LONGEST_SESSION)));
        except.ifPresent(id -> marker.put("except", text(id)));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(marker)));
        for (String id : idsOf(userId)) {
            if (except.filter(id::equals).isEmpty()) {
                end(id);
            }
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
        Tables.Index index = Tables.SESSIONS.index().orElseThrow();
        return dynamo.call(client -> client
                .queryPaginator(query -> query.tableName(table)
                        .indexName(index.name())
                        .keyConditionExpression("#user = :user")
                        .expressionAttributeNames(Map.of("#user", index.partitionKey()))
                        .expressionAttributeValues(Map.of(":user", text(userId))))
                .items()
                .stream()
                .map(item -> requiredText(item, KEY))
                .toList());
    }

    private static Map<String, AttributeValue> keyOf(String id) {
        return Map.of(KEY, text(id));
    }

    private static String endedKey(String userId) {
        return "ended#" + userId;
    }

    private static Map<String, AttributeValue> item(Session session) {
        Map<String, AttributeValue> item = new HashMap<>(keyOf(session.id()));
        item.put("user_id", text(session.userId()));
        item.put("role", text(session.role().wireName()));
        item.put("name", text(session.name()));
        item.put("version", number(session.version()));
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
        return new Session(
                requiredText(item, KEY),
                requiredText(item, "user_id"),
                Role.ofWireName(requiredText(item, "role")).orElseThrow(),
                requiredText(item, "name"),
                number(item, "version", 1),
                requiredText(item, "current_hash"),
                previous,
                requiredText(item, "csrf_key"),
                Instant.ofEpochMilli(number(item, "created_at", 0)),
                Instant.ofEpochMilli(number(item, UNTIL, 0)));
    }
}
