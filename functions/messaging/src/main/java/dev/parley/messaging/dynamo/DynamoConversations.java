package dev.parley.messaging.dynamo;

import static dev.parley.messaging.dynamo.ConversationItems.CONVERSATION_ID;
import static dev.parley.messaging.dynamo.ConversationItems.HEAD;
import static dev.parley.messaging.dynamo.ConversationItems.ITEM;
import static dev.parley.messaging.dynamo.ConversationItems.LARGEST;
import static dev.parley.messaging.dynamo.ConversationItems.digits;

import dev.parley.messaging.Change;
import dev.parley.messaging.Commit;
import dev.parley.messaging.Conversation;
import dev.parley.messaging.Conversations;
import dev.parley.messaging.Member;
import dev.parley.messaging.Message;
import dev.parley.messaging.SendKey;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Conversations in the tables Conversations, Stream and Changes. One change is one transaction: the conversation's head moves on if its
 * last change is the one that was read, and what happened, the message, its sender's name for it and the people are written with it. The
 * head is what all of a conversation's changes meet on, so that nothing else of them needs a condition.
 */
public final class DynamoConversations implements Conversations {
    /** Reasons that stay, however often it is tried: all others are other people's transactions, or too many of them. */
    private static final Set<String> LASTING =
            Set.of("ValidationError", "ItemCollectionSizeLimitExceeded", "DuplicateItem");

    /** As many items as a transaction may have. */
    private static final int TOGETHER = 100;

    private final Dynamo dynamo;
    private final InstantSource clock;
    private final String conversations;
    private final String stream;
    private final String changes;
    private final Batches conversationItems;
    private final Batches streamItems;

    public DynamoConversations(Dynamo dynamo, InstantSource clock) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.clock = Objects.requireNonNull(clock);
        this.conversations = dynamo.name(Tables.CONVERSATIONS);
        this.stream = dynamo.name(Tables.STREAM);
        this.changes = dynamo.name(Tables.CHANGES);
        this.conversationItems = new Batches(dynamo, conversations);
        this.streamItems = new Batches(dynamo, stream);
    }

    @Override
    public Optional<Conversation> find(String id) {
        return item(conversations, ConversationItems.head(id)).map(ConversationItems::conversation);
    }

    @Override
    public Optional<Roster> roster(String id) {
        Map<String, Member> members = new LinkedHashMap<>();
        List<Conversation> heads = new ArrayList<>();
        QueryRequest query = QueryRequest.builder()
                .tableName(conversations)
                .keyConditionExpression("conversation_id = :id")
                .expressionAttributeValues(Map.of(":id", Items.text(id)))
                .consistentRead(true)
                .build();
        for (Map<String, AttributeValue> item : all(query)) {
            if (HEAD.equals(Items.requiredText(item, ITEM))) {
                heads.add(ConversationItems.conversation(item));
            } else {
                Member member = ConversationItems.member(item);
                members.put(member.userId(), member);
            }
        }
        return heads.stream().findFirst().map(head -> new Roster(head, members));
    }

    @Override
    public Optional<Member> member(String id, String userId) {
        return item(conversations, ConversationItems.member(id, userId)).map(ConversationItems::member);
    }

    @Override
    public List<String> ofUser(String userId) {
        return dynamo.indexed(Tables.CONVERSATIONS, userId).stream()
                .map(item -> Items.requiredText(item, CONVERSATION_ID))
                .toList();
    }

    @Override
    public List<Held> held(String userId, Collection<String> ids) {
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        for (String id : ids) {
            keys.add(ConversationItems.head(id));
            keys.add(ConversationItems.member(id, userId));
        }
        Map<String, Conversation> heads = new HashMap<>();
        Map<String, Member> members = new HashMap<>();
        for (Map<String, AttributeValue> item : conversationItems.read(keys)) {
            String id = Items.requiredText(item, CONVERSATION_ID);
            if (HEAD.equals(Items.requiredText(item, ITEM))) {
                heads.put(id, ConversationItems.conversation(item));
            } else {
                members.put(id, ConversationItems.member(item));
            }
        }
        return ids.stream()
                .filter(id -> heads.containsKey(id) && members.containsKey(id))
                .map(id -> new Held(heads.get(id), members.get(id)))
                .toList();
    }

    @Override
    public Commit.Outcome commit(Commit commit) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(put(head(commit)));
        writes.add(put(fresh(changes, ConversationItems.of(commit.change()), "subject")));
        commit.key()
                .ifPresent(key -> writes.add(put(fresh(
                        stream,
                        ConversationItems.of(commit.before().id(), key, clock.instant()),
                        ConversationItems.STREAM))));
        commit.message()
                .ifPresent(message -> writes.add(put(Put.builder()
                        .tableName(stream)
                        .item(ConversationItems.of(message))
                        .build())));
        commit.put()
                .forEach(member -> writes.add(put(Put.builder()
                        .tableName(conversations)
                        .item(ConversationItems.of(member))
                        .build())));
        commit.removed()
                .forEach(userId -> writes.add(TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(conversations)
                                .key(ConversationItems.member(commit.before().id(), userId)))
                        .build()));
        try {
            dynamo.call(client -> client.transactWriteItems(transaction -> transaction.transactItems(writes)));
            return new Commit.Outcome.Written();
        } catch (TransactionCanceledException e) {
            return refused(commit, e);
        }
    }

    private Put head(Commit commit) {
        Put.Builder put = Put.builder().tableName(conversations).item(ConversationItems.of(commit.after()));
        return commit.before().lastChange() == 0
                ? put.conditionExpression("attribute_not_exists(conversation_id)")
                        .build()
                : put.conditionExpression("last_change = :seen")
                        .expressionAttributeValues(
                                Map.of(":seen", Items.number(commit.before().lastChange())))
                        .build();
    }

    /** An item that must be new; of one that is there, it is told what it is. */
    private static Put fresh(String table, Map<String, AttributeValue> item, String key) {
        return Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(#key)")
                .expressionAttributeNames(Map.of("#key", key))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private static Commit.Outcome refused(Commit commit, TransactionCanceledException refusal) {
        List<CancellationReason> reasons = refusal.cancellationReasons();
        if (commit.key().isPresent()
                && reasons.size() > 2
                && "ConditionalCheckFailed".equals(reasons.get(2).code())
                && reasons.get(2).hasItem()) {
            SendKey wanted = commit.key().get();
            return new Commit.Outcome.Repeated(
                    ConversationItems.earlier(wanted, reasons.get(2).item()));
        }
        if (reasons.stream().anyMatch(reason -> LASTING.contains(String.valueOf(reason.code())))) {
            throw refusal;
        }
        return new Commit.Outcome.Conflict();
    }

    @Override
    public void admit(Collection<Member> members) {
        Map<Map<String, AttributeValue>, Member> byKey = new LinkedHashMap<>();
        members.forEach(
                member -> byKey.put(ConversationItems.member(member.conversationId(), member.userId()), member));
        if (byKey.size() > 1) {
            // To read whether somebody is noted costs a half of writing what is there already.
            conversationItems
                    .read(List.copyOf(byKey.keySet()))
                    .forEach(item -> byKey.remove(ConversationItems.member(
                            Items.requiredText(item, CONVERSATION_ID),
                            ConversationItems.member(item).userId())));
        }
        List<Member> fresh = List.copyOf(byKey.values());
        for (int from = 0; from < fresh.size(); from += TOGETHER) {
            admitTogether(fresh.subList(from, Math.min(fresh.size(), from + TOGETHER)));
        }
    }

    /** All of them by one request; when somebody was noted meanwhile, one by one. */
    private void admitTogether(List<Member> fresh) {
        List<TransactWriteItem> puts = fresh.stream()
                .map(member -> put(Put.builder()
                        .tableName(conversations)
                        .item(ConversationItems.of(member))
                        .conditionExpression("attribute_not_exists(conversation_id)")
                        .build()))
                .toList();
        try {
            if (puts.size() > 1) {
                dynamo.call(client -> client.transactWriteItems(transaction -> transaction.transactItems(puts)));
                return;
            }
        } catch (TransactionCanceledException e) {
            if (e.cancellationReasons().stream().anyMatch(reason -> LASTING.contains(String.valueOf(reason.code())))) {
                throw e;
            }
        }
        fresh.forEach(this::admit);
    }

    private void admit(Member member) {
        try {
            dynamo.call(client -> client.putItem(put -> put.tableName(conversations)
                    .item(ConversationItems.of(member))
                    .conditionExpression("attribute_not_exists(conversation_id)")));
        } catch (ConditionalCheckFailedException e) {
            // They are noted already.
            return;
        }
    }

    @Override
    public void bar(String id, String userId) {
        try {
            dynamo.call(client -> client.updateItem(update -> update.tableName(conversations)
                    .key(ConversationItems.member(id, userId))
                    .updateExpression("SET barred = :yes")
                    .conditionExpression("attribute_exists(conversation_id)")
                    .expressionAttributeValues(Map.of(":yes", Items.flag(true)))));
        } catch (ConditionalCheckFailedException e) {
            // They never took part: there is nothing to read that they could.
            return;
        }
    }

    @Override
    public Optional<Member> mark(String id, String userId, long deliveredSeq, long readSeq) {
        raise(id, userId, ConversationItems.DELIVERED, deliveredSeq);
        raise(id, userId, ConversationItems.READ, readSeq);
        return member(id, userId);
    }

    private void raise(String id, String userId, String mark, long seq) {
        try {
            dynamo.call(client -> client.updateItem(update -> update.tableName(conversations)
                    .key(ConversationItems.member(id, userId))
                    .updateExpression("SET #mark = :seq")
                    .conditionExpression("#mark < :seq")
                    .expressionAttributeNames(Map.of("#mark", mark))
                    .expressionAttributeValues(Map.of(":seq", Items.number(seq)))
                    .returnValues(ReturnValue.NONE)));
        } catch (ConditionalCheckFailedException e) {
            // It is as high already, or they are not in it.
            return;
        }
    }

    @Override
    public Optional<Message> message(String id, long seq) {
        return seq < 1
                ? Optional.empty()
                : item(stream, ConversationItems.message(id, seq)).map(ConversationItems::message);
    }

    @Override
    public Map<Long, Message> messages(String id, Collection<Long> seqs) {
        return streamItems
                .read(seqs.stream()
                        .distinct()
                        .map(seq -> ConversationItems.message(id, seq))
                        .toList())
                .stream()
                .map(ConversationItems::message)
                .collect(Collectors.toMap(Message::seq, Function.identity()));
    }

    @Override
    public List<Message> after(String id, long afterSeq, int limit) {
        return range(id, digits(afterSeq + 1), LARGEST, true, limit);
    }

    @Override
    public List<Message> before(String id, long beforeSeq, int limit) {
        return beforeSeq <= 1 ? List.of() : range(id, digits(1), digits(beforeSeq - 1), false, limit);
    }

    private List<Message> range(String id, String low, String high, boolean forward, int limit) {
        QueryRequest query = QueryRequest.builder()
                .tableName(stream)
                .keyConditionExpression("#stream = :stream AND seq BETWEEN :low AND :high")
                .expressionAttributeNames(Map.of("#stream", ConversationItems.STREAM))
                .expressionAttributeValues(Map.of(
                        ":stream", ConversationItems.stream(id), ":low", Items.text(low), ":high", Items.text(high)))
                .scanIndexForward(forward)
                .consistentRead(true)
                .build();
        return most(query, limit).stream().map(ConversationItems::message).toList();
    }

    @Override
    public List<Change> changes(String id, long after, int limit) {
        QueryRequest query = QueryRequest.builder()
                .tableName(changes)
                .keyConditionExpression("subject = :id AND #id > :after")
                .filterExpression("expires_at > :now")
                .expressionAttributeNames(Map.of("#id", ConversationItems.ID))
                .expressionAttributeValues(Map.of(
                        ":id", Items.text(id),
                        ":after", Items.text(digits(after)),
                        ":now", Items.number(clock.instant().getEpochSecond())))
                .consistentRead(true)
                .build();
        return most(query, limit).stream().map(ConversationItems::change).toList();
    }

    @Override
    public Unread unread(String id, String userId, long readSeq, int most) {
        QueryRequest query = QueryRequest.builder()
                .tableName(stream)
                .keyConditionExpression("#stream = :stream AND seq BETWEEN :low AND :high")
                .filterExpression("author <> :user AND attribute_not_exists(recalled_at)")
                .projectionExpression("seq, mentions")
                .expressionAttributeNames(Map.of("#stream", ConversationItems.STREAM))
                .expressionAttributeValues(Map.of(
                        ":stream", ConversationItems.stream(id),
                        ":low", Items.text(digits(readSeq + 1)),
                        ":high", Items.text(LARGEST),
                        ":user", Items.text(userId)))
                .consistentRead(true)
                .build();
        List<Map<String, AttributeValue>> found = most(query, most);
        long mentions = found.stream()
                .filter(item -> Items.texts(item, ConversationItems.MENTIONS).contains(userId))
                .count();
        return new Unread(found.size(), mentions);
    }

    private Optional<Map<String, AttributeValue>> item(String table, Map<String, AttributeValue> key) {
        return Optional.of(dynamo.call(client -> client.getItem(
                                get -> get.tableName(table).key(key).consistentRead(true)))
                        .item())
                .filter(item -> !item.isEmpty());
    }

    private List<Map<String, AttributeValue>> all(QueryRequest query) {
        return most(query, Integer.MAX_VALUE);
    }

    /** The first items of a query that there are, page by page. */
    private List<Map<String, AttributeValue>> most(QueryRequest query, int limit) {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        Map<String, AttributeValue> from = Map.of();
        do {
            QueryRequest.Builder page = query.toBuilder();
            if (!from.isEmpty()) {
                page.exclusiveStartKey(from);
            }
            if (limit < Integer.MAX_VALUE) {
                page.limit(Math.max(1, limit - found.size()));
            }
            QueryRequest asked = page.build();
            QueryResponse answer = dynamo.call(client -> client.query(asked));
            found.addAll(answer.items());
            from = answer.lastEvaluatedKey();
        } while (!from.isEmpty() && found.size() < limit);
        return found;
    }

    private static TransactWriteItem put(Put put) {
        return TransactWriteItem.builder().put(put).build();
    }
}
