package dev.parley.local.stores;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Tables;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;

/** Every table of {@link Tables} in one DynamoDB, made where it is missing, its expiry switched on, its index added. */
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
                } else {
                    addIndex(client, table, name);
                }
            }
        } catch (SdkException e) {
            throw new StoresException("The DynamoDB tables could not be made: " + e.getMessage(), e);
        }
    }

    /** A table that was made before it had an index gets it; what it holds is indexed by the store. */
    private static void addIndex(DynamoDbClient client, Tables table, String name) {
        if (table.index().isEmpty()
                || client.describeTable(request -> request.tableName(name))
                        .table()
                        .hasGlobalSecondaryIndexes()) {
            return;
        }
        var wanted = table.createRequest("");
        var index = wanted.globalSecondaryIndexes().getFirst();
        var added = GlobalSecondaryIndexUpdate.builder()
                .create(CreateGlobalSecondaryIndexAction.builder()
                        .indexName(index.indexName())
                        .keySchema(index.keySchema())
                        .projection(index.projection())
                        .build())
                .build();
        client.updateTable(request -> request.tableName(name)
                .attributeDefinitions(wanted.attributeDefinitions())
                .globalSecondaryIndexUpdates(added));
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
