package dev.parley.platform.dynamo;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Limits that an administrator has changed, in one item of the Ephemeral table beside the rates that they bound; it never expires. They are read anew after
 * {@link #KNOWN_FOR}. While they cannot be read, those that were read last hold, and before that the usual ones.
 */
public final class DynamoLimits implements Limits {
    /** For how long they are not read again. */
    public static final Duration KNOWN_FOR = Duration.ofSeconds(2);

    private static final Map<String, AttributeValue> KEY =
            Map.of(Tables.EPHEMERAL.partitionKey(), Items.text("limits"));

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;
    private Map<Limit, Integer> known = Map.of();
    private Instant freshUntil = Instant.MIN;

    public DynamoLimits(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.EPHEMERAL);
    }

    @Override
    public int of(Limit limit) {
        return recent().getOrDefault(limit, limit.usual());
    }

    private synchronized Map<Limit, Integer> recent() {
        Instant now = clock.instant();
        if (!now.isBefore(freshUntil)) {
            try {
                known = changed();
            } catch (ApiException e) {
                // What was read last is as good as it gets; the next look may succeed.
                freshUntil = now.plus(KNOWN_FOR);
                return known;
            }
            freshUntil = now.plus(KNOWN_FOR);
        }
        return known;
    }

    /**
     * Those that were changed, read now.
     *
     * @throws ApiException 503 {@code store.unavailable}
     */
    public Map<Limit, Integer> changed() {
        Map<String, AttributeValue> item = dynamo.call(client ->
                        client.getItem(get -> get.tableName(table).key(KEY).consistentRead(true)))
                .item();
        Map<Limit, Integer> changed = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            long value = Items.number(item, limit.wire(), limit.usual());
            // A range may have become narrower since.
            if (value != limit.usual() && limit.allows(Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE))) {
                changed.put(limit, (int) value);
            }
        }
        return changed;
    }

    /** Changes some; empty is the usual one again. All of them or none. */
    public void change(Map<Limit, Optional<Integer>> values) {
        if (values.isEmpty()) {
            return;
        }
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> numbers = new HashMap<>();
        StringBuilder sets = new StringBuilder();
        StringBuilder removes = new StringBuilder();
        values.forEach((limit, value) -> {
            names.put("#" + limit.wire(), limit.wire());
            if (value.isPresent()) {
                numbers.put(":" + limit.wire(), Items.number(value.get()));
                sets.append(sets.isEmpty() ? "SET " : ", ").append("#" + limit.wire() + " = :" + limit.wire());
            } else {
                removes.append(removes.isEmpty() ? "REMOVE " : ", ").append("#" + limit.wire());
            }
        });
        dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                .key(KEY)
                .updateExpression((sets + " " + removes).strip())
                .expressionAttributeNames(names)
                .expressionAttributeValues(numbers.isEmpty() ? null : numbers)));
        synchronized (this) {
            freshUntil = Instant.MIN;
        }
    }
}
