package dev.parley.local.stores;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** PostgreSQL as a child process on loopback, its data in a folder that is kept, or in one that goes with the JVM. */
final class EmbeddedDatabase implements AutoCloseable {
    static final String USER = "postgres";
    static final String PASSWORD = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;

    private EmbeddedDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts the server.
     *
     * @param dataFolder kept between starts when given; otherwise a temporary one
     * @param binaries where the server's programs are unpacked once
     * @param port 0 takes a free one
     */
    static EmbeddedDatabase start(Optional<Path> dataFolder, Optional<Path> binaries, int port) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPGStartupWait(START_LIMIT)
                // whoever keeps data stops the server in order; a test's goes with its JVM
                .setRegisterShutdownHook(dataFolder.isEmpty())
                .setServerConfig("max_connections", "200")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD);
        if (port != 0) {
            builder.setPort(port);
        }
        binaries.ifPresent(
                folder -> builder.setOverrideWorkingDirectory(created(folder).toFile()));
        dataFolder.ifPresent(folder -> {
            OrphanedDatabase.stop(folder);
            builder.setDataDirectory(created(folder)).setCleanDataDirectory(false);
        });
        try {
            return new EmbeddedDatabase(builder.start());
        } catch (IOException | IllegalStateException e) {
            throw new StoresException(
                    "PostgreSQL did not start" + dataFolder.map(f -> " on " + f).orElse("") + ": " + e.getMessage(), e);
        }
    }

    /** Makes the database {@code name} unless it is there. */
    void ensureDatabase(String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean exists;
            try (ResultSet rows =
                    statement.executeQuery("select 1 from pg_database where datname = '" + plain(name) + "'")) {
                exists = rows.next();
            }
            if (!exists) {
                statement.executeUpdate("create database " + plain(name));
            }
        } catch (SQLException e) {
            throw new StoresException("Database " + name + " could not be made", e);
        }
    }

    /** Drops the database {@code name}, cutting whoever is connected to it. */
    void dropDatabase(String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("drop database if exists " + plain(name) + " with (force)");
        } catch (SQLException e) {
            throw new StoresException("Database " + name + " could not be dropped", e);
        }
    }

    /** Where {@code database} is, {@code postgresql://host:port/database}. */
    String address(String database) {
        return "postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new StoresException("PostgreSQL did not stop", e);
        }
    }

    private static String plain(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("Not a database name: " + name);
        }
        return name;
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoresException("Folder " + folder + " could not be made", e);
        }
    }
}
