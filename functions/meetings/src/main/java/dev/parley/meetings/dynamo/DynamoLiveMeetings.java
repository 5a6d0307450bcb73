package dev.parley.meetings.dynamo;

import dev.parley.kernel.Errors;
import dev.parley.kernel.Together;
import dev.parley.meetings.LiveMeeting;
import dev.parley.meetings.LiveMeetings;
import dev.parley.meetings.Participant;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.LiveRows;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Live meetings in the LiveMeetings table. A seat is one transaction: the meeting's counter rises if the meeting goes on, nobody
 * acted since it was read, and a seat is free; and the person is written if they are as they were read. A write of one item is a
 * transaction as well: DynamoDB refuses a plain one that meets a seat being taken, and a transaction is tried again. What others hear of
 * later, that a meeting begins or ends and that people come and go, is written in the same transaction, as {@link MeetingEvents}. Callers of
 * this process who come at the same moment share reads, numbers and {@linkplain SeatLine seats}.
 */
public final class DynamoLiveMeetings implements LiveMeetings {
    /** As many keys as one request may name. */
    private static final int READ_AT_ONCE = 100;

    private static final int NUMBERS_AT_ONCE = 1_000;
    private static final int READ_ROUNDS = 8;

    private final Dynamo dynamo;
    private final Transactions transactions;
    private final InstantSource clock;
    private final String table;
    private final MeetingEvents events;
    private final SeatLine seats;
    private final Together<String, String, Optional<Map<String, AttributeValue>>> reads;
    private final Together<String, Integer, Integer> numbers;

    public DynamoLiveMeetings(Dynamo dynamo, InstantSource clock, RandomGenerator random) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.LIVE_MEETINGS);
        this.transactions = new Transactions(dynamo, Thread::sleep, random);
        this.events = new MeetingEvents(dynamo, clock);
        this.seats = new SeatLine(table, transactions, events, clock);
        this.reads = new Together<>(READ_AT_ONCE, this::readAll);
        this.numbers = new Together<>(NUMBERS_AT_ONCE, (meetingId, asked) -> draw(meetingId, asked.size()));
    }

    @Override
    public boolean open(LiveMeeting meeting) {
        Put opened = Put.builder()
                .tableName(table)
                .item(LiveItems.of(meeting))
                .conditionExpression("attribute_not_exists(meeting_id)")
                .build();
        Put unsettled = Put.builder()
                .tableName(table)
                .item(LiveItems.unsettled(meeting))
                .build();
        return transactions
                .write(List.of(put(opened), put(unsettled), events.started(meeting)))
                .written();
    }

    @Override
    public Optional<LiveMeeting> find(String meetingId) {
        return read(meetingId, LiveRows.LIVE).map(LiveItems::meeting);
    }

    @Override
    public Optional<Participant> participant(String meetingId, String participantId) {
        return read(meetingId, LiveRows.PARTICIPANT + participantId).map(LiveItems::participant);
    }

    @Override
    public List<Participant> participants(String meetingId) {
        List<Participant> people = new ArrayList<>();
        pages(meetingId, LiveRows.PARTICIPANT, item -> people.add(LiveItems.participant(item)));
        people.sort(
                Comparator.comparingInt((Participant person) -> person.csrc() == 0 ? Integer.MAX_VALUE : person.csrc())
                        .thenComparing(Participant::participantId));
        return people;
    }

    /** Every item of a partition whose name begins with {@code prefix}. */
    private void pages(String partition, String prefix, Consumer<Map<String, AttributeValue>> each) {
        String condition = prefix.isEmpty() ? "" : " AND begins_with(#item, :prefix)";
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":partition", Items.text(partition)));
        if (!prefix.isEmpty()) {
            values.put(":prefix", Items.text(prefix));
        }
        Map<String, AttributeValue> from = Map.of();
        do {
            Map<String, AttributeValue> start = from;
            var page = dynamo.call(client -> client.query(query -> query.tableName(table)
                    .keyConditionExpression("meeting_id = :partition" + condition)
                    .expressionAttributeNames(prefix.isEmpty() ? null : Map.of("#item", LiveRows.ITEM))
                    .expressionAttributeValues(values)
                    .exclusiveStartKey(start.isEmpty() ? null : start)
                    .consistentRead(true)));
            page.items().forEach(each);
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
    }

    @Override
    public List<String> meetingsOf(String userId) {
        return dynamo.indexed(Tables.LIVE_MEETINGS, userId).stream()
                .map(item -> Items.requiredText(item, LiveRows.MEETING_ID))
                .distinct()
                .toList();
    }

    @Override
    public int nextCsrc(String meetingId) {
        return numbers.ask(meetingId, 1);
    }

    /** Numbers for as many callers, in their order. */
    private List<Optional<Integer>> draw(String meetingId, int count) {
        Map<String, AttributeValue> counter = dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                        .key(LiveItems.key(meetingId, LiveRows.CSRC))
                        .updateExpression("ADD next_csrc :count")
                        .expressionAttributeValues(Map.of(":count", Items.number(count)))
                        .returnValues(ReturnValue.UPDATED_NEW)))
                .attributes();
        int last = Math.toIntExact(Items.number(counter, LiveItems.NEXT_CSRC, count));
        return IntStream.rangeClosed(last - count + 1, last)
                .mapToObj(Optional::of)
                .toList();
    }

    @Override
    public Seating seat(LiveMeeting seen, Optional<Participant> before, Participant seated) {
        return seats.take(seen, before, seated);
    }

    @Override
    public boolean move(String meetingId, Optional<Participant> before, Participant after) {
        Put person = LiveItems.changed(table, meetingId, before, after, clock.instant());
        if (after.seated() || before.filter(Participant::seated).isEmpty()) {
            return transactions.write(List.of(put(person))).written();
        }
        Update counter = Update.builder()
                .tableName(table)
                .key(LiveItems.key(meetingId, LiveRows.LIVE))
                .conditionExpression("joined >= :one")
                .updateExpression("SET joined = joined - :one")
                .expressionAttributeValues(Map.of(":one", Items.number(1)))
                .build();
        List<TransactWriteItem> writes = new ArrayList<>(List.of(update(counter), put(person)));
        find(meetingId).ifPresent(meeting -> writes.add(events.left(meeting, after)));
        return transactions.write(writes).written();
    }

    @Override
    public boolean change(LiveMeeting after) {
        List<TransactWriteItem> writes = new ArrayList<>(List.of(update(act(after, 0))));
        if (!after.active()) {
            writes.add(events.ended(after));
        }
        return transactions.write(writes).written();
    }

    @Override
    public boolean endIfEmpty(LiveMeeting after) {
        Update act = act(after, 0);
        Map<String, AttributeValue> values = new HashMap<>(act.expressionAttributeValues());
        values.put(":nobody", Items.number(0));
        Update ifEmpty = act.toBuilder()
                .conditionExpression(act.conditionExpression() + " AND joined = :nobody")
                .expressionAttributeValues(values)
                .build();
        return transactions.write(List.of(update(ifEmpty), events.ended(after))).written();
    }

    @Override
    public List<String> unsettled() {
        List<String> ids = new ArrayList<>();
        pages(LiveRows.UNSETTLED, "", item -> ids.add(Items.requiredText(item, LiveRows.ITEM)));
        return ids;
    }

    @Override
    public void settled(String meetingId) {
        TransactWriteItem isOver = TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(table)
                        .key(LiveItems.key(meetingId, LiveRows.LIVE))
                        .conditionExpression("attribute_not_exists(meeting_id) OR #status = :ended")
                        .expressionAttributeNames(Map.of("#status", LiveRows.STATUS))
                        .expressionAttributeValues(Map.of(":ended", Items.text(LiveRows.ENDED))))
                .build();
        TransactWriteItem settled = TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table).key(LiveItems.key(LiveRows.UNSETTLED, meetingId)))
                .build();
        transactions.write(List.of(isOver, settled));
    }

    @Override
    public void clear(LiveMeeting over) {
        for (Participant person : participants(over.meetingId())) {
            remove(Delete.builder()
                    .key(LiveItems.key(over.meetingId(), LiveRows.PARTICIPANT + person.participantId()))
                    .conditionExpression("revision = :revision AND csrc = :csrc")
                    .expressionAttributeValues(Map.of(
                            ":revision", Items.number(person.revision()), ":csrc", Items.number(person.csrc()))));
        }
        // While the meeting is over nobody opens others.
        remove(Delete.builder().key(LiveItems.key(over.meetingId(), LiveRows.BREAKOUTS)));
        remove(Delete.builder()
                .key(LiveItems.key(over.meetingId(), LiveRows.LIVE))
                .conditionExpression("#status = :ended AND acts = :acts")
                .expressionAttributeNames(Map.of("#status", LiveRows.STATUS))
                .expressionAttributeValues(
                        Map.of(":ended", Items.text(LiveRows.ENDED), ":acts", Items.number(over.acts()))));
    }

    /** Removes an item that is as it was seen; another one is somebody else's. */
    private void remove(Delete.Builder delete) {
        transactions.write(List.of(TransactWriteItem.builder()
                .delete(delete.tableName(table).build())
                .build()));
    }

    @Override
    public boolean change(LiveMeeting after, List<Change> people) {
        long freed = people.stream()
                .filter(change -> change.before().seated() && !change.after().seated())
                .count();
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(update(act(after, -Math.toIntExact(freed))));
        people.forEach(change -> writes.add(put(LiveItems.changed(
                table, after.meetingId(), Optional.of(change.before()), change.after(), clock.instant()))));
        people.stream()
                .filter(change -> change.before().seated() && !change.after().seated())
                .forEach(change -> writes.add(events.left(after, change.after())));
        return transactions.write(writes).written();
    }

    /** Writes everything an act can change, if nobody acted since the meeting was read. */
    private Update act(LiveMeeting after, int seats) {
        Map<String, AttributeValue> changeable = LiveItems.changeable(after);
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        changeable.forEach((name, value) -> {
            names.put("#" + name, name);
            values.put(":" + name, value);
        });
        values.put(":seen", Items.number(after.acts() - 1));
        String sets = changeable.keySet().stream()
                .sorted()
                .map(name -> "#" + name + " = :" + name)
                .collect(Collectors.joining(", ", "SET ", ""));
        if (seats != 0) {
            values.put(":seats", Items.number(seats));
            sets += ", joined = joined + :seats";
        }
        return Update.builder()
                .tableName(table)
                .key(LiveItems.key(after.meetingId(), LiveRows.LIVE))
                .conditionExpression("#acts = :seen")
                .updateExpression(sets)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    private Optional<Map<String, AttributeValue>> read(String meetingId, String item) {
        return reads.ask(meetingId, item);
    }

    /** Reads what many callers ask for of one meeting, each item once. */
    private List<Optional<Optional<Map<String, AttributeValue>>>> readAll(String meetingId, List<String> asked) {
        Set<String> items = new LinkedHashSet<>(asked);
        Map<String, Map<String, AttributeValue>> found =
                items.size() == 1 ? readOne(meetingId, asked.getFirst()) : readMany(meetingId, items);
        return asked.stream()
                .map(item -> Optional.of(Optional.ofNullable(found.get(item))))
                .toList();
    }

    private Map<String, Map<String, AttributeValue>> readOne(String meetingId, String item) {
        Map<String, AttributeValue> found = dynamo.call(client -> client.getItem(get ->
                        get.tableName(table).key(LiveItems.key(meetingId, item)).consistentRead(true)))
                .item();
        return found.isEmpty() ? Map.of() : Map.of(item, found);
    }

    /** The store may answer a part and leave the rest to be asked again. */
    private Map<String, Map<String, AttributeValue>> readMany(String meetingId, Set<String> items) {
        Map<String, Map<String, AttributeValue>> found = new HashMap<>();
        Map<String, KeysAndAttributes> open = Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(items.stream()
                                .map(item -> LiveItems.key(meetingId, item))
                                .toList())
                        .consistentRead(true)
                        .build());
        for (int round = 0; round < READ_ROUNDS; round++) {
            Map<String, KeysAndAttributes> rest = open;
            BatchGetItemResponse answer = dynamo.call(client -> client.batchGetItem(get -> get.requestItems(rest)));
            answer.responses()
                    .getOrDefault(table, List.of())
                    .forEach(item -> found.put(Items.requiredText(item, LiveRows.ITEM), item));
            open = answer.unprocessedKeys();
            if (open.isEmpty()) {
                return found;
            }
        }
        throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
    }

    private static TransactWriteItem update(Update update) {
        return TransactWriteItem.builder().update(update).build();
    }

    private static TransactWriteItem put(Put put) {
        return TransactWriteItem.builder().put(put).build();
    }
}
