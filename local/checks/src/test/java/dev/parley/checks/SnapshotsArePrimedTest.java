package dev.parley.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.kernel.Settings;
import dev.parley.local.load.FirstEvents;
import dev.parley.local.load.PackagedEnvironment;
import dev.parley.local.load.PackagedFunction;
import dev.parley.local.stores.Stores;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Before a snapshot of it is taken, a packaged function does what its first event would wait for, and leaves no trace of that in its stores.
 * Lambda's part is played by AWS's runtime interface client, started as for a snapshot.
 */
@Tag("functions")
class SnapshotsArePrimedTest {
    private static final Path ROOT = Path.of(System.getProperty("parley.root"));

    static List<String> functions() {
        return FirstEvents.functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void whatAFirstEventNeedsIsThereAndNothingIsWritten(String function, @TempDir Path folder)
            throws IOException, SQLException {
        Path log = folder.resolve("log");
        Path loaded = folder.resolve("loaded");
        try (Stores stores = Stores.temporary();
                Dynamo dynamo = Dynamo.of(Settings.of(stores.values()))) {
            Map<String, String> environment = PackagedEnvironment.over(stores, folder);
            FirstEvents events = new FirstEvents(ROOT, Settings.of(stores.values()));
            try (PackagedFunction packaged = snapshot(function, environment, log, loaded)) {
                packaged.awaitSnapshot();
                assertThat(Files.readString(log)).contains("\"msg\":\"primed\"").doesNotContain("not primed");
                assertThat(items(dynamo)).as("items in the tables").isEmpty();
                assertThat(tablesOfTheDatabase(stores)).isZero();
                // From now on the database has its schema.
                packaged.restore();
                packaged.invoke(events.first(function));
            }
            Set<Map<String, AttributeValue>> items = items(dynamo);
            try (PackagedFunction packaged = snapshot(function, environment, log, loaded)) {
                packaged.awaitSnapshot();
                // What has expired meanwhile may be gone; nothing is new and nothing has changed.
                assertThat(items(dynamo)).isSubsetOf(items);
                long before = lines(loaded);

                packaged.restore();
                byte[] reply = packaged.invoke(events.first(function));

                assertThat(Wire.json().readTree(reply).path("statusCode").asInt(200))
                        .isLessThan(500);
                long after = lines(loaded) - before;
                System.out.printf("%s: %d classes before the snapshot, %d after it%n", function, before, after);
                assertThat(after).as("classes that the first event had to load").isLessThan(before / 10);
            }
        }
    }

    private static PackagedFunction snapshot(String function, Map<String, String> environment, Path log, Path loaded)
            throws IOException {
        return new PackagedFunction(
                ROOT,
                function,
                environment,
                log,
                PackagedFunction.Manner.SNAPSHOT,
                List.of("-Xlog:class+load:file=" + loaded + "::filecount=0"));
    }

    private static Set<Map<String, AttributeValue>> items(Dynamo dynamo) {
        Set<Map<String, AttributeValue>> items = new HashSet<>();
        for (Tables table : Tables.values()) {
            items.addAll(dynamo.client()
                    .scan(scan -> scan.tableName(dynamo.name(table)))
                    .items());
        }
        return items;
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private static int tablesOfTheDatabase(Stores stores) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        stores.values().get("DATABASE_URL").replace("aws-wrapper:", ""),
                        stores.values().get("DATABASE_USER"),
                        stores.values().get("DATABASE_PASSWORD"));
                Statement statement = connection.createStatement();
                ResultSet count =
                        statement.executeQuery("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) {
            count.next();
            return count.getInt(1);
        }
    }
}
