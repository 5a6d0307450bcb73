package dev.parley.checks;

import dev.parley.contracts.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** A socket that keeps what it hears until it is asked for. */
final class Socket implements WebSocket.Listener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;
    private volatile boolean closed;

    static Socket open(Http http, String token) {
        return open(http, token, "{}");
    }

    /** @param asked the body with which the ticket is asked for */
    static Socket open(Http http, String token, String asked) {
        JsonNode ticket = http.must("POST", "/api/v1/ws-tickets", token, asked).data();
        Socket opened = new Socket();
        opened.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("parley.v1", "ticket." + ticket.path("ticket").asString())
                .buildAsync(URI.create(ticket.path("ws_url").asString()), opened)
                .join();
        return opened;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(Wire.tree(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    void say(String frame) {
        socket.sendText(frame, true).join();
    }

    /** The first frame of a type that was not asked for yet. */
    JsonNode await(String type) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> frames.stream()
                                .filter(frame -> frame.path("type").asString().equals(type))
                                .filter(frames::remove)
                                .findFirst()
                                .orElse(null),
                        frame -> frame != null);
    }

    /** The answer to the command of that {@code id}; empty when none comes in time. */
    Optional<JsonNode> answer(String id, Duration patience) {
        return first(frame -> frame.path("id").asString("").equals(id), patience);
    }

    /** The first such frame that was not asked for yet; empty when none comes in time. */
    Optional<JsonNode> first(Predicate<JsonNode> wanted, Duration patience) {
        try {
            return Optional.of(Awaitility.await()
                    .atMost(patience)
                    .pollInterval(Duration.ofMillis(20))
                    .until(
                            () -> frames.stream()
                                    .filter(wanted)
                                    .filter(frames::remove)
                                    .findFirst()
                                    .orElse(null),
                            frame -> frame != null));
        } catch (ConditionTimeoutException e) {
            return Optional.empty();
        }
    }

    List<JsonNode> heard(String type) {
        return new ArrayList<>(frames.stream()
                .filter(frame -> frame.path("type").asString().equals(type))
                .toList());
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed = true;
        return null;
    }

    /** Whether the other side has closed it. */
    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
