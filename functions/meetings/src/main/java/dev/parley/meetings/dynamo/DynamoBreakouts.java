package dev.parley.meetings.dynamo;

import dev.parley.contracts.node.Breakouts.Breakout;
import dev.parley.meetings.BreakoutRegister;
import dev.parley.meetings.Breakouts;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.LiveRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Breakout rooms beside the live meeting, in one item: {@link LiveRows#BREAKOUTS}. An act writes it whole, if nobody acted in between; who goes from
 * room to room writes one entry of it.
 */
public final class DynamoBreakouts implements BreakoutRegister {
    private static final String OPENED_AT = "opened_at";
    private static final Duration KEPT = Duration.ofDays(30);

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoBreakouts(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.LIVE_MEETINGS);
    }

    @Override
    public Optional<Breakouts> find(String meetingId) {
        Map<String, AttributeValue> item = dynamo.call(client -> client.getItem(get -> get.tableName(table)
                        .key(LiveItems.key(meetingId, LiveRows.BREAKOUTS))
                        .consistentRead(true)))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(breakouts(item));
    }

    @Override
    public boolean change(Breakouts after) {
        Map<String, AttributeValue> item = new HashMap<>(LiveItems.key(after.meetingId(), LiveRows.BREAKOUTS));
        item.put(LiveRows.REVISION, Items.number(after.revision()));
        item.put(OPENED_AT, Items.number(after.openedAt().toEpochMilli()));
        item.put(
                LiveRows.BREAKOUT_IDS,
                Items.texts(after.rooms().stream().map(Breakout::id).toList()));
        item.put(
                LiveRows.BREAKOUT_NAMES,
                Items.texts(after.rooms().stream().map(Breakout::name).toList()));
        item.put(LiveRows.CHOOSE, Items.flag(after.choose()));
        after.closesAt().ifPresent(at -> item.put(LiveRows.CLOSES_AT, Items.number(at.toEpochMilli())));
        item.put(LiveRows.ASSIGNED, Items.toTextMap(after.assigned()));
        item.put(LiveRows.VISITS, Items.toTextMap(after.visits()));
        item.put(Tables.EXPIRES_AT, Items.expiry(clock.instant().plus(KEPT)));
        boolean first = after.revision() == 1;
        try {
            dynamo.call(client -> client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression(first ? "attribute_not_exists(meeting_id)" : "revision = :seen")
                    .expressionAttributeValues(first ? null : Map.of(":seen", Items.number(after.revision() - 1)))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public Optional<Breakouts> visit(Breakouts seen, String userId, String place) {
        try {
            return Optional.of(breakouts(dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                            .key(LiveItems.key(seen.meetingId(), LiveRows.BREAKOUTS))
                            .conditionExpression("opened_at = :opened AND size(breakout_ids) > :none")
                            .updateExpression("SET visits.#user = :place, revision = revision + :one")
                            .expressionAttributeNames(Map.of("#user", userId))
                            .expressionAttributeValues(Map.of(
                                    ":opened", Items.number(seen.openedAt().toEpochMilli()),
                                    ":place", Items.text(place),
                                    ":none", Items.number(0),
                                    ":one", Items.number(1)))
                            .returnValues(ReturnValue.ALL_NEW)))
                    .attributes()));
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }

    private static Breakouts breakouts(Map<String, AttributeValue> item) {
        List<String> ids = Items.texts(item, LiveRows.BREAKOUT_IDS);
        List<String> names = Items.texts(item, LiveRows.BREAKOUT_NAMES);
        return new Breakouts(
                Items.requiredText(item, LiveRows.MEETING_ID),
                Items.number(item, LiveRows.REVISION, 0),
                Instant.ofEpochMilli(Items.number(item, OPENED_AT, 0)),
                IntStream.range(0, ids.size())
                        .mapToObj(i -> new Breakout(ids.get(i), names.get(i)))
                        .toList(),
                Items.flag(item, LiveRows.CHOOSE),
                item.containsKey(LiveRows.CLOSES_AT)
                        ? Optional.of(Instant.ofEpochMilli(Items.number(item, LiveRows.CLOSES_AT, 0)))
                        : Optional.empty(),
                Items.textMap(item, LiveRows.ASSIGNED),
                Items.textMap(item, LiveRows.VISITS));
    }
}
