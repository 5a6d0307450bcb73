package dev.parley.notifications.dynamo;

import dev.parley.kernel.Errors;
import dev.parley.notifications.Talks;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** What messaging keeps in Conversations and Stream. */
public final class DynamoTalks implements Talks {
    private static final String CONVERSATION_ID = Tables.CONVERSATIONS.partitionKey();
    private static final String ITEM = "item";
    private static final String HEAD = "HEAD";
    private static final String MEMBER = "M#";
    private static final int AT_ONCE = 100;
    private static final int ROUNDS = 8;

    private final Dynamo dynamo;
    private final String conversations;
    private final String stream;

    public DynamoTalks(Dynamo dynamo) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.conversations = dynamo.name(Tables.CONVERSATIONS);
        this.stream = dynamo.name(Tables.STREAM);
    }

    @Override
    public Optional<Said> said(String conversationId, long seq) {
        Map<String, AttributeValue> message = dynamo.call(client -> client.getItem(get -> get.tableName(stream)
                        .key(Map.of(
                                "stream", Items.text("CONV#" + conversationId),
                                "seq", Items.text("%012d".formatted(seq))))
                        .consistentRead(true)))
                .item();
        if (message.isEmpty() || message.containsKey("recalled_at")) {
            return Optional.empty();
        }
        Map<String, AttributeValue> head = dynamo.call(client -> client.getItem(get -> get.tableName(conversations)
                        .key(key(conversationId, HEAD))
                        .consistentRead(true)))
                .item();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Said(
                Items.requiredText(head, "kind"),
                Items.text(head, "title").orElse(""),
                Items.requiredText(message, "author"),
                Items.texts(message, "mentions")));
    }

    @Override
    public List<String> members(String conversationId) {
        return dynamo.call(client -> client
                .queryPaginator(query -> query.tableName(conversations)
                        .keyConditionExpression("conversation_id = :id AND begins_with(#item, :member)")
                        .expressionAttributeNames(Map.of("#item", ITEM))
                        .expressionAttributeValues(
                                Map.of(":id", Items.text(conversationId), ":member", Items.text(MEMBER)))
                        .consistentRead(true))
                .items()
                .stream()
                .map(item -> Items.requiredText(item, "user_id"))
                .toList());
    }

    @Override
    public Map<String, Long> read(String conversationId, List<String> userIds) {
        Map<String, Long> marks = new HashMap<>();
        members(userIds.stream().map(user -> key(conversationId, MEMBER + user)).toList())
                .forEach(item -> marks.put(Items.requiredText(item, "user_id"), Items.number(item, "read_seq", 0)));
        return marks;
    }

    @Override
    public Map<String, Long> read(List<String> conversationIds, String userId) {
        Map<String, Long> marks = new HashMap<>();
        members(conversationIds.stream().map(id -> key(id, MEMBER + userId)).toList())
                .forEach(item ->
                        marks.put(Items.requiredText(item, CONVERSATION_ID), Items.number(item, "read_seq", 0)));
        return marks;
    }

    /** Those of them that are there, without whoever was removed from a meeting. */
    private List<Map<String, AttributeValue>> members(List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            found.addAll(batch(keys.subList(from, Math.min(keys.size(), from + AT_ONCE))));
        }
        return found.stream().filter(item -> !Items.flag(item, "barred")).toList();
    }

    /** The store may answer a part and leave the rest to be asked again. */
    private List<Map<String, AttributeValue>> batch(List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, KeysAndAttributes> open = Map.of(
                conversations,
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, KeysAndAttributes> asked = open;
            BatchGetItemResponse answer = dynamo.call(client -> client.batchGetItem(get -> get.requestItems(asked)));
            items.addAll(answer.responses().getOrDefault(conversations, List.of()));
            open = answer.unprocessedKeys();
            if (open.isEmpty()) {
                return items;
            }
        }
        throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
    }

    private static Map<String, AttributeValue> key(String conversationId, String item) {
        return Map.of(CONVERSATION_ID, Items.text(conversationId), ITEM, Items.text(item));
    }
}
