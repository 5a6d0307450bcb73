package dev.parley.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.platform.dynamo.nearby.NearbyTables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Whatever changes a table is seen by the next request. */
@Tag("component")
class KnownTablesTest {
    private static final String TABLE = "things";

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement hash(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }

    private static void create(DynamoDbClient tables, String key) {
        tables.createTable(table -> table.tableName(TABLE)
                .attributeDefinitions(text(key))
                .keySchema(hash(key))
                .billingMode(BillingMode.PAY_PER_REQUEST));
    }

    private static void put(DynamoDbClient tables, String key) {
        tables.putItem(put -> put.tableName(TABLE)
                .item(Map.of(key, AttributeValue.fromS("one"), "colour", AttributeValue.fromS("red"))));
    }

    private static int ofColour(DynamoDbClient tables) {
        return tables.query(query -> query.tableName(TABLE)
                        .indexName("by-colour")
                        .keyConditionExpression("colour = :red")
                        .expressionAttributeValues(Map.of(":red", AttributeValue.fromS("red"))))
                .count();
    }

    private static void walk(Optional<Path> folder) {
        try (EmbeddedTables embedded = EmbeddedTables.start(folder, 0, TableChaos.NONE)) {
            DynamoDbClient tables = NearbyTables.at(embedded.endpoint()).orElseThrow();
            assertThatThrownBy(() -> put(tables, "id")).isInstanceOf(ResourceNotFoundException.class);
            create(tables, "id");
            put(tables, "id");
            assertThatThrownBy(() -> ofColour(tables)).isInstanceOf(DynamoDbException.class);

            var byColour = GlobalSecondaryIndexUpdate.builder()
                    .create(index -> index.indexName("by-colour")
                            .keySchema(hash("colour"))
                            .projection(all -> all.projectionType(ProjectionType.ALL)))
                    .build();
            tables.updateTable(update -> update.tableName(TABLE)
                    .attributeDefinitions(text("id"), text("colour"))
                    .globalSecondaryIndexUpdates(byColour));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> tables.describeTable(table -> table.tableName(TABLE))
                                    .table()
                                    .globalSecondaryIndexes()
                                    .getFirst()
                                    .indexStatus()
                            == IndexStatus.ACTIVE);
            assertThat(ofColour(tables)).isEqualTo(1);

            tables.updateTable(update -> update.tableName(TABLE)
                    .streamSpecification(
                            stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
            assertThat(tables.describeTable(table -> table.tableName(TABLE))
                            .table()
                            .latestStreamArn())
                    .isNotBlank();

            tables.updateTimeToLive(update -> update.tableName(TABLE)
                    .timeToLiveSpecification(
                            expiry -> expiry.attributeName("at").enabled(true)));
            assertThat(tables.describeTimeToLive(table -> table.tableName(TABLE))
                            .timeToLiveDescription()
                            .timeToLiveStatus())
                    .isEqualTo(TimeToLiveStatus.ENABLED);

            tables.deleteTable(table -> table.tableName(TABLE));
            assertThatThrownBy(() -> put(tables, "id")).isInstanceOf(ResourceNotFoundException.class);
            create(tables, "name");
            put(tables, "name");
            assertThat(tables.getItem(get -> get.tableName(TABLE).key(Map.of("name", AttributeValue.fromS("one"))))
                            .item())
                    .containsKey("colour");
            assertThatThrownBy(() -> put(tables, "id")).isInstanceOf(DynamoDbException.class);
        }
    }

    @Test
    void aChangeOfATableInMemoryIsSeenByTheNextRequest() {
        walk(Optional.empty());
    }

    @Test
    void aChangeOfATableInAFileIsSeenByTheNextRequestAndKept(@TempDir Path folder) {
        walk(Optional.of(folder));
        try (EmbeddedTables embedded = EmbeddedTables.start(Optional.of(folder), 0, TableChaos.NONE)) {
            DynamoDbClient tables = NearbyTables.at(embedded.endpoint()).orElseThrow();
            assertThat(tables.scan(scan -> scan.tableName(TABLE)).count()).isEqualTo(1);
        }
    }
}
