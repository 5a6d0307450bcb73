package dev.parley.platform.nodes;

import static dev.parley.platform.dynamo.Items.number;
import static dev.parley.platform.dynamo.Items.text;
import static dev.parley.platform.nodes.Attributes.word;

import dev.parley.kernel.Errors;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Seats in the LiveMeetings table. Freeing one is a single transaction of three: the room's placement names this node, the meeting goes on
 * and its counter falls by one, and the person's row moves from joined to left under the revision that was seen. Whoever changes the row
 * first, the person or the node, makes the other's condition fail.
 */
public final class DynamoSeats implements Seats {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Dynamo dynamo;
    private final String live;
    private final Placements placements;
    private final String nodeId;
    private final InstantSource clock;

    /** @param nodeId the node whose rooms' seats these are */
    public DynamoSeats(Dynamo dynamo, String nodeId, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.live = dynamo.name(Tables.LIVE_MEETINGS);
        this.placements = new DynamoPlacements(dynamo, clock);
        this.nodeId = Objects.requireNonNull(nodeId);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public OptionalLong held(String roomId, String participantId) {
        Optional<Map<String, AttributeValue>> person = read(roomId, LiveRows.PARTICIPANT + participantId)
                .filter(item -> LiveRows.JOINED.equals(word(item, LiveRows.STATE)));
        boolean stands = person.isPresent()
                && read(roomId, LiveRows.LIVE)
                        .filter(item -> LiveRows.ACTIVE.equals(word(item, LiveRows.STATUS)))
                        .isPresent()
                && placements
                        .find(roomId)
                        .filter(placement -> placement.nodeId().equals(nodeId))
                        .isPresent();
        return stands ? OptionalLong.of(number(person.get(), LiveRows.REVISION, 0)) : OptionalLong.empty();
    }

    @Override
    public boolean free(String roomId, String participantId, long revision) {
        try {
            dynamo.call(client -> client.transactWriteItems(write ->
                    write.transactItems(roomIsHere(roomId), oneLess(roomId), left(roomId, participantId, revision))));
            return true;
        } catch (TransactionCanceledException e) {
            if (e.cancellationReasons().stream().anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))) {
                return false;
            }
            throw Errors.STORE_UNAVAILABLE.retryAfter(RETRY_AFTER);
        }
    }

    private TransactWriteItem roomIsHere(String roomId) {
        return TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(dynamo.name(Tables.MEDIA_NODES))
                        .key(DynamoPlacements.key(roomId))
                        .conditionExpression("node_id = :node")
                        .expressionAttributeValues(Map.of(":node", text(nodeId))))
                .build();
    }

    private TransactWriteItem oneLess(String roomId) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(live)
                        .key(key(roomId, LiveRows.LIVE))
                        .conditionExpression("#status = :active AND #taken >= :one")
                        .updateExpression("SET #taken = #taken - :one")
                        .expressionAttributeNames(Map.of("#status", LiveRows.STATUS, "#taken", LiveRows.SEATS_TAKEN))
                        .expressionAttributeValues(Map.of(":active", text(LiveRows.ACTIVE), ":one", number(1))))
                .build();
    }

    private TransactWriteItem left(String roomId, String participantId, long revision) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(live)
                        .key(key(roomId, LiveRows.PARTICIPANT + participantId))
                        .conditionExpression("#state = :joined AND #revision = :seen")
                        .updateExpression("SET #state = :left, #left_at = :now, #revision = :next")
                        .expressionAttributeNames(Map.of(
                                "#state", LiveRows.STATE,
                                "#left_at", LiveRows.LEFT_AT,
                                "#revision", LiveRows.REVISION))
                        .expressionAttributeValues(Map.of(
                                ":joined", text(LiveRows.JOINED),
                                ":left", text(LiveRows.LEFT),
                                ":now", number(clock.millis()),
                                ":seen", number(revision),
                                ":next", number(revision + 1))))
                .build();
    }

    private Optional<Map<String, AttributeValue>> read(String roomId, String item) {
        return Optional.of(dynamo.call(client -> client.getItem(get ->
                                get.tableName(live).key(key(roomId, item)).consistentRead(true)))
                        .item())
                .filter(found -> !found.isEmpty());
    }

    private static Map<String, AttributeValue> key(String roomId, String item) {
        return Map.of(LiveRows.MEETING_ID, text(roomId), LiveRows.ITEM, text(item));
    }
}
