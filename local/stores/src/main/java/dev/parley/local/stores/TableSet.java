package dev.parley.local.stores;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Tables;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Every table of {@link Tables} in one DynamoDB, made where it is missing, its expiry switched on. */
final class TableSet {
    private TableSet() {}

    /** @throws StoresException when DynamoDB does not answer or refuses */
    static void create(Settings settings) {
        try (Dynamo dynamo = Dynamo.of(settings)) {
            DynamoDbClient client = dynamo.client();
            String prefix = settings.required(SettingKeys.TABLE_PREFIX);
            Set<String> present = new HashSet<>();
            client.listTablesPaginator().tableNames().forEach(present::add);
            for (Tables table : Tables.values()) {
                String name = dynamo.name(table);
                if (!present.contains(name)) {
                    client.createTable(table.createRequest(prefix));
                    table.expiryAttribute()
                            .ifPresent(attribute -> client.updateTimeToLive(request -> request.tableName(name)
                                    .timeToLiveSpecification(expiry ->
                                            expiry.attributeName(attribute).enabled(true))));
                }
            }
        } catch (SdkException e) {
            throw new StoresException("The DynamoDB tables could not be made: " + e.getMessage(), e);
        }
    }

    /** Deletes the tables these settings name. */
    static void delete(Settings settings) {
        try (Dynamo dynamo = Dynamo.of(settings)) {
            for (Tables table : Tables.values()) {
                dynamo.client().deleteTable(request -> request.tableName(dynamo.name(table)));
            }
        } catch (SdkException e) {
            throw new StoresException("The DynamoDB tables could not be deleted: " + e.getMessage(), e);
        }
    }
}
