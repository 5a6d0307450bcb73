package dev.parley.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.Put;
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
    void whatIsNoFaultIsRefused() {
        assertThat(TableChaos.parse("")).isEqualTo(TableChaos.NONE);
        assertThat(TableChaos.parse("conflict=0.25, throttle=0.5")).isEqualTo(new TableChaos(0.25, 0.5));
        assertThatThrownBy(() -> TableChaos.parse("conflict=2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TableChaos.parse("thunder")).isInstanceOf(IllegalArgumentException.class);
    }
}
