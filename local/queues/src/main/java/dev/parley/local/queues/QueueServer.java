package dev.parley.local.queues;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** SQS inside this JVM, on loopback only. Queues and their messages are kept when a folder is given. */
public final class QueueServer implements AutoCloseable {
    private final Server server;
    private final Queues queues;
    private final URI endpoint;

    private QueueServer(Server server, Queues queues, URI endpoint) {
        this.server = server;
        this.queues = queues;
        this.endpoint = endpoint;
    }

    /**
     * Restores what is kept, and listens.
     *
     * @param folder a file for each queue is kept in it; absent keeps nothing
     * @param port TCP port; 0 takes a free one
     * @throws IllegalStateException when the port is taken
     */
    public static QueueServer start(Optional<Path> folder, int port, InstantSource clock) {
        var queues = new Queues(folder, clock);
        var pool = new VirtualThreadPool();
        pool.setName("queues");
        var server = new Server(pool);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setStopTimeout(0);
        try {
            connector.open();
            URI endpoint = URI.create("http://127.0.0.1:" + connector.getLocalPort());
            server.setHandler(new QueueHandler(new Operations(queues, endpoint + "/" + Queues.ACCOUNT + "/")));
            server.start();
            return new QueueServer(server, queues, endpoint);
        } catch (Exception e) {
            queues.close();
            throw new IllegalStateException("The queues did not start on port " + port, e);
        }
    }

    /** Where SQS answers. */
    public URI endpoint() {
        return endpoint;
    }

    /** The queues themselves, for what SQS has no action for. */
    public Queues queues() {
        return queues;
    }

    @Override
    public void close() {
        queues.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The queues did not stop", e);
        }
    }
}
