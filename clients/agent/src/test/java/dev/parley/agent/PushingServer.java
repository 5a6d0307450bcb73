package dev.parley.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The server of one device over real HTTP: its list, manifests, addresses and reports, a store that answers ranges, and everything that may go wrong with these. */
final class PushingServer implements AutoCloseable {
    static final String DEVICE = "dv_1";
    static final String SECRET = "dk_secret";

    /** How a GET of the store is answered. */
    interface StoreAnswer {
        /** @param request its number, from 1 @return whether it was answered */
        boolean answer(HttpExchange exchange, int request, byte[] range) throws IOException;
    }

    /** @param name as its sender has it */
    record Push(String pushId, String fileId, String name, byte[] content, String sha256) {}

    private final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    final TestSocket socket = new TestSocket();
    final Map<String, Push> pushes = new LinkedHashMap<>();
    final Map<String, Json> states = new ConcurrentHashMap<>();
    final List<Json> reports = new CopyOnWriteArrayList<>();
    final AtomicLong sent = new AtomicLong();
    final AtomicInteger storeRequests = new AtomicInteger();
    final AtomicInteger addresses = new AtomicInteger();
    final AtomicInteger tokens = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile StoreAnswer store = (exchange, request, range) -> false;
    volatile int oldestAddress;
    volatile int chunkSize = 1 << 16;
    volatile boolean lists = true;
    /** So many of the next calls to the API are 503. */
    final AtomicInteger failing = new AtomicInteger();

    volatile boolean welcome = true;
    final List<String> removed = new CopyOnWriteArrayList<>();
    final List<String> calledBack = new CopyOnWriteArrayList<>();
    volatile int validToken;

    PushingServer() throws IOException {
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::serve);
        http.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    Credential credential() {
        return new Credential(address(), DEVICE, SECRET);
    }

    static String sha256(byte[] content) {
        var digest = Hashes.sha256();
        digest.update(content);
        return Hashes.hex(digest);
    }

    /** Something is pushed; nobody is told. */
    Push push(String pushId, String name, byte[] content) {
        var push = new Push(pushId, "f_" + pushId, name, content, sha256(content));
        synchronized (pushes) {
            pushes.put(pushId, push);
        }
        return push;
    }

    String noticeOf(Push push) {
        return "{\"type\":\"file-notice\"," + fields(push) + ",\"devices\":[\"" + DEVICE + "\"]}";
    }

    private static String fields(Push push) {
        String name = Json.write(Map.of("name", push.name));
        return "\"push_id\":\"" + push.pushId + "\",\"file_id\":\"" + push.fileId + "\","
                + name.substring(1, name.length() - 1) + ",\"size\":" + push.content.length + ",\"sha256\":\""
                + push.sha256 + "\"";
    }

    String state(String pushId) {
        return states.getOrDefault(pushId, Json.EMPTY).text("state");
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (path.startsWith("/store/")) {
                serveStore(exchange, path.substring(7));
                return;
            }
            String call = exchange.getRequestMethod() + " " + path.replaceFirst("^/api/v1", "");
            calls.add(call);
            if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                refusals.incrementAndGet();
                exchange.getResponseHeaders().set("Retry-After", "1");
                reply(exchange, 503, "{\"error\":\"store.waking\",\"message\":\"wait\"}");
                return;
            }
            api(exchange, call, body.isEmpty() ? Json.EMPTY : Json.parse(body));
        }
    }

    private void api(HttpExchange exchange, String call, Json body) throws IOException {
        if (call.equals("POST /devices/token")) {
            boolean right = welcome
                    && body.text("device_id").equals(DEVICE)
                    && body.text("credential").equals(SECRET);
            if (!right) {
                reply(exchange, 401, "{\"error\":\"device.credential\",\"message\":\"no\"}");
                return;
            }
            validToken = tokens.incrementAndGet();
            data(
                    exchange,
                    "{\"token\":\"t" + validToken + "\",\"expires_at\":\""
                            + Instant.now().plusSeconds(600) + "\"}");
            return;
        }
        if (!("Bearer t" + validToken).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, 401, "{\"error\":\"auth.expired\",\"message\":\"no\"}");
            return;
        }
        String[] parts = call.split("[ /]+");
        switch (parts[1] + (parts.length > 3 ? " " + parts[3] : "")) {
            case "devices pushes" -> data(exchange, "{\"list\":[" + pending() + "]}");
            case "files manifest" -> {
                Push push = push(parts[2]);
                if (push == null) {
                    reply(exchange, 404, "{\"error\":\"file.not_found\",\"message\":\"no\"}");
                } else {
                    data(exchange, manifest(push));
                }
            }
            case "files url" -> {
                if (push(parts[2]) == null) {
                    reply(exchange, 404, "{\"error\":\"file.not_found\",\"message\":\"no\"}");
                } else {
                    data(
                            exchange,
                            "{\"url\":\"" + address() + "/store/" + parts[2] + "?good=" + addresses.incrementAndGet()
                                    + "\"}");
                }
            }
            case "pushes devices" -> {
                if (calledBack.contains(parts[2])) {
                    reply(exchange, 410, "{\"error\":\"push.called_back\",\"message\":\"no\"}");
                    return;
                }
                states.put(parts[2], body);
                reports.add(body);
                data(exchange, "{}");
            }
            case "ws-tickets" -> data(exchange, "{\"ticket\":\"once\",\"ws_url\":\"" + socket.address() + "\"}");
            default -> reply(exchange, 404, "{\"error\":\"request.not_found\",\"message\":\"no\"}");
        }
    }

    private Push push(String fileId) {
        synchronized (pushes) {
            return removed.contains(fileId) ? null : pushes.get(fileId.substring(2));
        }
    }

    private String pending() {
        synchronized (pushes) {
            return !lists
                    ? ""
                    : pushes.values().stream()
                            .filter(push -> !state(push.pushId).equals("done") && !calledBack.contains(push.pushId))
                            .map(push -> "{" + fields(push) + ",\"state\":\""
                                    + (state(push.pushId).isEmpty() ? "waiting" : state(push.pushId))
                                    + "\",\"attempt\":"
                                    + Math.max(
                                            1,
                                            states.getOrDefault(push.pushId, Json.EMPTY)
                                                    .number("attempt")) + "}")
                            .collect(Collectors.joining(","));
        }
    }

    private String manifest(Push push) {
        List<String> chunks = new ArrayList<>();
        for (int from = 0; from < push.content.length; from += chunkSize) {
            chunks.add("\""
                    + sha256(Arrays.copyOfRange(push.content, from, Math.min(push.content.length, from + chunkSize)))
                    + "\"");
        }
        return "{" + fields(push) + ",\"chunk_size\":" + chunkSize + ",\"chunks\":[" + String.join(",", chunks) + "]}";
    }

    private void serveStore(HttpExchange exchange, String fileId) throws IOException {
        int request = storeRequests.incrementAndGet();
        int good = Integer.parseInt(exchange.getRequestURI().getQuery().substring(5));
        Push push = push(fileId);
        if (good < oldestAddress) {
            reply(exchange, 403, "<Error><Code>AccessDenied</Code></Error>");
        } else if (push == null) {
            reply(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
        } else {
            String[] range =
                    exchange.getRequestHeaders().getFirst("Range").substring(6).split("-");
            byte[] bytes = Arrays.copyOfRange(push.content, Integer.parseInt(range[0]), Integer.parseInt(range[1]) + 1);
            if (!store.answer(exchange, request, bytes)) {
                send(exchange, bytes, bytes.length);
            }
        }
    }

    /** Sends the first bytes of a range; when it is not all, the connection is cut. */
    void send(HttpExchange exchange, byte[] range, int bytes) throws IOException {
        exchange.sendResponseHeaders(206, range.length);
        OutputStream out = exchange.getResponseBody();
        int piece = 16 * 1024;
        for (int from = 0; from < bytes; from += piece) {
            int length = Math.min(piece, bytes - from);
            sent.addAndGet(length);
            out.write(range, from, length);
        }
        out.flush();
    }

    static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void data(HttpExchange exchange, String data) throws IOException {
        reply(exchange, 200, "{\"code\":200,\"message\":\"ok\",\"data\":" + data + "}");
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        socket.close();
    }
}
