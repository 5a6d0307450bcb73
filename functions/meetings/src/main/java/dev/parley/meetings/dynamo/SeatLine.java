package dev.parley.meetings.dynamo;

import dev.parley.kernel.Together;
import dev.parley.meetings.LiveMeeting;
import dev.parley.meetings.LiveMeetings.Seating;
import dev.parley.meetings.Participant;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.nodes.LiveRows;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Where people of one process stand in line for seats. Who asks while a transaction is on its way is seated by the next one, all of them
 * together: the meeting's counter rises by as many if the meeting goes on, nobody acted since it was read and so many seats are free; and
 * each person, with what is told of them, is written if they are as they were read. So a storm of N joins is N/{@value #AT_ONCE}
 * transactions on the meeting's item in place of N that cancel each other.
 */
final class SeatLine {
    /** Two items a person and the counter: a transaction has a hundred at most. */
    private static final int AT_ONCE = 49;

    private static final String SEATS_ARE_FREE = "#status = :active AND acts = :acts AND joined <= :most";

    private final String table;
    private final Transactions transactions;
    private final MeetingEvents events;
    private final InstantSource clock;
    private final Together<String, Ask, Seating> line = new Together<>(AT_ONCE, (meetingId, asked) -> seat(asked));

    SeatLine(String table, Transactions transactions, MeetingEvents events, InstantSource clock) {
        this.table = table;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    private record Ask(LiveMeeting seen, Optional<Participant> before, Participant seated) {}

    /** Gives a seat, as {@link dev.parley.meetings.LiveMeetings#seat} says. */
    Seating take(LiveMeeting seen, Optional<Participant> before, Participant seated) {
        return line.ask(seen.meetingId(), new Ask(seen, before, seated));
    }

    /** Seats those who saw the meeting as the first did; the others, and who is named twice, come with the next transaction. */
    private List<Optional<Seating>> seat(List<Ask> asked) {
        List<Optional<Seating>> answers = new ArrayList<>(Collections.nCopies(asked.size(), Optional.empty()));
        List<Integer> together = alike(asked);
        while (!together.isEmpty()) {
            List<Ask> some = together.stream().map(asked::get).toList();
            Transactions.Result result = transactions.write(writes(some));
            if (result.written()) {
                together.forEach(i -> answers.set(i, Optional.of(Seating.SEATED)));
                return answers;
            }
            if (result.failed().getFirst().item() == 0) {
                int free =
                        free(some.getFirst().seen(), result.failed().getFirst().present());
                if (free == 0 || free >= some.size()) {
                    Seating refusal = free == 0 ? Seating.FULL : Seating.CHANGED;
                    together.forEach(i -> answers.set(i, Optional.of(refusal)));
                    return answers;
                }
                // Who comes after those is told that it is full when these have their seats, and not before.
                together = together.subList(0, free);
                continue;
            }
            Set<Integer> changed = new HashSet<>();
            result.failed().forEach(failed -> changed.add((failed.item() - 1) / 2));
            List<Integer> members = together;
            changed.forEach(place -> answers.set(members.get(place), Optional.of(Seating.CHANGED)));
            together = IntStream.range(0, members.size())
                    .filter(place -> !changed.contains(place))
                    .mapToObj(members::get)
                    .toList();
        }
        return answers;
    }

    /** Places of those who saw the same as the first; of one person the first alone, for a transaction writes an item once. */
    private static List<Integer> alike(List<Ask> asked) {
        Set<String> people = new HashSet<>();
        return IntStream.range(0, asked.size())
                .filter(i ->
                        asked.get(i).seen().acts() == asked.getFirst().seen().acts())
                .filter(i -> people.add(asked.get(i).seated().participantId()))
                .boxed()
                .toList();
    }

    private List<TransactWriteItem> writes(List<Ask> some) {
        LiveMeeting seen = some.getFirst().seen();
        Update counter = Update.builder()
                .tableName(table)
                .key(LiveItems.key(seen.meetingId(), LiveRows.LIVE))
                .conditionExpression(SEATS_ARE_FREE)
                .updateExpression("SET joined = joined + :seats")
                .expressionAttributeNames(Map.of("#status", LiveRows.STATUS))
                .expressionAttributeValues(Map.of(
                        ":active", Items.text(LiveRows.ACTIVE),
                        ":acts", Items.number(seen.acts()),
                        ":seats", Items.number(some.size()),
                        ":most", Items.number(seen.maxParticipants() - some.size())))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().update(counter).build());
        for (Ask ask : some) {
            writes.add(TransactWriteItem.builder()
                    .put(LiveItems.changed(table, ask.seen().meetingId(), ask.before(), ask.seated(), clock.instant()))
                    .build());
            writes.add(events.joined(ask.seen(), ask.seated()));
        }
        return writes;
    }

    /** Seats that are free; as many as there are when it is something else that has changed. */
    private static int free(LiveMeeting seen, Map<String, AttributeValue> present) {
        if (Items.number(present, LiveItems.ACTS, -1) != seen.acts()) {
            return Integer.MAX_VALUE;
        }
        return Math.toIntExact(Math.max(0, seen.maxParticipants() - Items.number(present, LiveItems.JOINED, 0)));
    }
}
