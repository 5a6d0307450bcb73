package dev.parley.local.load;

import dev.parley.contracts.Wire;
import dev.parley.contracts.signaling.SocketProtocol;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** One person's socket in a meeting, which remembers when it heard what. */
final class ApiSocket implements WebSocket.Listener {
    private final CompletableFuture<Void> inRoom = new CompletableFuture<>();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private volatile boolean closed;
    private volatile long openedNanos;
    private WebSocket socket;

    /** Opens it and enters the room. @throws IllegalStateException when it is refused */
    static ApiSocket open(ApiClient api, String token, String meetingId) throws Exception {
        JsonNode ticket = api.must("POST", "/ws-tickets", token, "{\"meeting_id\":\"" + meetingId + "\"}");
        ApiSocket listener = new ApiSocket();
        listener.socket = answered(
                "The handshake",
                api.http()
                        .newWebSocketBuilder()
                        .subprotocols(
                                SocketProtocol.NAME,
                                SocketProtocol.TICKET_PREFIX
                                        + ticket.path("ticket").asString())
                        .buildAsync(URI.create("ws://" + api.base().getAuthority() + "/ws/signaling"), listener));
        listener.openedNanos = System.nanoTime();
        listener.socket
                .sendText("{\"type\":\"join\",\"id\":\"enter\",\"room_id\":\"" + meetingId + "\"}", true)
                .get(60, TimeUnit.SECONDS);
        answered("The frame that joins the room", listener.inRoom);
        return listener;
    }

    private static <T> T answered(String what, CompletableFuture<T> answer) throws Exception {
        try {
            return answer.get(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(what + " was not answered within a minute", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + " failed: " + e.getCause(), e);
        }
    }

    /** When the message of that name came in, {@link System#nanoTime}; null when it has not. */
    Long heard(String clientMsgId) {
        return heard.get(clientMsgId);
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @param id which stands in the frame
     * @throws ExecutionException when it is refused
     */
    void ask(String id, String frame) throws Exception {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        asked.put(id, answer);
        socket.sendText(frame, true).get(60, TimeUnit.SECONDS);
        answer.get(60, TimeUnit.SECONDS);
    }

    boolean closed() {
        return closed;
    }

    void close() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            long now = System.nanoTime();
            take(text.toString(), now);
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(String frame, long now) {
        if (!asked.isEmpty()) {
            answered(Wire.tree(frame));
        }
        // A thousand joins tell each socket a thousand things: only what is looked for is parsed.
        if (frame.contains("\"type\":\"chat\"")) {
            heard.putIfAbsent(Wire.tree(frame).path("client_msg_id").asString(), now);
        } else if (frame.startsWith("{\"message\":")) {
            // The gateway speaks for itself: the frame reached no function, or the function failed.
            inRoom.completeExceptionally(new IllegalStateException(frame));
        } else if (frame.contains("\"id\":\"enter\"")) {
            JsonNode answer = Wire.tree(frame);
            if (answer.path("type").asString().equals("error")) {
                inRoom.completeExceptionally(new IllegalStateException(frame));
            } else {
                inRoom.complete(null);
            }
        }
    }

    private void answered(JsonNode frame) {
        CompletableFuture<Void> answer = asked.remove(frame.path("id").asString(""));
        if (answer == null) {
            return;
        }
        if (frame.path("type").asString("").equals("error")) {
            answer.completeExceptionally(new IllegalStateException(frame.toString()));
        } else {
            answer.complete(null);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = true;
        inRoom.completeExceptionally(new IllegalStateException("closed with %d %s, %.1f s after the handshake"
                .formatted(code, reason, (System.nanoTime() - openedNanos) / 1e9)));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed = true;
        inRoom.completeExceptionally(error);
    }
}
