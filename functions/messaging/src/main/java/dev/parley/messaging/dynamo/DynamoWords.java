package dev.parley.messaging.dynamo;

import dev.parley.messaging.Words;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The Words table: under a conversation an item {@code <word>#<number>} for each word of each message, and {@code #<number>} with all of a
 * message's words, so that they are found again when it says something else. That one is written first and corrected last: who dies in
 * between leaves nothing that is not found again.
 */
public final class DynamoWords implements Words {
    private static final String CONVERSATION_ID = Tables.WORDS.partitionKey();
    private static final String WORD = "word";
    private static final String WORDS = "words";

    private final Dynamo dynamo;
    private final String table;
    private final Batches items;

    public DynamoWords(Dynamo dynamo) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.WORDS);
        this.items = new Batches(dynamo, table);
    }

    @Override
    public void index(String conversationId, long seq, Set<String> words) {
        Set<String> before = new HashSet<>(listed(conversationId, seq));
        if (before.equals(words)) {
            return;
        }
        Set<String> either = new LinkedHashSet<>(before);
        either.addAll(words);
        list(conversationId, seq, either);
        List<WriteRequest> writes = new ArrayList<>();
        for (String word : either) {
            Map<String, AttributeValue> key = key(conversationId, word, seq);
            if (!words.contains(word)) {
                writes.add(WriteRequest.builder()
                        .deleteRequest(delete -> delete.key(key))
                        .build());
            } else {
                writes.add(
                        WriteRequest.builder().putRequest(put -> put.item(key)).build());
            }
        }
        items.write(writes);
        list(conversationId, seq, words);
    }

    private List<String> listed(String conversationId, long seq) {
        return Items.texts(
                dynamo.call(client -> client.getItem(get -> get.tableName(table)
                                .key(key(conversationId, "", seq))
                                .consistentRead(true)))
                        .item(),
                WORDS);
    }

    private void list(String conversationId, long seq, Set<String> words) {
        Map<String, AttributeValue> key = key(conversationId, "", seq);
        if (words.isEmpty()) {
            dynamo.call(client ->
                    client.deleteItem(delete -> delete.tableName(table).key(key)));
            return;
        }
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put(WORDS, Items.texts(List.copyOf(words)));
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item)));
    }

    @Override
    public List<Long> find(String conversationId, String word, boolean whole, int limit) {
        QueryResponse found = dynamo.call(client -> client.query(query -> query.tableName(table)
                .keyConditionExpression("conversation_id = :id AND begins_with(word, :word)")
                .expressionAttributeValues(
                        Map.of(":id", Items.text(conversationId), ":word", Items.text(whole ? word + "#" : word)))
                .projectionExpression(WORD)
                .scanIndexForward(false)
                .limit(limit)));
        return found.items().stream()
                .map(item -> Items.requiredText(item, WORD))
                .map(text -> Long.parseLong(text.substring(text.lastIndexOf('#') + 1)))
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static Map<String, AttributeValue> key(String conversationId, String word, long seq) {
        return Map.of(
                CONVERSATION_ID,
                Items.text(conversationId),
                WORD,
                Items.text(word + "#" + ConversationItems.digits(seq)));
    }
}
