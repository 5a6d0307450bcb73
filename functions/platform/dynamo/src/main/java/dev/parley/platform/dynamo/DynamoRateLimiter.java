package dev.parley.platform.dynamo;

import dev.parley.kernel.Limits;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The generic cell rate algorithm in two conditional updates of one Ephemeral item, whose {@code tat} is the theoretical arrival time
 * in epoch milliseconds: first "idle: it becomes now + interval", else "within the burst: it moves on by interval". When neither fits,
 * the item that came back with the refusal says how long to wait.
 */
public final class DynamoRateLimiter implements RateLimiter {
    private static final String KEY = Tables.EPHEMERAL.partitionKey();

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final Limits limits;
    private final String table;

    public DynamoRateLimiter(Dynamo dynamo, InstantSource clock) {
        this(dynamo, clock, Limits.usual());
    }

    /** @param limits what the rates are now */
    public DynamoRateLimiter(Dynamo dynamo, InstantSource clock, Limits limits) {
        this.limits = Objects.requireNonNull(limits);
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.EPHEMERAL);
    }

    /** The limiter that {@code RATE_LIMITS} asks for: this one, or none when it is {@code off}. */
    public static RateLimiter of(Settings settings, Dynamo dynamo, InstantSource clock, Limits limits) {
        return settings.flag(SettingKeys.RATE_LIMITS, true)
                ? new DynamoRateLimiter(dynamo, clock, limits)
                : RateLimiter.unlimited();
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Optional<Duration> acquire(String key, Rate rate) {
        long now = clock.millis();
        long interval = rate.interval().toMillis();
        long limit = now + (rate.burst() - 1) * interval;
        try {
            startIdle(key, now, interval);
            return Optional.empty();
        } catch (ConditionalCheckFailedException busy) {
            return moveOn(key, interval, limit, Items.number(busy.item(), "tat", now));
        }
    }

    private void startIdle(String key, long now, long interval) {
        long arrival = now + interval;
        dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                .key(keyOf(key))
                .updateExpression("SET #tat = :arrival, #expires = :expires")
                .conditionExpression("attribute_not_exists(#tat) OR #tat <= :now")
                .expressionAttributeNames(names())
                .expressionAttributeValues(Map.of(
                        ":arrival", Items.number(arrival), ":now", Items.number(now), ":expires", expiry(arrival)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
    }

    private Optional<Duration> moveOn(String key, long interval, long limit, long lastKnown) {
        if (lastKnown > limit) {
            return Optional.of(Duration.ofMillis(lastKnown - limit));
        }
        try {
            dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                    .key(keyOf(key))
                    .updateExpression("SET #tat = #tat + :interval, #expires = :expires")
                    .conditionExpression("#tat <= :limit")
                    .expressionAttributeNames(names())
                    .expressionAttributeValues(Map.of(
                            ":interval", Items.number(interval),
                            ":limit", Items.number(limit),
                            ":expires", expiry(limit + interval)))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return Optional.empty();
        } catch (ConditionalCheckFailedException full) {
            long arrival = Items.number(full.item(), "tat", limit + interval);
            return Optional.of(Duration.ofMillis(Math.max(1, arrival - limit)));
        }
    }

    private static Map<String, AttributeValue> keyOf(String key) {
        return Map.of(KEY, Items.text("rate#" + key));
    }

    private static Map<String, String> names() {
        return Map.of("#tat", "tat", "#expires", Tables.EXPIRES_AT);
    }

    private static AttributeValue expiry(long arrivalMillis) {
        return Items.expiry(Instant.ofEpochMilli(arrivalMillis));
    }
}
