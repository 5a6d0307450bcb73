package dev.parley.local.stores;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local inside this JVM, on loopback only, without its telemetry. Files are kept when a folder is given, else memory. What
 * {@link TableChaos} it makes changes with {@code PUT /chaos}, while it runs.
 */
final class EmbeddedTables implements AutoCloseable {
    /** For requests that are under way, on a busy machine; usually there are none. */
    private static final long STOP_MILLIS = 20_000;

    private final Server server;
    private final LocalDynamoDBServerHandler handler;

    private EmbeddedTables(Server server, LocalDynamoDBServerHandler handler) {
        this.server = server;
        this.handler = handler;
    }

    static EmbeddedTables start(Optional<Path> folder, int port, TableChaos chaos) {
        try {
            var requests = new LocalDynamoDBRequestHandler(
                    0, folder.isEmpty(), folder.map(Path::toString).orElse(null), true, false);
            var handler = new LocalDynamoDBServerHandler(requests, null);
            var server = new Server(new InetSocketAddress("127.0.0.1", port));
            server.setHandler(new UnrulyTables(chaos, handler));
            server.setStopTimeout(STOP_MILLIS);
            server.start();
            return new EmbeddedTables(server, handler);
        } catch (Exception e) {
            throw new StoresException("DynamoDB Local did not start on port " + port, e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
            handler.close();
        } catch (Exception e) {
            throw new StoresException("DynamoDB Local did not stop", e);
        }
    }
}
