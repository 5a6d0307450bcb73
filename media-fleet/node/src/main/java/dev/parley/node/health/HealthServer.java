package dev.parley.node.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.Wire;
import dev.parley.contracts.node.NodeHealth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Plain HTTP for whoever watches the process: {@code /health} is 200 while the node serves, {@code /metrics} is for Prometheus. */
public final class HealthServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Opens the port and answers.
     *
     * @throws UncheckedIOException when the address cannot be bound
     */
    public static HealthServer open(
            InetSocketAddress address, BooleanSupplier healthy, Supplier<NodeHealth> health, Supplier<String> metrics) {
        try {
            HttpServer server = HttpServer.create(address, 0);
            HealthServer opened = new HealthServer(server);
            server.createContext(
                    "/health",
                    exchange -> answer(
                            exchange,
                            healthy.getAsBoolean() ? 200 : 503,
                            "application/json",
                            Wire.write(health.get())));
            server.createContext(
                    "/metrics", exchange -> answer(exchange, 200, MetricsText.CONTENT_TYPE, metrics.get()));
            server.setExecutor(opened.threads);
            server.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("health cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
