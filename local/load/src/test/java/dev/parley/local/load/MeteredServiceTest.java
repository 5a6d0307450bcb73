package dev.parley.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Items;
import dev.parley.platform.dynamo.Tables;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What DynamoDB Local says a request consumed is what is counted. */
@Tag("component")
class MeteredServiceTest {
    private final Use use = new Use();
    private Stores stores;
    private MeteredService metered;
    private Dynamo dynamo;
    private String table;

    @BeforeEach
    void start() {
        stores = Stores.temporary();
        Map<String, String> values = new HashMap<>(stores.values());
        URI tables = URI.create(values.get("DYNAMODB_ENDPOINT"));
        metered = MeteredService.before(() -> tables, use);
        values.put("DYNAMODB_ENDPOINT", metered.endpoint().toString());
        dynamo = Dynamo.of(Settings.of(values));
        table = dynamo.name(Tables.EPHEMERAL);
    }

    @AfterEach
    void stop() {
        dynamo.close();
        metered.close();
        stores.close();
    }

    private static Map<String, AttributeValue> item(String key, int bytes) {
        return Map.of("key", Items.text(key), "value", Items.text("x".repeat(bytes)));
    }

    @Test
    void aWriteCountsByTheKilobyteAndAReadByFour() {
        dynamo.call(client -> client.putItem(put -> put.tableName(table).item(item("a", 2_500))));
        assertThat(use.sums()).containsEntry("dynamodb_writes", 3.0);

        dynamo.call(client -> client.getItem(
                get -> get.tableName(table).key(Map.of("key", Items.text("a"))).consistentRead(true)));
        dynamo.call(client -> client.getItem(get -> get.tableName(table).key(Map.of("key", Items.text("a")))));
        assertThat(use.sums()).containsEntry("dynamodb_reads", 1.5);
    }

    @Test
    void aTransactionCountsTwiceAndARefusedWriteOnce() {
        TransactWriteItem write = TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item("b", 10)))
                .build();
        dynamo.call(client -> client.transactWriteItems(transaction -> transaction.transactItems(write)));
        assertThat(use.sums()).containsEntry("dynamodb_writes", 2.0);

        assertThatThrownBy(() -> dynamo.call(client -> client.putItem(put -> put.tableName(table)
                        .item(item("b", 10))
                        .conditionExpression("attribute_not_exists(#key)")
                        .expressionAttributeNames(Map.of("#key", "key")))))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(use.sums()).containsEntry("dynamodb_writes", 3.0);
    }
}
