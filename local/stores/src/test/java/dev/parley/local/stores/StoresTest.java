package dev.parley.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.SettingKeys;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.s3.S3Client;

@Tag("component")
class StoresTest {
    @Test
    void dataOutliveAStop(@TempDir Path folder) throws SQLException {
        try (Stores stores = Stores.start(StoresOptions.in(folder))) {
            update(stores, "create table kept (n int)");
            update(stores, "insert into kept values (42)");
        }
        try (Stores stores = Stores.start(StoresOptions.in(folder))) {
            assertThat(number(stores, "select n from kept")).isEqualTo(42);
        }
    }

    @Test
    void filesOutliveAStop(@TempDir Path folder) {
        try (Stores stores = Stores.start(StoresOptions.in(folder));
                S3Client files = client(stores)) {
            files.putObject(
                    put -> put.bucket("parley-files").key("content/kept").contentType("text/plain"),
                    RequestBody.fromString("kept"));
        }
        try (Stores stores = Stores.start(StoresOptions.in(folder));
                S3Client files = client(stores)) {
            assertThat(files.getObjectAsBytes(get -> get.bucket("parley-files").key("content/kept"))
                            .asUtf8String())
                    .isEqualTo("kept");
        }
    }

    @Test
    void anS3ServerElsewhereIsUsedAndLeftRunning(@TempDir Path folder, @TempDir Path other) {
        try (EmbeddedFiles server = EmbeddedFiles.start(other, 0)) {
            FilesInUse there = server.bucket("somebodys");
            var elsewhere = new FilesElsewhere(
                    there.endpoint(), URI.create("https://files.example"), "large-files", "local", "local");
            try (Stores stores = Stores.start(StoresOptions.in(folder).files(elsewhere))) {
                assertThat(stores.values())
                        .containsEntry(SettingKeys.FILES_URI, "s3://large-files/")
                        .containsEntry(SettingKeys.FILES_PUBLIC_ENDPOINT, "https://files.example");
            }
            assertThat(other.resolve("large-files")).isDirectory();
            assertThat(folder.resolve("files")).doesNotExist();
            assertThat(elsewhere.check().bucket()).as("it still answers").isEqualTo("large-files");

            var refused = new FilesElsewhere(there.endpoint(), there.endpoint(), "large-files", "local", "guessed");
            assertThatThrownBy(refused::check)
                    .isInstanceOf(StoresException.class)
                    .hasMessageContaining("large-files")
                    .hasMessageContaining("MINIO_ENDPOINT")
                    .hasMessageNotContaining("guessed");
        }
    }

    private static S3Client client(Stores stores) {
        return AwsClients.build(
                S3Client.builder().forcePathStyle(true),
                stores.settings(),
                Optional.of(stores.filesEndpoint()),
                Duration.ofSeconds(10));
    }

    @Test
    void everyCallerHasADatabaseAndKeysOfItsOwn() throws SQLException {
        try (Stores one = Stores.temporary();
                Stores other = Stores.temporary()) {
            update(one, "create table only_here (n int)");
            assertThat(number(other, "select count(*) from pg_tables where tablename = 'only_here'"))
                    .isZero();
            assertThat(one.values().get(SettingKeys.TABLE_PREFIX))
                    .isNotEqualTo(other.values().get(SettingKeys.TABLE_PREFIX));
            Path keys = Path.of(URI.create(one.values().get(SettingKeys.KEYS_URI)));
            assertThat(keys.resolve("access.jwks.json")).exists().content().isNotEqualTo(readKeys(other));
        }
    }

    @Test
    void aDatabaseElsewhereIsUsedAndLeftRunning(@TempDir Path folder) throws SQLException {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(Optional.empty(), Optional.empty(), 0)) {
            server.ensureDatabase("meet");
            var elsewhere =
                    new DatabaseElsewhere(server.address("meet"), EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
            try (Stores stores = Stores.start(StoresOptions.in(folder).database(elsewhere))) {
                assertThat(stores.databasePort()).isEqualTo(server.port());
                update(stores, "create table kept (n int)");
            }
            try (Stores stores = Stores.start(StoresOptions.in(folder).database(elsewhere))) {
                assertThat(number(stores, "select count(*) from pg_tables where tablename = 'kept'"))
                        .isEqualTo(1);
            }
            assertThat(folder.resolve("pg")).doesNotExist();

            var noSuch = new DatabaseElsewhere(server.address("nowhere"), EmbeddedDatabase.USER, "secret");
            assertThatThrownBy(() -> Stores.start(StoresOptions.in(folder).database(noSuch)))
                    .isInstanceOf(StoresException.class)
                    .hasMessageContaining("nowhere cannot be used as postgres")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void everyTableIsThere() {
        try (Stores stores = Stores.temporary();
                Dynamo dynamo = Dynamo.of(stores.settings())) {
            assertThat(Tables.values())
                    .allSatisfy(table -> assertThat(dynamo.client()
                                    .describeTable(request -> request.tableName(dynamo.name(table)))
                                    .table()
                                    .tableStatusAsString())
                            .isEqualTo("ACTIVE"));
        }
    }

    @Test
    void aTableOfBeforeGetsTheIndexItLacks() {
        try (Stores stores = Stores.temporary();
                Dynamo dynamo = Dynamo.of(stores.settings())) {
            String name = dynamo.name(Tables.LIVE_MEETINGS);
            dynamo.client().deleteTable(request -> request.tableName(name));
            dynamo.client()
                    .createTable(Tables.LIVE_MEETINGS.createRequest("").toBuilder()
                            .tableName(name)
                            .globalSecondaryIndexes((Collection<GlobalSecondaryIndex>) null)
                            .attributeDefinitions(Tables.LIVE_MEETINGS.createRequest("").attributeDefinitions().stream()
                                    .filter(one -> !one.attributeName().equals("user_id"))
                                    .toList())
                            .build());

            TableSet.create(stores.settings());
            TableSet.create(stores.settings());

            assertThat(dynamo.client()
                            .describeTable(request -> request.tableName(name))
                            .table()
                            .globalSecondaryIndexes())
                    .extracting(index -> index.indexName())
                    .containsExactly("by-user");
        }
    }

    private static String readKeys(Stores stores) {
        try {
            return Files.readString(Path.of(URI.create(stores.values().get(SettingKeys.KEYS_URI)))
                    .resolve("access.jwks.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connection connect(Stores stores) throws SQLException {
        String url = stores.values().get(SettingKeys.DATABASE_URL).replace("jdbc:aws-wrapper:", "jdbc:");
        return DriverManager.getConnection(
                url,
                stores.values().get(SettingKeys.DATABASE_USER),
                stores.values().get(SettingKeys.DATABASE_PASSWORD));
    }

    private static void update(Stores stores, String sql) throws SQLException {
        try (Connection connection = connect(stores);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static int number(Stores stores, String sql) throws SQLException {
        try (Connection connection = connect(stores);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
