package dev.parley.bench.janus;

import dev.parley.contracts.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** One session of Janus's WebSocket interface: requests, their answers, and what happens to its handles. Thread-safe. */
final class JanusSession implements AutoCloseable {
    private static final int ANSWER_SECONDS = 15;
    private static final int ALIVE_SECONDS = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("janus-keepalive").factory());
    private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Map<Long, VideoRoomHandle> handles = new ConcurrentHashMap<>();
    private final AtomicLong transactions = new AtomicLong();
    private volatile boolean closed;
    private WebSocket socket;
    private long id;

    private JanusSession() {}

    /**
     * Opens a session.
     *
     * @throws IOException when nobody answers there
     */
    static JanusSession open(URI api) throws IOException, InterruptedException {
        JanusSession session = new JanusSession();
        try {
            session.socket = session.http
                    .newWebSocketBuilder()
                    .subprotocols("janus-protocol")
                    .buildAsync(api, session.new Incoming())
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            session.id = session.ask(Map.of("janus", "create"))
                    .path("data")
                    .path("id")
                    .asLong();
            session.clock.scheduleAtFixedRate(session::stayAlive, ALIVE_SECONDS, ALIVE_SECONDS, TimeUnit.SECONDS);
            return session;
        } catch (ExecutionException | TimeoutException e) {
            session.close();
            throw new IOException("no Janus answers at " + api, e);
        } catch (IOException e) {
            session.close();
            throw e;
        }
    }

    /** What Janus says of itself: its version and those of its libraries. */
    JsonNode info() throws IOException, InterruptedException {
        return ask(Map.of("janus", "info"));
    }

    /** A handle of the VideoRoom: what one participant's connection belongs to. */
    VideoRoomHandle attach() throws IOException, InterruptedException {
        long handle = ask(request("attach", Map.of("plugin", "janus.plugin.videoroom")))
                .path("data")
                .path("id")
                .asLong();
        VideoRoomHandle attached = new VideoRoomHandle(this, handle);
        handles.put(handle, attached);
        return attached;
    }

    /** Says something to the plugin; what it answers, the immediate acknowledgement aside. */
    JsonNode message(long handle, Map<String, ?> body, Map<String, ?> jsep) throws IOException, InterruptedException {
        Map<String, Object> more = new HashMap<>(Map.of("handle_id", handle, "body", body));
        if (!jsep.isEmpty()) {
            more.put("jsep", jsep);
        }
        return ask(request("message", more));
    }

    /** Ends a participant's connection. */
    void detach(long handle) throws IOException, InterruptedException {
        handles.remove(handle);
        ask(request("detach", Map.of("handle_id", handle)));
    }

    private Map<String, Object> request(String kind, Map<String, ?> more) {
        Map<String, Object> request = new HashMap<>(more);
        request.put("janus", kind);
        request.put("session_id", id);
        return request;
    }

    private JsonNode ask(Map<String, ?> request) throws IOException, InterruptedException {
        String transaction = "t" + transactions.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(transaction, answer);
        try {
            send(request, transaction);
            JsonNode got = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            refuse(got.path("error").path("reason"));
            refuse(got.path("plugindata").path("data").path("error"));
            return got;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Janus did not answer to " + request.get("janus"), e);
        } finally {
            waiting.remove(transaction);
        }
    }

    private static void refuse(JsonNode error) throws IOException {
        if (error.isString()) {
            throw new IOException("Janus refused: " + error.stringValue());
        }
    }

    /** A WebSocket takes one message after the other. */
    private synchronized void send(Map<String, ?> request, String transaction)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Object> whole = new HashMap<>(request);
        whole.put("transaction", transaction);
        socket.sendText(Wire.json().writeValueAsString(whole), true).get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private void stayAlive() {
        try {
            send(request("keepalive", Map.of()), "alive");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            if (!closed) {
                System.err.println("Janus does not take keepalives: " + e.getMessage());
            }
        }
    }

    private void received(JsonNode message) {
        String kind = message.path("janus").asString("");
        CompletableFuture<JsonNode> asked =
                waiting.get(message.path("transaction").asString(""));
        if (asked != null && !kind.equals("ack")) {
            asked.complete(message);
            return;
        }
        VideoRoomHandle handle = handles.get(message.path("sender").asLong(0));
        if (handle == null || closed) {
            return;
        }
        if (kind.equals("webrtcup")) {
            handle.connected();
        } else if (kind.equals("hangup")) {
            System.err.println(
                    "Janus ended a connection: " + message.path("reason").asString(""));
        }
    }

    @Override
    public void close() {
        closed = true;
        clock.shutdownNow();
        if (socket != null) {
            socket.abort();
        }
        http.shutdownNow();
    }

    private final class Incoming implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonNode message = Wire.tree(text.toString());
                text.setLength(0);
                received(message);
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            if (!closed) {
                System.err.println("the connection to Janus failed: " + error.getMessage());
            }
        }
    }
}
