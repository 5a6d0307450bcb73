package dev.parley.platform.dynamo;

import dev.parley.kernel.Ephemeral;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Short-lived items in the Ephemeral table. An item holds {@code value} (texts), or {@code count}; {@code until} (epoch milliseconds)
 * is when it ends and {@code expires_at} when it may be collected.
 */
public final class DynamoEphemeral implements Ephemeral {
    private static final String KEY = Tables.EPHEMERAL.partitionKey();
    private static final String UNTIL = "until";
    private static final String VALUE = "value";
    private static final String COUNT = "count";
    private static final Map<String, String> NAMES = Map.of("#until", UNTIL);

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoEphemeral(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.EPHEMERAL);
    }

    @Override
    public void put(String key, Map<String, String> value, Duration lifetime) {
        Map<String, AttributeValue> item = item(key, value, lifetime);
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
    }

    @Override
    public boolean putIfAbsent(String key, Map<String, String> value, Duration lifetime) {
        Map<String, AttributeValue> item = item(key, value, lifetime);
        return written(() -> dynamo.call(client -> client.putItem(put -> put.tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(#until) OR #until <= :now")
                .expressionAttributeNames(NAMES)
                .expressionAttributeValues(Map.of(":now", Items.number(clock.millis()))))));
    }

    @Override
    public boolean putIf(String key, String field, String expected, Map<String, String> value, Duration lifetime) {
        Map<String, AttributeValue> item = item(key, value, lifetime);
        return written(() -> dynamo.call(client -> client.putItem(put -> put.tableName(table)
                .item(item)
                .conditionExpression("#until > :now AND #value.#field = :expected")
                .expressionAttributeNames(Map.of("#until", UNTIL, "#value", VALUE, "#field", field))
                .expressionAttributeValues(
                        Map.of(":now", Items.number(clock.millis()), ":expected", Items.text(expected))))));
    }

    @Override
    public Optional<Map<String, String>> find(String key) {
        return live(key).map(item -> Items.textMap(item, VALUE));
    }

    @Override
    public Optional<Map<String, String>> take(String key) {
        try {
            // The condition is what makes one of several callers get it, in every implementation of the store.
            Map<String, AttributeValue> taken = dynamo.call(client ->
                            client.deleteItem(delete -> delete.tableName(table)
                                    .key(keyOf(key))
                                    .conditionExpression("#until > :now")
                                    .expressionAttributeNames(NAMES)
                                    .expressionAttributeValues(Map.of(":now", Items.number(clock.millis())))
                                    .returnValues(ReturnValue.ALL_OLD)))
                    .attributes();
            return Optional.of(Items.textMap(taken, VALUE));
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    @Override
    public void remove(String key) {
        dynamo.call(
                client -> client.deleteItem(delete -> delete.tableName(table).key(keyOf(key))));
    }

    @Override
    public long increment(String key, Duration lifetime) {
        // One of the two updates fits: the entry lives and is counted up, or it does not and counting starts at one.
        // Another caller may
        // change which, between the two; then the first fits again.
        while (true) {
            Optional<Long> counted = countUp(key).or(() -> startCount(key, lifetime));
            if (counted.isPresent()) {
                return counted.get();
            }
        }
    }

    private Optional<Long> countUp(String key) {
        try {
            Map<String, AttributeValue> item = dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                            .key(keyOf(key))
                            .updateExpression("ADD #count :one")
                            .conditionExpression("#until > :now")
                            .expressionAttributeNames(Map.of("#until", UNTIL, "#count", COUNT))
                            .expressionAttributeValues(
                                    Map.of(":one", Items.number(1), ":now", Items.number(clock.millis())))
                            .returnValues(ReturnValue.UPDATED_NEW)))
                    .attributes();
            return Optional.of(Items.number(item, COUNT, 1));
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    private Optional<Long> startCount(String key, Duration lifetime) {
        Instant until = clock.instant().plus(lifetime);
        Map<String, AttributeValue> item = new HashMap<>(keyOf(key));
        item.put(COUNT, Items.number(1));
        item.put(UNTIL, Items.number(until.toEpochMilli()));
        item.put(Tables.EXPIRES_AT, Items.expiry(until));
        boolean started = written(() -> dynamo.call(client -> client.putItem(put -> put.tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(#until) OR #until <= :now")
                .expressionAttributeNames(NAMES)
                .expressionAttributeValues(Map.of(":now", Items.number(clock.millis()))))));
        return started ? Optional.of(1L) : Optional.empty();
    }

    @Override
    public long count(String key) {
        return live(key).map(item -> Items.number(item, COUNT, 0)).orElse(0L);
    }

    private Optional<Map<String, AttributeValue>> live(String key) {
        Map<String, AttributeValue> item = dynamo.call(client -> client.getItem(
                        get -> get.tableName(table).key(keyOf(key)).consistentRead(true)))
                .item();
        return Optional.of(item).filter(this::isLive);
    }

    private boolean isLive(Map<String, AttributeValue> item) {
        return Items.number(item, UNTIL, 0) > clock.millis();
    }

    private Map<String, AttributeValue> item(String key, Map<String, String> value, Duration lifetime) {
        Instant until = clock.instant().plus(lifetime);
        return Map.of(
                KEY,
                Items.text(key),
                VALUE,
                Items.toTextMap(value),
                UNTIL,
                Items.number(until.toEpochMilli()),
                Tables.EXPIRES_AT,
                Items.expiry(until));
    }

    private static Map<String, AttributeValue> keyOf(String key) {
        return Map.of(KEY, Items.text(key));
    }

    private static boolean written(Runnable write) {
        try {
            write.run();
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
