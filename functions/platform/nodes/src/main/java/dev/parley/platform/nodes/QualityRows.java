package dev.parley.platform.nodes;

import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The MeetingQuality table, one partition per meeting. {@link #MINUTE}{@code <minute>#<writer>#<part>} is what one node saw in one minute:
 * a map from participant id to that person's bytes, so that one person can be taken out. {@link #GONE}{@code <participant>} says that
 * nobody is shown under that id, also in a minute that is written later. Nodes only add minutes; the meetings function does the rest.
 */
public final class QualityRows {
    /** Partition key. */
    public static final String MEETING_ID = "meeting_id";
    /** Sort key. */
    public static final String ITEM = "item";

    public static final String MINUTE = "M#";
    public static final String GONE = "GONE#";

    /** The people of a minute. */
    public static final String PEOPLE = "people";

    /** More people than this make a second item: one holds at most 400 KB, and this many are two thirds of that at the worst. */
    static final int PEOPLE_OF_ITEM = 500;

    private QualityRows() {}

    /** Where a minute stands among those of its meeting: its time, and what tells those of the same minute apart. */
    public record Place(Instant at, String id) {}

    /** The key of an item. */
    public static Map<String, AttributeValue> key(String meetingId, String item) {
        return Map.of(MEETING_ID, Items.text(meetingId), ITEM, Items.text(item));
    }

    /** The sort key of the minute at that place. An empty id comes before all others of the minute. */
    public static String item(Place place) {
        return MINUTE + place.at() + "#" + place.id();
    }

    /** Where the item stands. */
    public static Place place(Map<String, AttributeValue> item) {
        String[] parts = Items.requiredText(item, ITEM).split("#", 3);
        return new Place(Instant.parse(parts[1]), parts[2]);
    }

    /** The minute that an item holds; who cannot be read is left out. */
    public static QualityMinute minute(Map<String, AttributeValue> item) {
        List<QualityMinute.Person> people = new ArrayList<>();
        AttributeValue map = item.get(PEOPLE);
        if (map != null && map.hasM()) {
            map.m().forEach((participant, value) -> {
                if (value.b() != null) {
                    QualityCode.read(participant, value.b().asByteArray()).ifPresent(people::add);
                }
            });
        }
        return new QualityMinute(
                Items.requiredText(item, MEETING_ID), place(item).at(), people);
    }

    /**
     * The items of a minute.
     *
     * @param writer who writes it, different for each minute of a room: letters, digits and {@code . _ -}
     */
    static List<Map<String, AttributeValue>> items(QualityMinute minute, String writer, Instant expires) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        List<QualityMinute.Person> people = minute.people();
        for (int from = 0; from < people.size(); from += PEOPLE_OF_ITEM) {
            Map<String, AttributeValue> map = new HashMap<>();
            people.subList(from, Math.min(people.size(), from + PEOPLE_OF_ITEM))
                    .forEach(person -> map.put(
                            person.participantId(),
                            AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(QualityCode.write(person)))));
            Map<String, AttributeValue> item = new HashMap<>(
                    key(minute.roomId(), item(new Place(minute.at(), writer + "#" + from / PEOPLE_OF_ITEM))));
            item.put(PEOPLE, AttributeValue.fromM(map));
            item.put(Tables.EXPIRES_AT, Items.expiry(expires));
            items.add(item);
        }
        return items;
    }
}
