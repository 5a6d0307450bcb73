package dev.parley.platform.dynamo;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Deadline;
import dev.parley.kernel.Errors;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.dynamo.nearby.NearbyTables;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** The product's tables in one deployment: a client and the names. Thread-safe; one per function. */
public final class Dynamo implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(8);
    private static final int ATTEMPTS = 7;
    /** A limit of nobody's: every function that has limits may change items whose keys begin so. */
    private static final String NOBODY = "rate#nobody";

    private static final String NOTHING = "nothing";
    private static final Map<String, AttributeValue> NO_ITEM = Map.of("key", Items.text(NOTHING));

    private final DynamoDbClient client;
    private final String prefix;

    public Dynamo(DynamoDbClient client, String prefix) {
        this.client = Objects.requireNonNull(client);
        this.prefix = Objects.requireNonNull(prefix);
    }

    /**
     * Reads {@code DYNAMODB_ENDPOINT}, {@code TABLE_PREFIX} and the AWS settings. Connects at the first request, or not at all where the tables are
     * {@linkplain NearbyTables in this process}.
     */
    public static Dynamo of(Settings settings) {
        Optional<URI> endpoint = settings.uri(SettingKeys.DYNAMODB_ENDPOINT);
        DynamoDbClient client = endpoint.flatMap(NearbyTables::at)
                .orElseGet(() -> AwsClients.build(DynamoDbClient.builder(), settings, endpoint, ANSWER_TIMEOUT));
        return new Dynamo(client, settings.text(SettingKeys.TABLE_PREFIX, ""));
    }

    /** Loads what a look at a table takes, up to the connection. */
    public static void loadAhead() {
        try (DynamoDbClient nowhere = AwsClients.toNowhere(DynamoDbClient.builder())) {
            nowhere.getItem(get -> get.tableName(NOTHING).key(NO_ITEM));
        }
    }

    /** Loads what searches and writes take beyond that. */
    public static void loadWritesAhead() {
        try (DynamoDbClient nowhere = AwsClients.toNowhere(DynamoDbClient.builder())) {
            nowhere.queryPaginator(query -> query.tableName(NOTHING).keyConditionExpression("a = b"))
                    .items()
                    .forEach(item -> {});
            nowhere.updateItem(update -> update.tableName(NOTHING).key(NO_ITEM));
            nowhere.putItem(put -> put.tableName(NOTHING).item(NO_ITEM));
            nowhere.deleteItem(delete -> delete.tableName(NOTHING).key(NO_ITEM));
            nowhere.transactWriteItems(write -> write.transactItems(TransactWriteItem.builder()
                    .put(put -> put.tableName(NOTHING).item(NO_ITEM))
                    .build()));
        }
    }

    /** The low-level client, for conditional updates and transactions. */
    public DynamoDbClient client() {
        return client;
    }

    /** The name of a table in this deployment. */
    public String name(Tables table) {
        return table.tableName(prefix);
    }

    /** A table of records, by the enhanced client. Make the schema with {@code StaticImmutableTableSchema}: it needs no reflection. */
    public <T> DynamoDbTable<T> table(Tables table, TableSchema<T> schema) {
        return DynamoDbEnhancedClient.builder().dynamoDbClient(client).build().table(name(table), schema);
    }

    /** The items with this key in the table's index; one that was written within the last moment may be missing. */
    public List<Map<String, AttributeValue>> indexed(Tables table, String key) {
        Tables.Index index = table.index().orElseThrow();
        return call(client -> client
                .queryPaginator(query -> query.tableName(name(table))
                        .indexName(index.name())
                        .keyConditionExpression("#key = :key")
                        .expressionAttributeNames(Map.of("#key", index.partitionKey()))
                        .expressionAttributeValues(Map.of(":key", Items.text(key))))
                .items()
                .stream()
                .toList());
    }

    /**
     * Asks for a transaction whose condition does not hold: afterwards all that a write and a refusal take is loaded, and nothing is written.
     */
    public void rehearse() {
        TransactWriteItem never = TransactWriteItem.builder()
                .update(update -> update.tableName(name(Tables.EPHEMERAL))
                        .key(Map.of(Tables.EPHEMERAL.partitionKey(), Items.text(NOBODY)))
                        .updateExpression("SET #until = :never")
                        .conditionExpression("#until < :never")
                        .expressionAttributeNames(Map.of("#until", "until"))
                        .expressionAttributeValues(Map.of(":never", Items.number(0))))
                .build();
        try {
            call(client -> client.transactWriteItems(write -> write.transactItems(never)));
        } catch (TransactionCanceledException e) {
            // There is no such item, so it cannot be older than anything.
        }
    }

    /**
     * Calls the store. A write of one item that meets a transaction on it is tried again after a pause that doubles, six times in half a
     * second. None begins after the request's {@link Deadline}. A store that cannot be reached, fails, has no room, or always has somebody else on the item is 503
     * {@code store.unavailable}; a failed condition, a transaction that was cancelled and what is wrong with the request pass through as the
     * SDK's own exception.
     */
    public <R> R call(Function<DynamoDbClient, R> request) {
        for (int attempt = 1; ; attempt++) {
            Deadline.check();
            try {
                return request.apply(client);
            } catch (TransactionConflictException e) {
                if (attempt == ATTEMPTS) {
                    throw unavailable(e);
                }
                waitBefore(attempt, e);
            } catch (SdkClientException e) {
                throw unavailable(e);
            } catch (DynamoDbException e) {
                throw passes(e) ? unavailable(e) : e;
            }
        }
    }

    /** Whether the same request may well be served later: the store's own failure, too much at once, or the first try still under way. */
    private static boolean passes(DynamoDbException e) {
        return e.statusCode() >= 500
                || e.isThrottlingException()
                || e instanceof InternalServerErrorException
                || e instanceof ProvisionedThroughputExceededException
                || e instanceof RequestLimitExceededException
                || e instanceof TransactionInProgressException;
    }

    private static void waitBefore(int attempt, TransactionConflictException conflict) {
        try {
            Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(conflict);
        }
    }

    private static ApiException unavailable(Exception cause) {
        return new ApiException(
                Errors.STORE_UNAVAILABLE, Errors.STORE_UNAVAILABLE.message(), Map.of(), RETRY_AFTER, cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
