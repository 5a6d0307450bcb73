package dev.parley.platform.dynamo;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.AwsClients;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;

/** The product's tables in one deployment: a client and the names. Thread-safe; one per function. */
public final class Dynamo implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final DynamoDbClient client;
    private final String prefix;

    public Dynamo(DynamoDbClient client, String prefix) {
        this.client = Objects.requireNonNull(client);
        this.prefix = Objects.requireNonNull(prefix);
    }

    /** Reads {@code DYNAMODB_ENDPOINT}, {@code TABLE_PREFIX} and the AWS settings. Connects at the first request. */
    public static Dynamo of(Settings settings) {
        DynamoDbClient client = AwsClients.build(
                DynamoDbClient.builder(), settings, settings.uri(SettingKeys.DYNAMODB_ENDPOINT), ANSWER_TIMEOUT);
        return new Dynamo(client, settings.text(SettingKeys.TABLE_PREFIX, ""));
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

    /**
     * Calls the store. A store that cannot be reached, or has no room, is 503 {@code store.unavailable}; a failed condition and every
     * other refusal pass through as the SDK's own exception.
     */
    public <R> R call(Function<DynamoDbClient, R> request) {
        try {
            return request.apply(client);
        } catch (SdkClientException
                | InternalServerErrorException
                | ProvisionedThroughputExceededException
                | RequestLimitExceededException e) {
            throw new ApiException(
                    Errors.STORE_UNAVAILABLE, Errors.STORE_UNAVAILABLE.message(), Map.of(), RETRY_AFTER, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
