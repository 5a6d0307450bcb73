package dev.parley.local.stores;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.AwsClients;
import dev.parley.platform.dynamo.nearby.NearbyTables;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local inside this JVM, on loopback only, without its telemetry. Files are kept when a folder is given, else memory. What
 * {@link TableChaos} it makes changes with {@code PUT /chaos}, while it runs. Who is in this JVM as well finds it in {@link NearbyTables}.
 */
final class EmbeddedTables implements AutoCloseable {
    /** For requests that are under way, on a busy machine; usually there are none. */
    private static final long STOP_MILLIS = 20_000;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);

    private final Server server;
    private final LocalDynamoDBServerHandler handler;
    private final URI endpoint;
    private final List<SdkClient> overHttp;
    private final DynamoDbClient client;
    private final DynamoDbStreamsClient streams;

    private EmbeddedTables(
            Server server,
            LocalDynamoDBServerHandler handler,
            LocalDynamoDBRequestHandler requests,
            UnrulyTables unruly) {
        this.server = server;
        this.handler = handler;
        this.endpoint = URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
        DynamoDbClient tablesOverHttp = overHttp(DynamoDbClient.builder());
        DynamoDbStreamsClient streamsOverHttp = overHttp(DynamoDbStreamsClient.builder());
        this.overHttp = List.of(tablesOverHttp, streamsOverHttp);
        this.client = DirectTables.of(DynamoDbClient.class, requests, tablesOverHttp, unruly::calm);
        // Nothing of the chaos is about them.
        this.streams = DirectTables.of(DynamoDbStreamsClient.class, requests, streamsOverHttp, () -> true);
        NearbyTables.open(endpoint, client);
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C overHttp(B builder) {
        var anybody =
                Settings.of(Map.of(SettingKeys.AWS_ACCESS_KEY_ID, "local", SettingKeys.AWS_SECRET_ACCESS_KEY, "local"));
        return AwsClients.build(builder, anybody, Optional.of(endpoint), ANSWER_TIMEOUT);
    }

    static EmbeddedTables start(Optional<Path> folder, int port, TableChaos chaos) {
        try {
            var requests = new LocalDynamoDBRequestHandler(
                    0, folder.isEmpty(), folder.map(Path::toString).orElse(null), true, false);
            KnownTables.give(requests, folder);
            var handler = new LocalDynamoDBServerHandler(requests, null);
            var server = new Server(new InetSocketAddress("127.0.0.1", port));
            var unruly = new UnrulyTables(chaos, handler);
            server.setHandler(unruly);
            server.setStopTimeout(STOP_MILLIS);
            server.start();
            return new EmbeddedTables(server, handler, requests, unruly);
        } catch (Exception e) {
            throw new StoresException("DynamoDB Local did not start on port " + port, e);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    /** Calls the tables directly. It stays open when it is closed. */
    DynamoDbClient client() {
        return client;
    }

    /** Calls their streams directly. It stays open when it is closed. */
    DynamoDbStreamsClient streams() {
        return streams;
    }

    @Override
    public void close() {
        NearbyTables.close(endpoint);
        overHttp.forEach(SdkClient::close);
        try {
            server.stop();
            handler.close();
        } catch (Exception e) {
            throw new StoresException("DynamoDB Local did not stop", e);
        }
    }
}
