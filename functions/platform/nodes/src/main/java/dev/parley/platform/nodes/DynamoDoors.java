package dev.parley.platform.nodes;

import static dev.parley.platform.dynamo.Items.text;
import static dev.parley.platform.nodes.Attributes.word;

import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Doors in the LiveMeetings table. */
public final class DynamoDoors implements Doors {
    private final Dynamo dynamo;
    private final String table;

    public DynamoDoors(Dynamo dynamo) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.LIVE_MEETINGS);
    }

    @Override
    public Optional<Door> find(String meetingId) {
        return read(meetingId, LiveRows.LIVE)
                .map(item -> new Door(
                        meetingId,
                        word(item, LiveRows.STATUS),
                        word(item, LiveRows.HOST_ID),
                        word(item, LiveRows.TITLE),
                        Items.flag(item, LiveRows.LOCKED),
                        word(item, LiveRows.SETTINGS),
                        Items.number(item, LiveRows.ADMISSION, 0),
                        Attributes.words(item, LiveRows.DENIED_USERS),
                        Attributes.words(item, LiveRows.DENIED_KEYS)));
    }

    @Override
    public Optional<Seat> seat(String meetingId, String participantId) {
        return read(meetingId, LiveRows.PARTICIPANT + participantId)
                .map(item -> new Seat(
                        participantId,
                        word(item, LiveRows.USER_ID),
                        word(item, LiveRows.DISPLAY_NAME),
                        word(item, LiveRows.ROLE),
                        word(item, LiveRows.STATE)));
    }

    private Optional<Map<String, AttributeValue>> read(String meetingId, String itemName) {
        return Optional.of(dynamo.call(client -> client.getItem(get -> get.tableName(table)
                                .key(Map.of(LiveRows.MEETING_ID, text(meetingId), LiveRows.ITEM, text(itemName)))
                                .consistentRead(true)))
                        .item())
                .filter(item -> !item.isEmpty());
    }
}
