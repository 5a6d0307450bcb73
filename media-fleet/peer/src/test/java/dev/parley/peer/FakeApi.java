package dev.parley.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** A product's REST API for tests: answers that were laid out beforehand, by method and path, and what was asked. */
final class FakeApi implements AutoCloseable {
    /** Makes the data of an answer from the request's body. */
    @FunctionalInterface
    interface Answer {
        Object data(JsonNode body) throws IOException;
    }

    /** Thrown by an {@link Answer} to refuse. */
    static final class Refusal extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refusal(int status, String code) {
            super(code);
            this.status = status;
        }
    }

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    FakeApi on(String methodAndPath, Answer answer) {
        answers.put(methodAndPath, answer);
        return this;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String route = exchange.getRequestMethod() + " "
                + exchange.getRequestURI().getPath().substring("/api/v1".length());
        asked.add(route);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer = answers.get(route);
        int status = 200;
        Object envelope;
        try {
            if (answer == null) {
                throw new Refusal(404, "request.not_found");
            }
            Object data = answer.data(body.isEmpty() ? Wire.tree("{}") : Wire.tree(body));
            envelope = Map.of("code", 200, "message", "success", "data", data);
        } catch (Refusal e) {
            status = e.status;
            envelope = Map.of("code", status, "message", "refused", "error", e.getMessage());
        }
        byte[] bytes = Wire.writeBytes(envelope);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
