package dev.parley.local.supervisor;

import dev.parley.kernel.SettingKeys;
import dev.parley.local.gateway.Gateway;
import dev.parley.local.gateway.GatewayAddresses;
import dev.parley.local.gateway.GatewayException;
import dev.parley.local.gateway.GatewayOptions;
import dev.parley.local.gateway.function.FunctionException;
import dev.parley.local.gateway.queue.QueueSource;
import dev.parley.local.gateway.socket.Chaos;
import dev.parley.local.gateway.stream.StreamSource;
import dev.parley.local.gateway.template.TemplateException;
import dev.parley.local.gateway.web.Site;
import dev.parley.local.stores.DatabaseElsewhere;
import dev.parley.local.stores.FilesElsewhere;
import dev.parley.local.stores.Stores;
import dev.parley.local.stores.StoresException;
import dev.parley.local.stores.StoresOptions;
import dev.parley.local.stores.TableChaos;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control plane in one process: embedded stores, the gateway, and every function of the template. */
public final class Control {
    /** The stage's name in a local installation. */
    static final String STAGE = "local";

    /** Folder of the mail that is read at {@code /local/mail} in place of being sent. */
    private static final String MAIL = "mail";

    private static final Logger LOG = LoggerFactory.getLogger(Control.class);
    private static final Set<String> FLAGS = Set.of("--ordered");
    private static final Set<String> NAMES = Set.of(
            "--data",
            "--template",
            "--web",
            "--host",
            "--port",
            "--internal-port",
            "--database-port",
            "--tables-port",
            "--files-port",
            "--chaos",
            "--rate-limits",
            "--run-file");
    private static final int MAX_PORT = 65_535;
    private static final int KEPT_CONNECTIONS = 256;

    private Control() {}

    /** Runs until SIGTERM or Ctrl-C. Exit code 1 when something does not start, 2 for wrong arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(new Arguments(arguments, FLAGS, NAMES));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (StoresException | GatewayException | TemplateException | FunctionException e) {
            LOG.error("The control process does not start", e);
            // The last line of the log is what a person is shown first.
            System.err.println("The control process does not start: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Arguments arguments) throws InterruptedException {
        long began = System.nanoTime();
        // Functions of one process call stores and sockets as many instances at once do, each of which keeps its own
        // connections. Those the JDK
        // does not keep, it closes after one request, and a room of a thousand would use up the machine's ports.
        System.setProperty("http.maxConnections", String.valueOf(KEPT_CONNECTIONS));
        Path data = Path.of(arguments.required("--data")).toAbsolutePath().normalize();
        LocalSettings settings = LocalSettings.handedOn(System.getenv());
        Stores stores = Stores.start(stores(arguments, data, settings));
        long storesReady = System.nanoTime();
        var served = new AtomicReference<Gateway>();
        var runFile = new RunFile(Path.of(arguments
                .text("--run-file")
                .orElse(data.resolve("run/control.json").toString())));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            runFile.delete();
            Optional.ofNullable(served.get()).ifPresent(Gateway::close);
            stores.close();
        }));
        Gateway gateway = Gateway.start(options(arguments, data, stores, settings));
        served.set(gateway);
        GatewayAddresses addresses = gateway.addresses();
        runFile.write(describe(addresses, stores));
        LOG.info(
                "ready at {} (internal {}, tables {}, database {}, files at {}): stores {} ms, functions and gateway {} ms",
                addresses.url(),
                addresses.internalPort(),
                stores.tablesEndpoint().getPort(),
                stores.databasePort(),
                stores.filesEndpoint(),
                (storesReady - began) / 1_000_000,
                (System.nanoTime() - storesReady) / 1_000_000);
        new CountDownLatch(1).await(); // until the process is asked to end
    }

    private static StoresOptions stores(Arguments arguments, Path data, LocalSettings settings) {
        StoresOptions options = StoresOptions.in(data)
                .databasePort(arguments.integer("--database-port", 0, 0, MAX_PORT))
                .tablesPort(arguments.integer("--tables-port", 0, 0, MAX_PORT))
                .filesPort(arguments.integer("--files-port", 0, 0, MAX_PORT))
                .chaos(TableChaos.parse(chaos(arguments, true)));
        if (settings.areFilesElsewhere()) {
            options = options.files(new FilesElsewhere(
                    settings.filesEndpoint(),
                    settings.filesPublicEndpoint(),
                    settings.text(LocalSetting.MINIO_BUCKET),
                    settings.text(LocalSetting.MINIO_ACCESS_KEY),
                    settings.text(LocalSetting.MINIO_SECRET_KEY)));
        }
        return settings.isElsewhere()
                ? options.database(new DatabaseElsewhere(
                        settings.databaseAddress(),
                        settings.text(LocalSetting.DATABASE_USER),
                        settings.text(LocalSetting.DATABASE_PASSWORD)))
                : options;
    }

    /** The faults that are asked for. @param ofTables those of the tables, or all others */
    private static String chaos(Arguments arguments, boolean ofTables) {
        return Stream.of(arguments.text("--chaos").orElse("").split(","))
                .filter(fault -> TableChaos.NAMES.contains(fault.strip().split("=", 2)[0]) == ofTables)
                .collect(Collectors.joining(","));
    }

    private static GatewayOptions options(Arguments arguments, Path data, Stores stores, LocalSettings settings) {
        GatewayOptions options = GatewayOptions.over(
                        Path.of(arguments.required("--template")),
                        data.resolve("run").resolve("settings"))
                .listen(
                        arguments.text("--host").orElse("127.0.0.1"),
                        arguments.integer("--port", 0, 0, MAX_PORT),
                        arguments.integer("--internal-port", 0, 0, MAX_PORT))
                .parameters(addresses -> parameters(
                        addresses,
                        stores.values(),
                        data.resolve(MAIL),
                        arguments.text("--rate-limits").orElse(settings.text(LocalSetting.RATE_LIMITS)),
                        settings))
                .runtimeVariables(Map.of(
                        SettingKeys.AWS_REGION, stores.values().get(SettingKeys.AWS_REGION),
                        SettingKeys.AWS_ACCESS_KEY_ID, stores.values().get(SettingKeys.AWS_ACCESS_KEY_ID),
                        SettingKeys.AWS_SECRET_ACCESS_KEY, stores.values().get(SettingKeys.AWS_SECRET_ACCESS_KEY),
                        // one JVM serves every request, where Lambda would start an environment for each
                        SettingKeys.DATABASE_POOL_SIZE, "8"))
                .streams(new StreamSource(stores::tables, stores::streams, data))
                .queues(new QueueSource(stores.queues()))
                .mailFolder(data.resolve(MAIL))
                .ordered(arguments.has("--ordered"))
                .chaos(Chaos.parse(chaos(arguments, false)));
        Path web = Path.of(arguments.text("--web").orElse("no-web-app"));
        return Files.isRegularFile(web.resolve("index.html"))
                ? options.webApp(new Site(web, data.resolve("objects"), Optional.of(stores.filesPublicEndpoint())))
                : options;
    }

    /** The values of the template's parameters for an installation on this machine. */
    static Map<String, String> parameters(
            GatewayAddresses addresses,
            Map<String, String> stores,
            Path mail,
            String rateLimits,
            LocalSettings settings) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("StageName", STAGE);
        parameters.put("TablePrefix", stores.get(SettingKeys.TABLE_PREFIX));
        parameters.put("PublicUrl", addresses.url().toString());
        parameters.put("SocketUrl", addresses.socketUrl().toString());
        parameters.put("WebOrigins", addresses.url() + ",http://127.0.0.1:" + addresses.port());
        parameters.put(
                "ConnectionsEndpoint", addresses.connectionsEndpoint(STAGE).toString());
        parameters.put("DynamoDbEndpoint", stores.get(SettingKeys.DYNAMODB_ENDPOINT));
        parameters.put("SqsEndpoint", stores.get(SettingKeys.SQS_ENDPOINT));
        parameters.put("ObjectsUri", stores.get(SettingKeys.OBJECTS_URI));
        parameters.put("FilesUri", stores.get(SettingKeys.FILES_URI));
        parameters.put("FilesEndpoint", stores.get(SettingKeys.FILES_ENDPOINT));
        parameters.put("FilesPublicEndpoint", stores.get(SettingKeys.FILES_PUBLIC_ENDPOINT));
        parameters.put("FilesAccessKey", stores.get(SettingKeys.FILES_ACCESS_KEY));
        parameters.put("FilesSecretKey", stores.get(SettingKeys.FILES_SECRET_KEY));
        parameters.put("KeysUri", stores.get(SettingKeys.KEYS_URI));
        parameters.put("RateLimits", rateLimits);
        parameters.put("WebhookAddresses", "loopback");
        parameters.put("MailFolder", mail.toUri().toString());
        parameters.put("MailFrom", settings.text(LocalSetting.MAIL_FROM));
        parameters.put("IceServers", settings.iceServers());
        parameters.put("MeetingEmptyAfter", settings.text(LocalSetting.MEETING_EMPTY_AFTER));
        parameters.put("MeetingHostAway", settings.text(LocalSetting.MEETING_HOST_AWAY));
        parameters.put("DatabaseUrl", stores.get(SettingKeys.DATABASE_URL));
        parameters.put("DatabaseUser", stores.get(SettingKeys.DATABASE_USER));
        parameters.put("DatabasePassword", stores.get(SettingKeys.DATABASE_PASSWORD));
        parameters.put("DatabaseWrapperPlugins", stores.get(SettingKeys.DATABASE_WRAPPER_PLUGINS));
        return parameters;
    }

    private static Map<String, Object> describe(GatewayAddresses addresses, Stores stores) {
        var description = new LinkedHashMap<String, Object>();
        description.put("pid", ProcessHandle.current().pid());
        description.put("url", addresses.url().toString());
        description.put("port", addresses.port());
        description.put("internal_port", addresses.internalPort());
        description.put("database_port", stores.databasePort());
        description.put("tables_port", stores.tablesEndpoint().getPort());
        description.put("files_endpoint", stores.filesEndpoint().toString());
        description.put("queues_port", stores.queues().endpoint().getPort());
        description.put("health", addresses.health().toString());
        return description;
    }
}
