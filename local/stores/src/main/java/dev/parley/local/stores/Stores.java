package dev.parley.local.stores;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.local.queues.QueueServer;
import dev.parley.platform.crypto.KeyFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The stores of one installation, started and prepared: an empty or a kept database, every DynamoDB table, a server for queues, the bucket of large files,
 * and the signing keys. Queues are made by whoever reads the template. What a function must be told to use them is in {@link #settings()}.
 */
public final class Stores implements AutoCloseable {
    private static final String DATABASE = "parley";

    private final Map<String, String> values;
    private final EmbeddedTables tables;
    private final QueueServer queues;
    private final int databasePort;
    private final Supplier<FilesInUse> files;
    private final Runnable release;

    private Stores(
            Map<String, String> values,
            EmbeddedTables tables,
            QueueServer queues,
            int databasePort,
            Supplier<FilesInUse> files,
            Runnable release) {
        this.values = Map.copyOf(values);
        this.tables = tables;
        this.queues = queues;
        this.databasePort = databasePort;
        this.files = files;
        this.release = release;
    }

    /**
     * Starts the stores of an installation on its kept data; an orphan of an earlier run is stopped first. A PostgreSQL or S3 server elsewhere is asked
     * whether it can be used.
     *
     * @throws StoresException when one of them does not start
     */
    public static Stores start(StoresOptions options) {
        FutureTask<EmbeddedTables> tables = inBackground(
                "tables",
                () -> EmbeddedTables.start(
                        Optional.of(created(options.folder().resolve("dynamodb"))),
                        options.tablesPort(),
                        options.chaos()));
        FutureTask<QueueServer> queues = inBackground(
                "queues",
                () -> QueueServer.start(Optional.of(options.folder().resolve("queues")), 0, InstantSource.system()));
        FutureTask<InstalledFiles> files = inBackground("files", () -> InstalledFiles.start(options));
        return options.elsewhere()
                .map(database -> startBeside(database, tables, queues, files, options))
                .orElseGet(() -> startBoth(tables, queues, files, options));
    }

    private static Stores startBoth(
            FutureTask<EmbeddedTables> tables,
            FutureTask<QueueServer> queues,
            FutureTask<InstalledFiles> files,
            StoresOptions options) {
        EmbeddedDatabase database = EmbeddedDatabase.start(
                Optional.of(options.folder().resolve("pg")),
                Optional.of(options.folder().resolve("cache").resolve("postgres")),
                options.databasePort());
        EmbeddedTables tablesServer = await(tables);
        QueueServer queueServer = await(queues);
        database.ensureDatabase(DATABASE);
        Map<String, String> values =
                prepare(own(database, DATABASE), tablesServer, queueServer, options.tablePrefix(), keys(options));
        return installed(values, tablesServer, queueServer, database.port(), files, database::close);
    }

    private static Stores startBeside(
            DatabaseElsewhere database,
            FutureTask<EmbeddedTables> tables,
            FutureTask<QueueServer> queues,
            FutureTask<InstalledFiles> files,
            StoresOptions options) {
        EmbeddedTables tablesServer = await(tables);
        QueueServer queueServer = await(queues);
        try {
            database.check();
        } catch (StoresException e) {
            tablesServer.close();
            queueServer.close();
            await(files).close();
            throw e;
        }
        Map<String, String> values = prepare(database, tablesServer, queueServer, options.tablePrefix(), keys(options));
        return installed(values, tablesServer, queueServer, database.port(), files, () -> {});
    }

    private static Stores installed(
            Map<String, String> values,
            EmbeddedTables tables,
            QueueServer queues,
            int databasePort,
            FutureTask<InstalledFiles> starting,
            Runnable closeDatabase) {
        InstalledFiles files = await(starting);
        return new Stores(with(values, files.inUse()), tables, queues, databasePort, files::inUse, () -> {
            files.close();
            queues.close();
            tables.close();
            closeDatabase.run();
        });
    }

    private static Map<String, String> with(Map<String, String> values, FilesInUse files) {
        var all = new LinkedHashMap<>(values);
        all.putAll(files.values());
        return all;
    }

    private static Path keys(StoresOptions options) {
        return options.folder().resolve("keys");
    }

    private static DatabaseElsewhere own(EmbeddedDatabase database, String name) {
        return new DatabaseElsewhere(database.address(name), EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
    }

    /**
     * Stores for one component test: the servers start once in this JVM and are shared, while the database, the table prefix and the key
     * folder are the caller's own and go when it closes. Those for large files are there after {@link #withFiles}.
     */
    public static Stores temporary() {
        return TemporaryStores.open();
    }

    static Stores over(
            EmbeddedDatabase database,
            EmbeddedTables tables,
            QueueServer queues,
            String databaseName,
            String prefix,
            Path keys,
            Supplier<FilesInUse> files,
            Runnable end) {
        database.ensureDatabase(databaseName);
        Map<String, String> values = prepare(own(database, databaseName), tables, queues, prefix, keys);
        return new Stores(values, tables, queues, database.port(), files, () -> {
            TableSet.delete(Settings.of(values));
            end.run();
        });
    }

    /**
     * The same stores, to be closed in their place, with those for large files: the S3 server that every test of this JVM shares, started by the first, and a
     * bucket of the caller's own.
     */
    public Stores withFiles() {
        return new Stores(with(values, files.get()), tables, queues, databasePort, files, release);
    }

    private static Map<String, String> prepare(
            DatabaseElsewhere database, EmbeddedTables tables, QueueServer queues, String prefix, Path keys) {
        new KeyFolder(keys).createMissing(InstantSource.system(), new SecureRandom());
        var values = new LinkedHashMap<String, String>();
        values.put(SettingKeys.STAGE, "local");
        values.put(SettingKeys.DATABASE_URL, database.url());
        values.put(SettingKeys.DATABASE_USER, database.user());
        values.put(SettingKeys.DATABASE_PASSWORD, database.password());
        values.put(SettingKeys.DATABASE_WRAPPER_PLUGINS, "");
        values.put(SettingKeys.AWS_REGION, "us-east-1");
        values.put(SettingKeys.AWS_ACCESS_KEY_ID, "local");
        values.put(SettingKeys.AWS_SECRET_ACCESS_KEY, "local");
        values.put(SettingKeys.DYNAMODB_ENDPOINT, tables.endpoint().toString());
        values.put(SettingKeys.SQS_ENDPOINT, queues.endpoint().toString());
        values.put(SettingKeys.TABLE_PREFIX, prefix);
        values.put(SettingKeys.KEYS_URI, folderUri(keys));
        values.put(SettingKeys.OBJECTS_URI, folderUri(keys.resolveSibling("objects")));
        TableSet.create(Settings.of(values));
        return values;
    }

    /** Every setting that names these stores, by the keys of {@link SettingKeys}. */
    public Settings settings() {
        return Settings.of(values);
    }

    /** The same as {@link #settings()}, to be added to. */
    public Map<String, String> values() {
        return values;
    }

    /** Where DynamoDB answers. */
    public URI tablesEndpoint() {
        return tables.endpoint();
    }

    /** DynamoDB, called directly. It stays open when it is closed. */
    public DynamoDbClient tables() {
        return tables.client();
    }

    /** Its streams, called directly. They stay open when they are closed. */
    public DynamoDbStreamsClient streams() {
        return tables.streams();
    }

    /** Where S3 answers the functions. */
    public URI filesEndpoint() {
        return files.get().endpoint();
    }

    /** Where S3 answers browsers. */
    public URI filesPublicEndpoint() {
        return files.get().publicEndpoint();
    }

    /** The queues, which those of component tests share in one JVM. */
    public QueueServer queues() {
        return queues;
    }

    /** TCP port of PostgreSQL. */
    public int databasePort() {
        return databasePort;
    }

    @Override
    public void close() {
        release.run();
    }

    private static String folderUri(Path folder) {
        String uri = folder.toUri().toString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    private static Path created(Path folder) throws IOException {
        return Files.createDirectories(folder);
    }

    static <T> FutureTask<T> inBackground(String name, Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().name("stores-" + name).daemon().start(task);
        return task;
    }

    static <T> T await(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoresException("Interrupted while the stores were starting", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoresException known) {
                throw known;
            }
            throw new StoresException("A store did not start", e.getCause());
        }
    }
}
