package dev.parley.platform.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Schemas, each {@code db/<name>/V<n>__<what>.sql} with its own history table, applied in order and never changed. Flyway applies them, and
 * finds out by itself what is to be done; for that it loads seven hundred classes and opens two connections, so it is asked only when its
 * history is not, script by script, what lies on the class path.
 */
final class Migrations {
    private static final String SUFFIX = ".sql";
    /** A package's list of all scripts in it, one to a line: to go through a large jar takes a while. */
    private static final String LIST = "db/scripts.txt";

    /** What lies on the class path, by name: a package does not change while it runs. */
    private static final Map<String, Map<String, Integer>> PRESENT = new ConcurrentHashMap<>();

    private final List<String> names;

    Migrations(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** Whether all of them were applied, as they are now. Changes nothing. */
    boolean areApplied(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            for (String name : names) {
                Map<String, Integer> present = present(name);
                if (present.isEmpty() || !present.equals(applied(connection, name))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Brings the schemas up to date; of several that try at once, one does and the others wait. */
    void apply(DataSource source) throws SQLException {
        for (String name : names) {
            apply(source, name);
        }
    }

    /** Scripts and their checksums as the database remembers them; none when something is odd about them. */
    private static Map<String, Integer> applied(Connection connection, String name) throws SQLException {
        Map<String, Integer> applied = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT script, checksum, success FROM " + history(name) + " WHERE type <> 'BASELINE'")) {
            while (rows.next()) {
                if (!rows.getBoolean("success")) {
                    return Map.of();
                }
                applied.put(rows.getString("script"), rows.getInt("checksum"));
            }
        } catch (SQLException e) {
            if (SqlStates.isUndefinedTable(e)) {
                return Map.of();
            }
            throw e;
        }
        return applied;
    }

    /** Scripts and their checksums on the class path. */
    static Map<String, Integer> present(String name) {
        return PRESENT.computeIfAbsent(name, Migrations::read);
    }

    private static Map<String, Integer> read(String name) {
        try {
            Map<String, Integer> present = new HashMap<>();
            for (String script : scripts(name)) {
                try (InputStream text = loader().getResourceAsStream(folder(name) + "/" + script)) {
                    present.put(script, checksum(new String(text.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
            return present;
        } catch (IOException e) {
            throw new UncheckedIOException("The migrations of " + name + " cannot be read", e);
        }
    }

    private static Set<String> scripts(String name) throws IOException {
        Set<String> scripts = new HashSet<>();
        try (InputStream list = loader().getResourceAsStream(LIST)) {
            if (list != null) {
                String prefix = folder(name) + "/";
                new String(list.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(script -> script.startsWith(prefix))
                        .map(script -> script.substring(prefix.length()))
                        .forEach(scripts::add);
                return scripts;
            }
        }
        Enumeration<URL> folders = loader().getResources(folder(name));
        while (folders.hasMoreElements()) {
            URL folder = folders.nextElement();
            if (folder.openConnection() instanceof JarURLConnection jar) {
                String prefix = folder(name) + "/";
                try (Stream<JarEntry> entries = jar.getJarFile().stream()) {
                    entries.map(JarEntry::getName)
                            .filter(entry -> entry.startsWith(prefix) && entry.endsWith(SUFFIX))
                            .map(entry -> entry.substring(prefix.length()))
                            .forEach(scripts::add);
                }
            } else {
                try (Stream<Path> files = Files.list(Path.of(URI.create(folder.toString())))) {
                    files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(SUFFIX))
                            .forEach(scripts::add);
                }
            }
        }
        return scripts;
    }

    /** As Flyway has it: of the lines, without what ends them. */
    private static int checksum(String text) {
        CRC32 checksum = new CRC32();
        text.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).forEach(checksum::update);
        return (int) checksum.getValue();
    }

    private static ClassLoader loader() {
        return Migrations.class.getClassLoader();
    }

    private static String folder(String name) {
        return "db/" + name;
    }

    private static String history(String name) {
        return "schema_history_" + name;
    }

    private static void apply(DataSource source, String name) throws SQLException {
        try {
            Flyway.configure(loader())
                    .dataSource(source)
                    .locations("classpath:" + folder(name))
                    .table(history(name))
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .failOnMissingLocations(true)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql) {
                    throw sql;
                }
            }
            throw e;
        }
    }
}
