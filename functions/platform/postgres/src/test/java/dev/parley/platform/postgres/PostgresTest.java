package dev.parley.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("component")
class PostgresTest {
    private Stores stores;
    private Postgres postgres;

    @BeforeEach
    void start() {
        stores = Stores.temporary();
        postgres = Postgres.of(settings(Map.of()), "sample");
    }

    @AfterEach
    void stop() {
        postgres.close();
        stores.close();
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("DATABASE_CONNECT_TIMEOUT", "PT1S");
        values.putAll(more);
        return Settings.of(values);
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private int count() {
        return postgres.query(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM pairs")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    @Test
    void theSchemaIsThereAtTheFirstUseAndOnlyOnce() {
        assertThat(count()).isZero();
        try (Postgres again = Postgres.of(settings(Map.of()), "sample")) {
            again.query(connection -> execute(connection, "INSERT INTO pairs VALUES ('a', 1)"));
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void whatWasAppliedIsSeenWithoutAskingFlyway() throws SQLException {
        Migrations migrations = new Migrations(List.of("sample"));
        DataSource database = database();
        assertThat(migrations.areApplied(database)).isFalse();

        count();
        assertThat(migrations.areApplied(database)).isTrue();
        assertThat(new Migrations(List.of("sample", "elsewhere")).areApplied(database))
                .isFalse();

        postgres.query(connection -> execute(connection, "UPDATE schema_history_sample SET checksum = checksum + 1"));
        assertThat(migrations.areApplied(database)).isFalse();
        try (Postgres again = Postgres.of(settings(Map.of()), "sample")) {
            assertThatThrownBy(() -> again.query(connection -> 1)).hasMessageContaining("checksum mismatch");
        }
    }

    @Test
    void nothingIsConnectedAhead() throws SQLException {
        Postgres.loadAhead("sample");

        assertThat(new Migrations(List.of("sample")).areApplied(database())).isFalse();
    }

    @Test
    void whatIsExpectedIsConnectedBeforeAnybodyAsks() {
        postgres.expect();

        await().atMost(Duration.ofSeconds(30)).until(this::connections, is(1));
        assertThat(count()).isZero();
    }

    @Test
    void nothingStaysOpenOfWhatWasOnlyExpected() throws SQLException {
        postgres.expect();
        postgres.close();

        await().atMost(Duration.ofSeconds(30)).until(this::connections, is(0));
        assertThat(new Migrations(List.of("sample")).areApplied(database())).isTrue();
    }

    @Test
    void severalThatAskAtOnceWaitForOneThatConnects() throws SQLException {
        postgres.expect();
        List<Integer> answers =
                Stream.generate(() -> CompletableFuture.supplyAsync(this::count)).limit(8).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(answers).containsOnly(0);
        assertThat(connections()).isEqualTo(1);
    }

    private int connections() throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'parley-sample'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void aRehearsalConnectsAndLeavesNothingBehind() throws SQLException {
        postgres.rehearse();

        assertThat(new Migrations(List.of("sample")).areApplied(database())).isFalse();
        assertThat(count()).isZero();
    }

    @Test
    void aRehearsalWithoutADatabaseSaysSo() {
        try (Postgres nowhere = Postgres.of(
                settings(Map.of("DATABASE_URL", "jdbc:aws-wrapper:postgresql://127.0.0.1:9/no")), "sample")) {
            assertThatThrownBy(nowhere::rehearse)
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.code()).isEqualTo("store.waking"));
        }
    }

    private DataSource database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(stores.values().get("DATABASE_URL").replace("aws-wrapper:", ""));
        source.setUser(stores.values().get("DATABASE_USER"));
        source.setPassword(stores.values().get("DATABASE_PASSWORD"));
        return source;
    }

    @Test
    void whatThrowsLeavesNothingBehind() {
        assertThatThrownBy(() -> postgres.transaction(connection -> {
                    execute(connection, "INSERT INTO pairs VALUES ('a', 1)");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(count()).isZero();
        assertThat(postgres.<Integer>transaction(
                        connection -> execute(connection, "INSERT INTO pairs VALUES ('a', 1)")))
                .isEqualTo(1);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aTransactionThatLostRunsAgain() {
        AtomicInteger attempts = new AtomicInteger();

        int result = postgres.transaction(connection -> {
            execute(connection, "INSERT INTO pairs VALUES ('a', 1)");
            if (attempts.incrementAndGet() < 3) {
                throw new SQLException("serialization failure", "40001");
            }
            return 7;
        });

        assertThat(result).isEqualTo(7);
        assertThat(attempts).hasValue(3);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aTransactionThatAlwaysLosesIsToBeTriedLater() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> postgres.transaction(connection -> {
                    attempts.incrementAndGet();
                    throw new SQLException("deadlock detected", "40P01");
                }))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.code()).isEqualTo("store.unavailable");
                    assertThat(e.retryAfter()).isPresent();
                });
        assertThat(attempts).hasValue(4);
    }

    @Test
    void aLockThatIsNotHadInTimeIsToBeTriedLater() {
        postgres.transaction(holder -> {
            execute(holder, "LOCK TABLE pairs");
            try (Postgres other = Postgres.of(settings(Map.of()), "sample")) {
                assertThatThrownBy(() -> other.transaction(waiter -> {
                            execute(waiter, "SET LOCAL lock_timeout = '50ms'");
                            return execute(waiter, "INSERT INTO pairs VALUES ('a', 1)");
                        }))
                        .isInstanceOfSatisfying(
                                ApiException.class, e -> assertThat(e.code()).isEqualTo("store.unavailable"));
            }
            return 1;
        });
    }

    @Test
    void whoIsInterruptedWhileWaitingForAConnectionIsToTryLater() {
        postgres.query(held -> {
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> postgres.query(connection -> 1))
                        .isInstanceOfSatisfying(
                                ApiException.class, e -> assertThat(e.code()).isEqualTo("store.unavailable"));
            } finally {
                Thread.interrupted();
            }
            return 1;
        });
    }

    @Test
    void aRowThatIsThereAlreadyIsToldApart() {
        postgres.query(connection -> execute(connection, "INSERT INTO pairs VALUES ('a', 1)"));

        assertThatThrownBy(() -> postgres.query(connection -> execute(connection, "INSERT INTO pairs VALUES ('a', 2)")))
                .isInstanceOfSatisfying(
                        PostgresException.class,
                        e -> assertThat(e.isUniqueViolation()).isTrue());
        assertThatThrownBy(() -> postgres.query(connection -> execute(connection, "SELECT nonsense")))
                .isInstanceOfSatisfying(
                        PostgresException.class,
                        e -> assertThat(e.isUniqueViolation()).isFalse());
    }

    @Test
    void aDatabaseThatIsAwayIsWakingAndOneThatIsFullIsBusy() {
        try (Postgres away = Postgres.of(
                settings(Map.of("DATABASE_URL", "jdbc:aws-wrapper:postgresql://127.0.0.1:1/none")), "sample")) {
            assertThatThrownBy(() -> away.query(connection -> 1)).isInstanceOfSatisfying(ApiException.class, e -> {
                assertThat(e.code()).isEqualTo("store.waking");
                assertThat(e.retryAfter()).isPresent();
            });
        }
        assertThatThrownBy(() -> postgres.query(held -> postgres.query(connection -> 1)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("store.unavailable"));
    }

    @Test
    void aDatabaseThatComesBackIsUsedAgain() {
        try (Postgres missing = Postgres.of(
                settings(Map.of("DATABASE_URL", stores.settings().required("DATABASE_URL") + "_later")), "sample")) {
            missing.expect();
            assertThatThrownBy(() -> missing.query(connection -> 1)).isInstanceOf(RuntimeException.class);
            String name = stores.settings().required("DATABASE_URL").replaceFirst(".*/", "") + "_later";
            postgres.query(connection -> execute(connection, "CREATE DATABASE " + name));

            assertThat(missing.<Integer>query(connection -> 1)).isEqualTo(1);
        } finally {
            String name = stores.settings().required("DATABASE_URL").replaceFirst(".*/", "") + "_later";
            postgres.query(connection -> execute(connection, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"));
        }
    }
}
