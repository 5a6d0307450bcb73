package dev.parley.platform.nodes;

import static dev.parley.platform.dynamo.Items.number;
import static dev.parley.platform.dynamo.Items.text;
import static dev.parley.platform.nodes.Attributes.word;

import dev.parley.kernel.Errors;
import dev.parley.kernel.OutboxEvent;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.OutboxItems;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Seats in the LiveMeetings table. Freeing one is a single transaction: the room's placement names this node, the meeting goes on
 * and its counter falls by one, the person's row moves from joined to left under the revision that was seen, and webhooks hear that somebody left.
 * Whoever changes the row first, the person or the node, makes the other's condition fail.
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
        Optional<Map<String, AttributeValue>> room = read(roomId, LiveRows.LIVE);
        Optional<Map<String, AttributeValue>> person = read(roomId, LiveRows.PARTICIPANT + participantId);
        if (room.isEmpty() || person.isEmpty()) {
            return false;
        }
        try {
            dynamo.call(client -> client.transactWriteItems(write -> write.transactItems(
                    roomIsHere(roomId),
                    oneLess(roomId),
                    left(roomId, participantId, revision),
                    told(room.get(), person.get(), revision + 1))));
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

    /** As the meetings function tells of those who leave by themselves: it happens once, whoever writes it. */
    private TransactWriteItem told(
            Map<String, AttributeValue> room, Map<String, AttributeValue> person, long revision) {
        String roomId = word(room, LiveRows.MEETING_ID);
        long startedAt = number(room, LiveRows.STARTED_AT, 0);
        Instant now = Instant.ofEpochMilli(clock.millis());
        Map<String, String> data = new HashMap<>();
        data.put("owner_id", word(room, LiveRows.HOST_ID));
        data.put("host_id", word(room, LiveRows.HOST_ID));
        data.put("title", word(room, LiveRows.TITLE));
        data.put("started_at", Instant.ofEpochMilli(startedAt).toString());
        long occurrence = number(room, LiveRows.OCCURRENCE, 0);
        if (occurrence > 0) {
            data.put("occurrence", String.valueOf(occurrence));
        }
        data.put("participant_id", word(person, LiveRows.PARTICIPANT_ID));
        data.put("user_id", word(person, LiveRows.USER_ID));
        data.put("name", word(person, LiveRows.DISPLAY_NAME));
        data.put("role", word(person, LiveRows.ROLE));
        long joinedAt = number(person, LiveRows.JOINED_AT, 0);
        if (joinedAt > 0) {
            data.put("joined_at", Instant.ofEpochMilli(joinedAt).toString());
        }
        data.put("left_at", now.toString());
        data.put("reason", LiveRows.LEFT);
        String what =
                word(person, LiveRows.PARTICIPANT_ID) + "#" + number(person, LiveRows.CSRC_NUMBER, 0) + "#" + revision;
        OutboxEvent event = OutboxEvent.once("participant.left", roomId, startedAt + "|" + what, now, data);
        return TransactWriteItem.builder()
                .put(put -> put.tableName(dynamo.name(Tables.MEETING_EVENTS)).item(OutboxItems.of(event)))
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
