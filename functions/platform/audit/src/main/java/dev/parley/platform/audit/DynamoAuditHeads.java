package dev.parley.platform.audit;

import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Heads in the AuditHeads table, one item each. The functions' roles let them add and read items there, not delete or update them. */
public final class DynamoAuditHeads implements AuditHeads {
    private static final String CHAIN = "main";
    private static final String CHAIN_KEY = Tables.AUDIT_HEADS.partitionKey();
    private static final String SEQ = Tables.AUDIT_HEADS.sortKey().orElseThrow();
    private static final String HASH = "hash";

    private final Dynamo dynamo;
    private final String table;

    public DynamoAuditHeads(Dynamo dynamo) {
        this.dynamo = Objects.requireNonNull(dynamo);
        this.table = dynamo.name(Tables.AUDIT_HEADS);
    }

    @Override
    public boolean keep(AuditHead head) {
        Map<String, AttributeValue> item =
                Map.of(CHAIN_KEY, Items.text(CHAIN), SEQ, Items.text(key(head.seq())), HASH, Items.text(head.hash()));
        try {
            // A second writing of the same head is one whose answer was lost.
            dynamo.call(client -> client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(#hash) OR #hash = :hash")
                    .expressionAttributeNames(Map.of("#hash", HASH))
                    .expressionAttributeValues(Map.of(":hash", Items.text(head.hash())))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public List<AuditHead> between(long from, long to) {
        return dynamo.call(client -> client
                .queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("#chain = :chain AND #seq BETWEEN :from AND :to")
                        .expressionAttributeNames(Map.of("#chain", CHAIN_KEY, "#seq", SEQ))
                        .expressionAttributeValues(Map.of(
                                ":chain", Items.text(CHAIN),
                                ":from", Items.text(key(from)),
                                ":to", Items.text(key(to))))
                        .consistentRead(true))
                .items()
                .stream()
                .map(DynamoAuditHeads::head)
                .toList());
    }

    @Override
    public Optional<AuditHead> last() {
        return dynamo
                .call(client -> client.query(query -> query.tableName(table)
                        .keyConditionExpression("#chain = :chain")
                        .expressionAttributeNames(Map.of("#chain", CHAIN_KEY))
                        .expressionAttributeValues(Map.of(":chain", Items.text(CHAIN)))
                        .scanIndexForward(false)
                        .limit(1)
                        .consistentRead(true)))
                .items()
                .stream()
                .findFirst()
                .map(DynamoAuditHeads::head);
    }

    private static AuditHead head(Map<String, AttributeValue> item) {
        return new AuditHead(Long.parseLong(Items.requiredText(item, SEQ)), Items.requiredText(item, HASH));
    }

    /** Numbers as texts that sort as the numbers do. */
    private static String key(long seq) {
        return String.format(Locale.ROOT, "%019d", seq);
    }
}
