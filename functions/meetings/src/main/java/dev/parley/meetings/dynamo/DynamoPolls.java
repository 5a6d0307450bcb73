package dev.parley.meetings.dynamo;

import dev.parley.meetings.Ballot;
import dev.parley.meetings.Poll;
import dev.parley.meetings.Polls;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import dev.parley.platform.nodes.LiveRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Polls beside the live meeting: {@code Q#<poll>} is a poll, {@code V#<poll>#<user>} a vote, so that a second vote is the first one changed.
 * Hundreds vote at the same moment, so a vote touches no item but its own: it is written, and then it is seen whether the poll was
 * closed before. Whoever closes writes that first and counts second; a vote that came in between is counted although its voter was told
 * that the poll is closed, and none is lost whose voter was told that it counts.
 */
public final class DynamoPolls implements Polls {
    private static final String POLL = "Q#";
    private static final String VOTE = "V#";
    private static final Duration KEPT = Duration.ofDays(30);

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String table;

    public DynamoPolls(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.table = dynamo.name(Tables.LIVE_MEETINGS);
    }

    @Override
    public void add(Poll poll) {
        Map<String, AttributeValue> item = new HashMap<>(LiveItems.key(poll.meetingId(), POLL + poll.id()));
        item.put("poll_id", Items.text(poll.id()));
        item.put("question", Items.text(poll.question()));
        item.put("options", Items.texts(poll.options()));
        item.put("multiple", Items.flag(poll.multiple()));
        item.put("anonymous", Items.flag(poll.anonymous()));
        item.put("show_results", Items.flag(poll.showResults()));
        item.put("closed", Items.flag(poll.closed()));
        item.put("created_at", Items.number(poll.createdAt().toEpochMilli()));
        item.put(Tables.EXPIRES_AT, Items.expiry(clock.instant().plus(KEPT)));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
    }

    @Override
    public Optional<Poll> find(String meetingId, String pollId) {
        Map<String, AttributeValue> item = dynamo.call(client -> client.getItem(get -> get.tableName(table)
                        .key(LiveItems.key(meetingId, POLL + pollId))
                        .consistentRead(true)))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(poll(item));
    }

    @Override
    public List<Poll> of(String meetingId) {
        List<Poll> polls = new ArrayList<>();
        items(meetingId, POLL).forEach(item -> polls.add(poll(item)));
        polls.sort(Comparator.comparing(Poll::createdAt).thenComparing(Poll::id));
        return polls;
    }

    @Override
    public boolean vote(Poll poll, Ballot ballot) {
        Map<String, AttributeValue> item =
                new HashMap<>(LiveItems.key(poll.meetingId(), VOTE + poll.id() + "#" + ballot.userId()));
        item.put(LiveRows.USER_ID, Items.text(ballot.userId()));
        item.put(
                "choices",
                Items.texts(ballot.choices().stream().map(String::valueOf).toList()));
        item.put(Tables.EXPIRES_AT, Items.expiry(clock.instant().plus(KEPT)));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
        return find(poll.meetingId(), poll.id()).filter(now -> !now.closed()).isPresent();
    }

    @Override
    public void close(Poll poll) {
        try {
            dynamo.call(client -> client.updateItem(update -> update.tableName(table)
                    .key(LiveItems.key(poll.meetingId(), POLL + poll.id()))
                    .conditionExpression("attribute_exists(meeting_id)")
                    .updateExpression("SET closed = :yes")
                    .expressionAttributeValues(Map.of(":yes", Items.flag(true)))));
        } catch (ConditionalCheckFailedException e) {
            // It is gone, and nobody votes in it.
            return;
        }
    }

    @Override
    public List<Ballot> ballots(String meetingId, String pollId) {
        List<Ballot> ballots = new ArrayList<>();
        for (Map<String, AttributeValue> item : items(meetingId, VOTE + pollId + "#")) {
            ballots.add(new Ballot(
                    Items.requiredText(item, LiveRows.USER_ID),
                    Items.texts(item, "choices").stream().map(Integer::valueOf).toList()));
        }
        return ballots;
    }

    private List<Map<String, AttributeValue>> items(String meetingId, String prefix) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, AttributeValue> from = Map.of();
        do {
            Map<String, AttributeValue> start = from;
            var page = dynamo.call(client -> client.query(query -> query.tableName(table)
                    .keyConditionExpression("meeting_id = :meeting AND begins_with(#item, :prefix)")
                    .expressionAttributeNames(Map.of("#item", LiveRows.ITEM))
                    .expressionAttributeValues(Map.of(":meeting", Items.text(meetingId), ":prefix", Items.text(prefix)))
                    .exclusiveStartKey(start.isEmpty() ? null : start)
                    .consistentRead(true)));
            items.addAll(page.items());
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
        return items;
    }

    private static Poll poll(Map<String, AttributeValue> item) {
        return new Poll(
                Items.requiredText(item, "poll_id"),
                Items.requiredText(item, LiveRows.MEETING_ID),
                Items.requiredText(item, "question"),
                Items.texts(item, "options"),
                Items.flag(item, "multiple"),
                Items.flag(item, "anonymous"),
                Items.flag(item, "show_results"),
                Items.flag(item, "closed"),
                Instant.ofEpochMilli(Items.number(item, "created_at", 0)));
    }
}
