package dev.parley.signaling.dynamo;

import dev.parley.kernel.Together;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.signaling.Member;
import dev.parley.signaling.Rooms;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Members in the RoomMembers table under {@code ROOM#<id>#0}, and a room's frame counter in the Stream table as item {@code HEAD} of
 * {@code ROOM#<id>}. Callers of this process who ask for a room's members at the same moment share a reading of them.
 */
public final class DynamoRooms implements Rooms {
    private static final String ROOM_SHARD = "room_shard";
    private static final String CONNECTION_ID = "connection_id";
    private static final String USER_ID = "user_id";
    private static final String PARTICIPANT_ID = "participant_id";
    private static final String DISPLAY_NAME = "display_name";
    private static final String ROLE = "role";
    private static final String GUEST_KEY = "guest_key";
    private static final String LAST = "last_seq";

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String members;
    private final String stream;
    private final Together<String, String, List<Member>> reads = Together.sharing(this::read);

    public DynamoRooms(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.members = dynamo.name(Tables.ROOM_MEMBERS);
        this.stream = dynamo.name(Tables.STREAM);
    }

    @Override
    public void add(String roomId, Member member) {
        Map<String, AttributeValue> item = new HashMap<>(key(roomId, member.connectionId()));
        item.put(USER_ID, Items.text(member.userId()));
        item.put(PARTICIPANT_ID, Items.text(member.participantId()));
        item.put(DISPLAY_NAME, Items.text(member.displayName()));
        item.put(ROLE, Items.text(member.role()));
        member.guestKey().ifPresent(guestKey -> item.put(GUEST_KEY, Items.text(guestKey)));
        item.put(Tables.EXPIRES_AT, Items.expiry(clock.instant().plus(DynamoSockets.LONGEST_LIFE)));
        dynamo.call(client -> client.putItem(put -> put.tableName(members).item(item)));
    }

    @Override
    public boolean remove(String roomId, String connectionId) {
        return !dynamo.call(client -> client.deleteItem(delete ->
                        delete.tableName(members).key(key(roomId, connectionId)).returnValues(ReturnValue.ALL_OLD)))
                .attributes()
                .isEmpty();
    }

    @Override
    public List<Member> members(String roomId) {
        return reads.ask(roomId, roomId);
    }

    private List<Member> read(String roomId) {
        List<Member> found = new ArrayList<>();
        Map<String, AttributeValue> from = Map.of();
        do {
            Map<String, AttributeValue> start = from;
            QueryResponse page = dynamo.call(client -> client.query(query -> query.tableName(members)
                    .keyConditionExpression("room_shard = :room")
                    .filterExpression("expires_at > :now")
                    .expressionAttributeValues(Map.of(
                            ":room", Items.text(shard(roomId)),
                            ":now", Items.number(clock.instant().getEpochSecond())))
                    .exclusiveStartKey(start.isEmpty() ? null : start)
                    .consistentRead(true)));
            page.items().forEach(item -> found.add(member(item)));
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
        return List.copyOf(found);
    }

    @Override
    public long nextSeq(String roomId) {
        Map<String, AttributeValue> head = dynamo.call(client -> client.updateItem(update -> update.tableName(stream)
                        .key(head(roomId))
                        .updateExpression("ADD last_seq :one")
                        .expressionAttributeValues(Map.of(":one", Items.number(1)))
                        .returnValues(ReturnValue.UPDATED_NEW)))
                .attributes();
        return Items.number(head, LAST, 1);
    }

    @Override
    public long lastSeq(String roomId) {
        return Items.number(
                dynamo.call(client -> client.getItem(
                                get -> get.tableName(stream).key(head(roomId)).consistentRead(true)))
                        .item(),
                LAST,
                0);
    }

    private static Member member(Map<String, AttributeValue> item) {
        return new Member(
                Items.requiredText(item, CONNECTION_ID),
                Items.requiredText(item, USER_ID),
                Items.requiredText(item, PARTICIPANT_ID),
                Items.requiredText(item, DISPLAY_NAME),
                Items.requiredText(item, ROLE),
                Items.text(item, GUEST_KEY));
    }

    private static Map<String, AttributeValue> key(String roomId, String connectionId) {
        return Map.of(ROOM_SHARD, Items.text(shard(roomId)), CONNECTION_ID, Items.text(connectionId));
    }

    private static Map<String, AttributeValue> head(String roomId) {
        return Map.of("stream", Items.text("ROOM#" + roomId), "seq", Items.text("HEAD"));
    }

    private static String shard(String roomId) {
        return "ROOM#" + roomId + "#0";
    }
}
