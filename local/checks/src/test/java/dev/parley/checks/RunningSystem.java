package dev.parley.checks;

import dev.parley.contracts.Wire;
import dev.parley.kernel.SettingKeys;
import dev.parley.local.gateway.template.RestRoute;
import dev.parley.local.gateway.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** The control plane as {@code local/up} runs it: its own process over packaged functions and embedded stores, in a folder of its own. */
final class RunningSystem implements AutoCloseable {
    static final Path ROOT = Path.of(System.getProperty("parley.root"));

    /** A system property: the faults of every system that does not say its own. */
    private static final String CHAOS = "checks.chaos";

    private static RunningSystem shared;

    private final Path folder;
    private final Process process;
    private final JsonNode description;

    /** @param description what the process wrote into its run file */
    private RunningSystem(Path folder, Process process, JsonNode description) {
        this.folder = folder;
        this.process = process;
        this.description = description;
    }

    /** One without rate limits for all tests whose people and meetings are their own. Nobody closes it: it ends with this process. */
    static synchronized RunningSystem shared() {
        if (shared == null) {
            RunningSystem started = start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "shared-system"));
            shared = started;
        }
        return shared;
    }

    /** Without rate limits. */
    static RunningSystem start() {
        return start("off");
    }

    /** @param rateLimits {@code on} or {@code off} */
    static RunningSystem start(String rateLimits) {
        return start(rateLimits, System.getProperty(CHAOS, ""));
    }

    /** Without rate limits, and with faults made on purpose, as {@code local/up --chaos} takes them. */
    static RunningSystem unruly(String faults) {
        return start("off", faults);
    }

    private static RunningSystem start(String rateLimits, String faults) {
        try {
            Path folder = Files.createTempDirectory("parley-checks");
            Path runFile = folder.resolve("run/control.json");
            Path log = folder.resolve("control.log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.parley.local.supervisor.Control",
                            "--data",
                            folder.toString(),
                            "--template",
                            ROOT.resolve("template.yaml").toString(),
                            "--rate-limits",
                            rateLimits,
                            "--chaos",
                            faults,
                            "--run-file",
                            runFile.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .failFast(() -> {
                        if (!process.isAlive()) {
                            throw new IllegalStateException("the control process ended:\n" + text(log));
                        }
                    })
                    .until(() -> Files.exists(runFile) && text(runFile).endsWith("}"));
            return new RunningSystem(folder, process, Wire.tree(text(runFile)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create(description.path("url").asString());
    }

    /** Where this machine alone reaches it. */
    URI internalUrl() {
        return URI.create(
                "http://127.0.0.1:" + description.path("internal_port").asInt());
    }

    /** The settings that tests share with the functions: where the signing keys and the tables are. */
    Map<String, String> values() {
        return Map.of(
                SettingKeys.KEYS_URI, folder.resolve("keys").toUri().toString(),
                SettingKeys.DYNAMODB_ENDPOINT,
                        "http://127.0.0.1:" + description.path("tables_port").asInt(),
                SettingKeys.TABLE_PREFIX, "parley-",
                SettingKeys.AWS_ACCESS_KEY_ID, "local",
                SettingKeys.AWS_SECRET_ACCESS_KEY, "local");
    }

    /** Does something to the database behind the functions' backs. */
    void sql(String statement) {
        try (Connection connection = database();
                Statement work = connection.createStatement()) {
            work.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** The one value of a query of the database. */
    String text(String query) {
        try (Connection connection = database();
                Statement work = connection.createStatement();
                ResultSet row = work.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** Ends the database as an operator does, and everybody who is connected. */
    void stopDatabase() {
        try (Stream<Path> files = Files.walk(folder);
                Connection connection = database();
                Statement work = connection.createStatement()) {
            Path pid = files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
            ProcessHandle postmaster = ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                    .orElseThrow();
            postmaster.destroy(); // takes nobody in any more, and waits for those who are there
            work.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'parley'");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection past the functions, with all rights. */
    Connection database() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:"
                + description.path("database_port").asInt() + "/parley";
        return DriverManager.getConnection(url, "postgres", "postgres");
    }

    /** Makes the tables fail from now on as {@code TableChaos} writes it; an empty text makes an end of it. */
    void tableFaults(String faults) {
        URI tables =
                URI.create("http://127.0.0.1:" + description.path("tables_port").asInt() + "/chaos");
        try (HttpClient client = HttpClient.newHttpClient()) {
            int status = client.send(
                            HttpRequest.newBuilder(tables)
                                    .PUT(HttpRequest.BodyPublishers.ofString(faults))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status != 204) {
                throw new IllegalArgumentException("the tables answered " + status + " to " + faults);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Gives an account the role of an administrator, as {@code local/admin grant} does it: in a process of its own, beside the API. */
    void makeAdmin(String username) {
        var running = Wire.tree(text(folder.resolve("run/control.json")));
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.parley.identity.function.AdminCommand",
                        "grant",
                        username)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("grant.log").toFile());
        command.environment()
                .putAll(Map.of(
                        SettingKeys.DATABASE_URL,
                        "jdbc:aws-wrapper:postgresql://127.0.0.1:"
                                + running.path("database_port").asInt() + "/parley",
                        SettingKeys.DATABASE_USER,
                        "postgres",
                        SettingKeys.DATABASE_PASSWORD,
                        "postgres",
                        SettingKeys.DYNAMODB_ENDPOINT,
                        "http://127.0.0.1:" + running.path("tables_port").asInt(),
                        SettingKeys.TABLE_PREFIX,
                        "parley-",
                        SettingKeys.AWS_REGION,
                        "us-east-1",
                        SettingKeys.AWS_ACCESS_KEY_ID,
                        "local",
                        SettingKeys.AWS_SECRET_ACCESS_KEY,
                        "local"));
        try {
            if (command.start().waitFor() != 0) {
                throw new IllegalStateException("no administrator was made:\n" + text(folder.resolve("grant.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an administrator was made", e);
        }
    }

    /** What the process has written so far: under {@code local/up} the same goes to {@code logs/control.log}. */
    String log() {
        return text(folder.resolve("control.log"));
    }

    List<RestRoute> routes() {
        return Template.read(ROOT.resolve("template.yaml"), Map.of("SubnetIds", "subnet-1", "SecurityGroupIds", "sg-1"))
                .rest()
                .orElseThrow()
                .routes();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
