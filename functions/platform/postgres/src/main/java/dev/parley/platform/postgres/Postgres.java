package dev.parley.platform.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.postgresql.Driver;

/**
 * The database of one context: its pool and its transactions. Connects and migrates at the first use, so that a function starts while
 * the database sleeps. Thread-safe.
 */
public final class Postgres implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
    private static final int ATTEMPTS = 4;

    private static final List<String> ONCE_CONNECTED = List.of(
            "org.postgresql.core.v3.QueryExecutorImpl",
            "org.postgresql.jdbc.PgConnection",
            "org.postgresql.jdbc.TypeInfoCache",
            "org.postgresql.jdbc.TimestampUtils",
            "org.postgresql.jdbc.PgPreparedStatement",
            "org.postgresql.jdbc.PgResultSet",
            "com.zaxxer.hikari.pool.HikariProxyConnection",
            "com.zaxxer.hikari.pool.HikariProxyPreparedStatement",
            "com.zaxxer.hikari.pool.HikariProxyResultSet",
            "software.amazon.jdbc.wrapper.ConnectionWrapper",
            "software.amazon.jdbc.wrapper.PreparedStatementWrapper",
            "software.amazon.jdbc.wrapper.ResultSetWrapper");

    private final HikariConfig configuration;
    private final Migrations migrations;
    private volatile FutureTask<HikariDataSource> pool;

    private Postgres(HikariConfig configuration, Migrations migrations) {
        this.configuration = Objects.requireNonNull(configuration);
        this.migrations = Objects.requireNonNull(migrations);
    }

    /**
     * Reads the {@code DATABASE_…} settings. Nothing is connected yet.
     *
     * @param context whose migrations these are: they lie under {@code db/<context>} on the class path and keep their own history
     * @param shared names of migrations that its transactions need as well, such as {@code audit}
     */
    public static Postgres of(Settings settings, String context, String... shared) {
        registerDriver();
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName(context);
        hikari.setJdbcUrl(settings.required(SettingKeys.DATABASE_URL));
        hikari.setDriverClassName("software.amazon.jdbc.Driver");
        settings.find(SettingKeys.DATABASE_USER).ifPresent(hikari::setUsername);
        settings.find(SettingKeys.DATABASE_PASSWORD)
                .filter(password -> !password.isBlank())
                .ifPresent(hikari::setPassword);
        hikari.addDataSourceProperty(
                "wrapperPlugins",
                settings.find(SettingKeys.DATABASE_WRAPPER_PLUGINS).orElse(""));
        hikari.addDataSourceProperty("ApplicationName", "parley-" + context);
        Duration wait = settings.duration(SettingKeys.DATABASE_CONNECT_TIMEOUT, CONNECT_TIMEOUT);
        hikari.addDataSourceProperty("connectTimeout", Long.toString(Math.max(1, wait.toSeconds())));
        hikari.addDataSourceProperty("socketTimeout", "20");
        hikari.setConnectionTimeout(wait.toMillis());
        hikari.setMaximumPoolSize(settings.integer(SettingKeys.DATABASE_POOL_SIZE, 1));
        hikari.setMinimumIdle(0);
        hikari.setMaxLifetime(LONGEST_LIFE.toMillis());
        hikari.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        // Do not connect while the pool is made: the first request does, and says so if it cannot.
        hikari.setInitializationFailTimeout(-1);
        hikari.setAutoCommit(true);
        List<String> migrations = new ArrayList<>(List.of(context));
        migrations.addAll(List.of(shared));
        return new Postgres(hikari, new Migrations(migrations));
    }

    /**
     * Runs {@code work} in one transaction: committed when it returns, rolled back when it throws. A transaction that lost against
     * another is run again, so {@code work} does nothing that a rollback does not undo.
     *
     * @throws ApiException 503 {@code store.waking} when the database sleeps or cannot be reached, {@code store.unavailable} when every
     *     connection is in use, or others are in the way at every attempt
     * @throws PostgresException when it refuses a statement
     */
    public <R> R transaction(Work<R> work) {
        return run(connection -> {
            connection.setAutoCommit(false);
            try {
                R result = work.apply(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    /** Runs {@code work} as single statements, each its own transaction: enough for one read or one write. */
    public <R> R query(Work<R> work) {
        return run(work);
    }

    private <R> R run(Work<R> work) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = pool().getConnection()) {
                return work.apply(connection);
            } catch (SQLException e) {
                if (SqlStates.isRetriable(e) && attempt < ATTEMPTS) {
                    continue;
                }
                throw refusal(e);
            }
        }
    }

    /** The wrapper finds PostgreSQL's driver only among those registered for its own class loader. */
    private static void registerDriver() {
        try {
            if (!Driver.isRegistered()) {
                Driver.register();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL's driver cannot be registered", e);
        }
    }

    /**
     * Loads what a connection takes, by one that this machine itself refuses, and of what it takes afterwards the largest classes; and reads the
     * scripts.
     *
     * @param context and the others as in {@link #of}
     */
    public static void loadAhead(String context, String... shared) {
        Migrations.present(context);
        List.of(shared).forEach(Migrations::present);
        registerDriver();
        HikariConfig nobody = new HikariConfig();
        nobody.setJdbcUrl("jdbc:aws-wrapper:postgresql://127.0.0.1:1/nothing");
        nobody.setDriverClassName("software.amazon.jdbc.Driver");
        nobody.setUsername("nobody");
        nobody.addDataSourceProperty("wrapperPlugins", "");
        nobody.addDataSourceProperty("connectTimeout", "1");
        nobody.addDataSourceProperty("socketTimeout", "1");
        nobody.setMinimumIdle(0);
        nobody.setInitializationFailTimeout(-1);
        try (HikariDataSource pool = new HikariDataSource(nobody);
                Connection connection =
                        DriverManager.getConnection(nobody.getJdbcUrl(), nobody.getDataSourceProperties())) {
            throw new IllegalStateException("Somebody answered " + pool + " as " + connection);
        } catch (SQLException e) {
            // As it must be.
        }
        for (String name : ONCE_CONNECTED) {
            try {
                Class.forName(name);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("The driver has changed", e);
            }
        }
    }

    /** Begins to connect on a thread of its own, if nothing is connected yet. What it meets, the next that needs the database is told. */
    public void expect() {
        FutureTask<HikariDataSource> task = pool;
        if (task == null || task.state() == Future.State.FAILED) {
            Thread.ofPlatform().daemon().name("database").start(opening());
        }
    }

    /** The pool, made and migrated by the first caller; others wait for it, and those who wait for one that fails fail with it. */
    private HikariDataSource pool() throws SQLException {
        FutureTask<HikariDataSource> task = opening();
        // Nothing, where another thread does it or has done it.
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while another connects", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                default -> throw new IllegalStateException("The database cannot be opened", e.getCause());
            }
        }
    }

    /** What is under way, or what was done; begun anew after a failure. */
    private synchronized FutureTask<HikariDataSource> opening() {
        if (pool == null || pool.state() == Future.State.FAILED) {
            pool = new FutureTask<>(this::opened);
        }
        return pool;
    }

    private HikariDataSource opened() throws SQLException {
        HikariDataSource opened = new HikariDataSource(configuration);
        try {
            if (!migrations.areApplied(opened)) {
                migrate();
            }
            return opened;
        } catch (SQLException | RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Connects, asks the database for nothing, and lets go of it again: afterwards all that takes is loaded, and nothing is open.
     *
     * @throws ApiException 503 {@code store.waking} when the database sleeps or cannot be reached
     */
    public void rehearse() {
        try (HikariDataSource source = new HikariDataSource(configuration);
                Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT ?::text")) {
            statement.setString(1, "nothing");
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
            }
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    /** Flyway holds its lock on one connection and migrates on another: on a function's pool of one it would wait for itself. */
    private void migrate() throws SQLException {
        HikariConfig two = new HikariConfig();
        configuration.copyStateTo(two);
        two.setMaximumPoolSize(2);
        try (HikariDataSource source = new HikariDataSource(two)) {
            migrations.apply(source);
        }
    }

    private RuntimeException refusal(SQLException e) {
        if (e instanceof SQLTransientConnectionException && hasConnections()) {
            // The database is awake, only all our connections are in use.
            return new ApiException(
                    Errors.STORE_UNAVAILABLE, Errors.STORE_UNAVAILABLE.message(), Map.of(), BUSY_RETRY_AFTER, e);
        }
        if (e instanceof SQLTransientConnectionException || SqlStates.isUnreachable(e)) {
            return new ApiException(Errors.STORE_WAKING, Errors.STORE_WAKING.message(), Map.of(), RETRY_AFTER, e);
        }
        if (SqlStates.isBusy(e) || isInterrupted(e)) {
            return new ApiException(
                    Errors.STORE_UNAVAILABLE, Errors.STORE_UNAVAILABLE.message(), Map.of(), BUSY_RETRY_AFTER, e);
        }
        return new PostgresException(e);
    }

    /** Whether the request ran out of time while it waited for a connection. */
    private static boolean isInterrupted(SQLException e) {
        return e.getCause() instanceof InterruptedException;
    }

    private synchronized boolean hasConnections() {
        return pool != null
                && pool.state() == Future.State.SUCCESS
                && pool.resultNow().getHikariPoolMXBean().getTotalConnections() > 0;
    }

    private static void rollBack(Connection connection, Throwable because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public synchronized void close() {
        if (pool == null) {
            return;
        }
        try {
            pool.get().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // Nothing was opened.
        } finally {
            pool = null;
        }
    }

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Work<R> {
        R apply(Connection connection) throws SQLException;
    }
}
