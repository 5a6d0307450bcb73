package dev.parley.meetings.dynamo;

import dev.parley.contracts.media.MediaPath;
import dev.parley.contracts.meetings.QualityPerson;
import dev.parley.contracts.meetings.QualitySample;
import dev.parley.kernel.Bookmark;
import dev.parley.meetings.QualityHistory;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.LayerCounts;
import dev.parley.platform.nodes.QualityBucket;
import dev.parley.platform.nodes.QualityMinute;
import dev.parley.platform.nodes.QualityRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The MeetingQuality table, whose minutes media nodes write. Whoever is forgotten is first noted as gone, which holds for minutes that a node
 * writes later too, and is then taken out of each minute.
 */
public final class DynamoQualityHistory implements QualityHistory {
    /** Behind every minute. */
    private static final String END = QualityRows.MINUTE + "~";
    /** Longer than any minute is kept. */
    private static final Duration GONE_KEPT = Duration.ofDays(367);

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoQualityHistory(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.MEETING_QUALITY);
    }

    @Override
    public List<Entry> of(String meetingId, Instant since, Optional<Bookmark> after, int limit) {
        String from = QualityRows.item(new QualityRows.Place(since.truncatedTo(ChronoUnit.MINUTES), ""));
        Optional<String> behind = after.map(place -> QualityRows.item(new QualityRows.Place(place.at(), place.id())));
        List<Entry> entries = new ArrayList<>();
        if (behind.filter(item -> item.compareTo(from) <= 0).isPresent()) {
            return entries;
        }
        Set<String> gone = gone(meetingId);
        long now = clock.instant().getEpochSecond();
        Map<String, AttributeValue> start =
                behind.map(item -> QualityRows.key(meetingId, item)).orElse(Map.of());
        do {
            Map<String, AttributeValue> key = start;
            var page = dynamo.call(client -> client.query(query -> query.tableName(table)
                    .keyConditionExpression("meeting_id = :meeting AND #item BETWEEN :from AND :end")
                    .expressionAttributeNames(Map.of("#item", QualityRows.ITEM))
                    .expressionAttributeValues(Map.of(
                            ":meeting", Items.text(meetingId), ":from", Items.text(from), ":end", Items.text(END)))
                    .scanIndexForward(false)
                    .limit(limit - entries.size())
                    .exclusiveStartKey(key.isEmpty() ? null : key)));
            for (Map<String, AttributeValue> item : page.items()) {
                if (Items.number(item, Tables.EXPIRES_AT, Long.MAX_VALUE) > now) {
                    entries.add(entry(item, gone));
                }
            }
            start = page.lastEvaluatedKey();
        } while (!start.isEmpty() && entries.size() < limit);
        return entries;
    }

    @Override
    public void forget(String meetingId, String participantId) {
        Map<String, AttributeValue> mark = new HashMap<>(QualityRows.key(meetingId, QualityRows.GONE + participantId));
        mark.put(Tables.EXPIRES_AT, Items.expiry(clock.instant().plus(GONE_KEPT)));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(mark)));
        Map<String, String> names = Map.of("#people", QualityRows.PEOPLE, "#who", participantId);
        minutesWith(meetingId, names).forEach(key -> takeOut(key, names));
    }

    private void takeOut(Map<String, AttributeValue> minute, Map<String, String> names) {
        try {
            dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                    .key(minute)
                    .conditionExpression("attribute_exists(#people)")
                    .updateExpression("REMOVE #people.#who")
                    .expressionAttributeNames(names)));
        } catch (ConditionalCheckFailedException e) {
            // It has expired, with everybody in it.
            return;
        }
    }

    private List<Map<String, AttributeValue>> minutesWith(String meetingId, Map<String, String> names) {
        Map<String, String> all = new HashMap<>(names);
        all.put("#item", QualityRows.ITEM);
        all.put("#meeting", QualityRows.MEETING_ID);
        return dynamo.call(client -> client
                .queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("#meeting = :meeting AND begins_with(#item, :minute)")
                        .filterExpression("attribute_exists(#people.#who)")
                        .projectionExpression("#meeting, #item")
                        .expressionAttributeNames(all)
                        .expressionAttributeValues(
                                Map.of(":meeting", Items.text(meetingId), ":minute", Items.text(QualityRows.MINUTE)))
                        .consistentRead(true))
                .items()
                .stream()
                .toList());
    }

    private Set<String> gone(String meetingId) {
        return dynamo.call(client -> client
                .queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("meeting_id = :meeting AND begins_with(#item, :gone)")
                        .expressionAttributeNames(Map.of("#item", QualityRows.ITEM))
                        .expressionAttributeValues(
                                Map.of(":meeting", Items.text(meetingId), ":gone", Items.text(QualityRows.GONE))))
                .items()
                .stream()
                .map(item -> Items.requiredText(item, QualityRows.ITEM).substring(QualityRows.GONE.length()))
                .collect(Collectors.toSet()));
    }

    private static Entry entry(Map<String, AttributeValue> item, Set<String> gone) {
        QualityRows.Place place = QualityRows.place(item);
        QualityMinute minute = QualityRows.minute(item);
        List<QualityPerson> people = new ArrayList<>();
        List<QualitySample> samples = new ArrayList<>();
        for (QualityMinute.Person person : minute.people()) {
            if (!gone.contains(person.participantId())) {
                people.add(new QualityPerson(person.participantId(), person.name()));
                person.buckets().reversed().forEach(bucket -> samples.add(sample(minute, person, bucket)));
            }
        }
        return new Entry(new Bookmark(place.at(), place.id()), people, samples);
    }

    private static QualitySample sample(QualityMinute minute, QualityMinute.Person person, QualityBucket bucket) {
        LayerCounts layers = bucket.layers();
        return new QualitySample(
                person.participantId(),
                minute.start(bucket),
                bucket.upKbps() * 1_000L,
                bucket.downKbps() * 1_000L,
                bucket.estimateKbps() * 1_000L,
                bucket.upLossPermille() / 1e3,
                bucket.downLossPermille() / 1e3,
                bucket.roundTripMillis() == QualityBucket.UNKNOWN ? null : bucket.roundTripMillis(),
                bucket.freezes(),
                new QualitySample.Layers(layers.q(), layers.h(), layers.f(), layers.single(), layers.held()),
                bucket.direct() ? MediaPath.DIRECT : MediaPath.NODE);
    }
}
