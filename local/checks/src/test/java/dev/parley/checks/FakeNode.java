package dev.parley.checks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.Wire;
import dev.parley.contracts.node.NodeFailure;
import dev.parley.kernel.Settings;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.nodes.DynamoLeases;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.NodeState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The control API of a media node that answers whatever it is told to, and a server that takes whatever webhooks tell it. */
final class FakeNode implements AutoCloseable {
    private final Dynamo dynamo;
    private final HttpServer server;
    /** 0: the connection ends without an answer. */
    private volatile int status = 204;

    private volatile String body = "";

    FakeNode(RunningSystem system) {
        dynamo = Dynamo.of(Settings.of(system.values()));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            if (status == 0) {
                return;
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Leases the node for the next seconds. @param stress 1 takes no room */
    void lease(double stress) {
        new DynamoLeases(dynamo, InstantSource.system())
                .register(new NodeLease(
                        "fake", "i1", url(), "00", "127.0.0.1", 0, NodeState.SERVING, 0, 0, stress, "local"));
    }

    void answersNothing() {
        status = 0;
    }

    void answersNonsense() {
        status = 500;
        body = "?";
    }

    void refuses(int with, String code) {
        status = with;
        body = Wire.write(NodeFailure.of(code, "made to happen"));
    }

    void serves() {
        status = 204;
        body = "";
    }

    @Override
    public void close() {
        server.stop(0);
        dynamo.close();
    }
}
