package dev.parley.local.load;

import dev.parley.kernel.SettingKeys;
import dev.parley.local.gateway.Gateway;
import dev.parley.local.gateway.GatewayAddresses;
import dev.parley.local.gateway.GatewayOptions;
import dev.parley.local.gateway.function.LambdaFunction;
import dev.parley.local.gateway.queue.QueueSource;
import dev.parley.local.gateway.stream.StreamSource;
import dev.parley.local.stores.Stores;
import dev.parley.local.stores.StoresOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The control plane in this process, over embedded stores in a folder of its own, which counts what its functions use: invocations, memory
 * and time, capacity of tables, requests to queues, messages to sockets, bytes of log. What clients ask of it is counted by those who ask.
 */
final class MeteredInstallation implements AutoCloseable {
    private static final String STAGE = "local";
    private static final double MEGABYTES_PER_GIGABYTE = 1024;

    private final Use use = new Use();
    private final PrintStream out = System.out;
    private final Path folder;
    private final Stores stores;
    private final MeteredService tables;
    private final MeteredService queues;
    private final MeteredService connections;
    private final Gateway gateway;

    /** @param root the repository's folder, with packaged functions */
    MeteredInstallation(Path root) throws IOException {
        folder = Files.createTempDirectory("parley-cost");
        stores = Stores.start(StoresOptions.in(folder));
        tables = MeteredService.before(stores::tablesEndpoint, use);
        queues = MeteredService.before(() -> stores.queues().endpoint(), use);
        AtomicReference<URI> internal = new AtomicReference<>();
        connections = MeteredService.before(internal::get, use);
        // Functions take the standard output when they start.
        System.setOut(new PrintStream(new Counted(), true, StandardCharsets.UTF_8));
        gateway = Gateway.start(GatewayOptions.over(root.resolve("template.yaml"), folder.resolve("settings"))
                .parameters(addresses -> {
                    internal.set(URI.create("http://127.0.0.1:" + addresses.internalPort()));
                    return parameters(addresses);
                })
                .runtimeVariables(Map.of(
                        SettingKeys.AWS_REGION, stores.values().get(SettingKeys.AWS_REGION),
                        SettingKeys.AWS_ACCESS_KEY_ID, stores.values().get(SettingKeys.AWS_ACCESS_KEY_ID),
                        SettingKeys.AWS_SECRET_ACCESS_KEY, stores.values().get(SettingKeys.AWS_SECRET_ACCESS_KEY),
                        SettingKeys.DATABASE_POOL_SIZE, "8"))
                .streams(StreamSource.at(stores.tablesEndpoint(), folder))
                .queues(new QueueSource(stores.queues()))
                .mailFolder(folder.resolve("mail")));
    }

    private Map<String, String> parameters(GatewayAddresses addresses) {
        Map<String, String> all = stores.values();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("StageName", STAGE);
        parameters.put("TablePrefix", all.get(SettingKeys.TABLE_PREFIX));
        parameters.put("PublicUrl", addresses.url().toString());
        parameters.put("SocketUrl", addresses.socketUrl().toString());
        parameters.put("WebOrigins", addresses.url().toString());
        parameters.put("ConnectionsEndpoint", connections.endpoint() + "/" + STAGE);
        parameters.put("DynamoDbEndpoint", tables.endpoint().toString());
        parameters.put("SqsEndpoint", queues.endpoint().toString());
        parameters.put("ObjectsUri", all.get(SettingKeys.OBJECTS_URI));
        parameters.put("FilesUri", all.get(SettingKeys.FILES_URI));
        parameters.put("FilesEndpoint", all.get(SettingKeys.FILES_ENDPOINT));
        parameters.put("FilesPublicEndpoint", all.get(SettingKeys.FILES_PUBLIC_ENDPOINT));
        parameters.put("FilesAccessKey", all.get(SettingKeys.FILES_ACCESS_KEY));
        parameters.put("FilesSecretKey", all.get(SettingKeys.FILES_SECRET_KEY));
        parameters.put("KeysUri", all.get(SettingKeys.KEYS_URI));
        parameters.put("WebhookAddresses", "loopback");
        parameters.put("MailFolder", folder.resolve("mail").toUri().toString());
        parameters.put("DatabaseUrl", all.get(SettingKeys.DATABASE_URL));
        parameters.put("DatabaseUser", all.get(SettingKeys.DATABASE_USER));
        parameters.put("DatabasePassword", all.get(SettingKeys.DATABASE_PASSWORD));
        parameters.put("DatabaseWrapperPlugins", all.get(SettingKeys.DATABASE_WRAPPER_PLUGINS));
        return parameters;
    }

    /** Where clients reach it. */
    URI url() {
        return URI.create("http://127.0.0.1:" + gateway.addresses().port());
    }

    /** What clients of it used, for those who ask it to add to. */
    Use use() {
        return use;
    }

    /** What was used since it started, by the names of {@link Prices}. */
    Map<String, Double> used() {
        Map<String, Double> used = use.sums();
        double invocations = 0;
        double gigabyteSeconds = 0;
        for (LambdaFunction function : gateway.functions().all()) {
            invocations += function.invocations();
            gigabyteSeconds += function.busy().toNanos() / 1e9 * function.spec().memoryMb() / MEGABYTES_PER_GIGABYTE;
        }
        used.put("lambda_requests", invocations);
        used.put("lambda_gb_seconds", gigabyteSeconds);
        return used;
    }

    @Override
    public void close() {
        gateway.close();
        System.setOut(out);
        connections.close();
        queues.close();
        tables.close();
        stores.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts what is printed, and drops it. */
    private final class Counted extends OutputStream {
        @Override
        public void write(int one) {
            use.add("log_gb", 1 / 1e9);
        }

        @Override
        public void write(byte[] text, int from, int length) {
            use.add("log_gb", length / 1e9);
        }
    }
}
