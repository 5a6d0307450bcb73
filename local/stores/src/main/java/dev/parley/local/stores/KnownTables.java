package dev.parley.local.stores;

import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.TableInfo;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/**
 * DynamoDB Local's way to SQLite, which remembers what a table is. Its own reads that out of the database, by three statements on the one
 * thread that SQLite has and a JSON document, ten times for a message. Thread-safe.
 */
final class KnownTables extends SQLiteDBAccess {
    /** What the library calls the database that every access key shares. */
    private static final String SHARED = "shared-local-instance";

    /** Where the library keeps a database by its name, and makes one that it has not. */
    private static final String DATABASES = "dbRequestHandlers";

    private static final int JOBS_AT_ONCE = 10;

    private final Map<String, TableInfo> known = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    private KnownTables() {}

    private KnownTables(String file) {
        super(file);
    }

    /**
     * Gives these requests their database.
     *
     * @param requests which have not been asked anything, and share one database
     * @param folder where its file is; memory when there is none
     * @throws StoresException when the library is another one than this was written for
     */
    static void give(LocalDynamoDBRequestHandler requests, Optional<Path> folder) {
        KnownTables tables = folder.map(where -> where.resolve(SHARED + LocalDynamoDBRequestHandler.DB_FILE_EXTENSION))
                .map(Path::toFile)
                .map(File::getPath)
                .map(KnownTables::new)
                .orElseGet(KnownTables::new);
        var jobs = new JobsRegister(Executors.newFixedThreadPool(JOBS_AT_ONCE), false);
        try {
            Field databases = LocalDynamoDBRequestHandler.class.getDeclaredField(DATABASES);
            databases.setAccessible(true);
            @SuppressWarnings("unchecked")
            var byName = (Map<String, Object>) databases.get(requests);
            byName.put(SHARED, new LocalDBClient(tables, jobs));
        } catch (ReflectiveOperationException e) {
            throw new StoresException("This DynamoDB Local keeps its databases elsewhere", e);
        }
    }

    @Override
    public TableInfo getTableInfo(String table) {
        TableInfo found = known.get(table);
        if (found != null) {
            return found;
        }
        long before = changes.get();
        TableInfo read = super.getTableInfo(table);
        if (read != null) {
            known.put(table, read);
            if (changes.get() != before) {
                // It may have been read before what changed it, and kept after that forgot it.
                known.remove(table);
            }
        }
        return read;
    }

    private void forget(String table) {
        changes.incrementAndGet();
        known.remove(table);
    }

    @Override
    public void createTable(
            String table,
            AttributeDefinition hashKey,
            AttributeDefinition rangeKey,
            List<AttributeDefinition> attributes,
            List<LocalSecondaryIndex> localIndexes,
            List<GlobalSecondaryIndex> indexes,
            ProvisionedThroughput throughput,
            OnDemandThroughput onDemand,
            BillingMode billing,
            Boolean protect,
            StreamSpecification stream) {
        super.createTable(
                table,
                hashKey,
                rangeKey,
                attributes,
                localIndexes,
                indexes,
                throughput,
                onDemand,
                billing,
                protect,
                stream);
        forget(table);
    }

    @Override
    public void deleteTable(String table) {
        super.deleteTable(table);
        forget(table);
    }

    @Override
    public void updateTable(
            String table,
            ProvisionedThroughput throughput,
            OnDemandThroughput onDemand,
            BillingMode billing,
            long when,
            List<AttributeDefinition> attributes,
            List<GlobalSecondaryIndexDescription> indexes,
            Boolean protect,
            StreamSpecification stream) {
        super.updateTable(table, throughput, onDemand, billing, when, attributes, indexes, protect, stream);
        forget(table);
    }

    @Override
    public void updateTable(String table, String expiryAttribute) {
        super.updateTable(table, expiryAttribute);
        forget(table);
    }

    @Override
    public void createGSIColumns(String table, String index) {
        super.createGSIColumns(table, index);
        forget(table);
    }

    @Override
    public void backfillGSI(String table, String index) {
        super.backfillGSI(table, index);
        forget(table);
    }

    @Override
    public void deleteGSI(String table, String index) {
        super.deleteGSI(table, index);
        forget(table);
    }
}
