package dev.parley.node.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.parley.contracts.Wire;
import dev.parley.contracts.node.NodeFailure;
import dev.parley.node.rooms.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTPS around {@link ControlApi}: one virtual thread a request, bodies of at most {@value #MAX_BODY_BYTES} bytes. */
public final class ControlServer implements AutoCloseable {
    static final int MAX_BODY_BYTES = 512 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    static {
        // Read once by the JDK's server: seconds for a request, seconds an idle connection lives, and no delay for
        // small answers.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "10");
        System.setProperty("sun.net.httpserver.idleInterval", "60");
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ControlApi api;

    private ControlServer(HttpsServer server, ControlApi api) {
        this.server = server;
        this.api = api;
    }

    /**
     * Opens the server's port; {@link #start} answers.
     *
     * @throws UncheckedIOException when the address cannot be bound
     */
    public static ControlServer open(InetSocketAddress address, SSLContext context, ControlApi api) {
        try {
            HttpsServer server = HttpsServer.create(address, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                    tls.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                    parameters.setSSLParameters(tls);
                }
            });
            ControlServer control = new ControlServer(server, api);
            server.createContext("/", control::handle);
            server.setExecutor(control.threads);
            return control;
        } catch (IOException e) {
            throw new UncheckedIOException("the control API cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    public void start() {
        server.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Closed only when all is written: an exchange that ends without an answer takes its connection with it.
        try (exchange) {
            answer(exchange);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        try {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                throw new Refusal(Refusal.Kind.TOO_LARGE, "a body has at most " + MAX_BODY_BYTES + " bytes");
            }
            Object answer = api.answer(
                    method,
                    segments(exchange.getRequestURI().getRawPath()),
                    Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), ""),
                    participant(exchange.getRequestURI().getRawQuery()),
                    body);
            respond(exchange, answer.equals("") ? 204 : 200, answer);
        } catch (Refusal e) {
            LOG.info("{} {} refused: {} {}", method, path, e.kind(), e.getMessage());
            if (e.kind().status() == 503) {
                // Load falls slowly, what else is wrong passes quickly.
                exchange.getResponseHeaders().set("Retry-After", e.kind() == Refusal.Kind.FULL ? "5" : "2");
            }
            respond(exchange, e.kind().status(), NodeFailure.of(e.kind().code(), e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", method, path, e);
            respond(exchange, 500, NodeFailure.of("node.failed", "the node failed; its log says why"));
        }
    }

    private static void respond(HttpExchange exchange, int status, Object answer) throws IOException {
        if (answer.equals("")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        byte[] json = Wire.writeBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }

    private static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String segment : rawPath.substring(1).split("/", -1)) {
            segments.add(decoded(segment));
        }
        return segments;
    }

    private static String participant(String rawQuery) {
        if (rawQuery != null) {
            for (String pair : rawQuery.split("&")) {
                if (pair.startsWith("participant=")) {
                    return decoded(pair.substring("participant=".length()));
                }
            }
        }
        return "";
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Kind.INVALID, "the path is not percent-encoded UTF-8");
        }
    }

    @Override
    public void close() {
        server.stop(1);
        threads.shutdownNow();
    }
}
