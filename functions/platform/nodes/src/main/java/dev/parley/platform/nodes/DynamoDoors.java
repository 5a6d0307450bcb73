package dev.parley.platform.nodes;

import static dev.parley.platform.dynamo.Items.text;
import static dev.parley.platform.nodes.Attributes.word;

import dev.parley.contracts.node.Breakouts;
import dev.parley.contracts.node.Breakouts.Breakout;
import dev.parley.kernel.Together;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Doors in the LiveMeetings table. Callers of this process who ask for the same at the same moment share a reading of it. */
public final class DynamoDoors implements Doors {
    private final Dynamo dynamo;
    private final String table;
    private final Together<Row, String, Optional<Map<String, AttributeValue>>> reads =
            Together.sharing(row -> readNow(row.meetingId(), row.item()));

    private record Row(String meetingId, String item) {}

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

    @Override
    public Optional<Breakouts> breakouts(String meetingId, Instant now) {
        return read(meetingId, LiveRows.BREAKOUTS).map(item -> breakouts(item, now));
    }

    private static Breakouts breakouts(Map<String, AttributeValue> item, Instant now) {
        long revision = Items.number(item, LiveRows.REVISION, 0);
        long closesAt = Items.number(item, LiveRows.CLOSES_AT, Long.MAX_VALUE);
        if (closesAt <= now.toEpochMilli()) {
            return new Breakouts(revision, List.of(), false, null, Map.of());
        }
        List<String> ids = Items.texts(item, LiveRows.BREAKOUT_IDS);
        List<String> names = Items.texts(item, LiveRows.BREAKOUT_NAMES);
        Map<String, String> places = new HashMap<>(Items.textMap(item, LiveRows.ASSIGNED));
        places.putAll(Items.textMap(item, LiveRows.VISITS));
        places.values().removeIf(place -> !ids.contains(place));
        return new Breakouts(
                revision,
                IntStream.range(0, ids.size())
                        .mapToObj(i -> new Breakout(ids.get(i), names.get(i)))
                        .toList(),
                Items.flag(item, LiveRows.CHOOSE),
                closesAt == Long.MAX_VALUE ? null : closesAt - now.toEpochMilli(),
                places);
    }

    private Optional<Map<String, AttributeValue>> read(String meetingId, String itemName) {
        return reads.ask(new Row(meetingId, itemName), itemName);
    }

    private Optional<Map<String, AttributeValue>> readNow(String meetingId, String itemName) {
        return Optional.of(dynamo.call(client -> client.getItem(get -> get.tableName(table)
                                .key(Map.of(LiveRows.MEETING_ID, text(meetingId), LiveRows.ITEM, text(itemName)))
                                .consistentRead(true)))
                        .item())
                .filter(item -> !item.isEmpty());
    }
}
