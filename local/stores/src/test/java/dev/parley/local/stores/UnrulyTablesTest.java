package dev.parley.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** What AWS's client makes of the faults: the exceptions that it makes of DynamoDB's own. */
@Tag("component")
class UnrulyTablesTest {
    private static DynamoDbClient client(EmbeddedTables tables) {
        return DynamoDbClient.builder()
                .endpointOverride(tables.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .overrideConfiguration(override -> override.retryStrategy(
                        StandardRetryStrategy.builder().maxAttempts(1).build()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static final Map<String, AttributeValue> ITEM = Map.of("key", AttributeValue.fromS("a"));

    @Test
    void aConflictIsRefusedAsDynamoDbRefusesOneAndNothingIsDone() {
        try (EmbeddedTables tables = EmbeddedTables.start(Optional.empty(), 0, TableChaos.parse("conflict"));
                DynamoDbClient client = client(tables)) {
            assertThatThrownBy(() -> client.putItem(put -> put.tableName("none").item(ITEM)))
                    .isInstanceOf(TransactionConflictException.class);
            assertThatThrownBy(() ->
                            client.transactWriteItems(write -> write.transactItems(List.of(TransactWriteItem.builder()
                                    .put(Put.builder()
                                            .tableName("none")
                                            .item(ITEM)
                                            .build())
                                    .build()))))
                    .isInstanceOfSatisfying(
                            TransactionCanceledException.class,
                            e -> assertThat(e.cancellationReasons().getFirst().code())
                                    .isEqualTo("TransactionConflict"));
            assertThat(client.listTables().tableNames()).isEmpty();
        }
    }

    @Test
    void oneTooManyIsRefusedAsDynamoDbRefusesIt() {
        try (EmbeddedTables tables = EmbeddedTables.start(Optional.empty(), 0, TableChaos.parse("throttle=1"));
                DynamoDbClient client = client(tables)) {
            assertThatThrownBy(() -> client.getItem(get -> get.tableName("none").key(ITEM)))
                    .isInstanceOfSatisfying(
                            ProvisionedThroughputExceededException.class,
                            e -> assertThat(e.isThrottlingException()).isTrue());
        }
    }

    @Test
    void aConditionFailsAsDynamoDbSaysItAndWhatHasNoneIsDone() {
        try (EmbeddedTables tables = EmbeddedTables.start(Optional.empty(), 0, TableChaos.parse("overtaken"));
                DynamoDbClient client = client(tables)) {
            table(client);
            client.putItem(put -> put.tableName("some").item(ITEM));
            assertThatThrownBy(() -> client.putItem(
                            put -> put.tableName("some").item(ITEM).conditionExpression("attribute_exists(other)")))
                    .isInstanceOf(ConditionalCheckFailedException.class);
            Put plain = Put.builder().tableName("some").item(ITEM).build();
            Put conditional = Put.builder()
                    .tableName("some")
                    .item(Map.of("key", AttributeValue.fromS("b")))
                    .conditionExpression("attribute_not_exists(other)")
                    .build();
            assertThatThrownBy(() -> client.transactWriteItems(write -> write.transactItems(
                            TransactWriteItem.builder().put(plain).build(),
                            TransactWriteItem.builder().put(conditional).build())))
                    .isInstanceOfSatisfying(
                            TransactionCanceledException.class,
                            e -> assertThat(e.cancellationReasons())
                                    .extracting(CancellationReason::code)
                                    .containsExactly("None", "ConditionalCheckFailed"));
            assertThat(client.scan(scan -> scan.tableName("some")).items()).containsExactly(ITEM);
        }
    }

    @Test
    void theFaultsChangeWhileTheTablesServe() throws Exception {
        try (EmbeddedTables tables = EmbeddedTables.start(Optional.empty(), 0, TableChaos.NONE);
                DynamoDbClient client = client(tables)) {
            table(client);
            assertThat(chaos(tables, "throttle")).isEqualTo(204);
            assertThatThrownBy(() -> client.getItem(get -> get.tableName("some").key(ITEM)))
                    .isInstanceOf(ProvisionedThroughputExceededException.class);
            assertThat(chaos(tables, "thunder")).isEqualTo(400);
            assertThat(chaos(tables, "")).isEqualTo(204);
            assertThat(client.getItem(get -> get.tableName("some").key(ITEM)).hasItem())
                    .isFalse();
        }
    }

    private static void table(DynamoDbClient client) {
        client.createTable(table -> table.tableName("some")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("key")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("key")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    private static int chaos(EmbeddedTables tables, String faults) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(tables.endpoint().resolve("/chaos"))
                                    .PUT(HttpRequest.BodyPublishers.ofString(faults))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void whatIsNoFaultIsRefused() {
        assertThat(TableChaos.parse("")).isEqualTo(TableChaos.NONE);
        assertThat(TableChaos.parse("conflict=0.25, throttle=0.5")).isEqualTo(new TableChaos(0.25, 0.5, 0));
        assertThatThrownBy(() -> TableChaos.parse("conflict=2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TableChaos.parse("thunder")).isInstanceOf(IllegalArgumentException.class);
    }
}
