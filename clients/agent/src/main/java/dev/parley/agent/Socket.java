package dev.parley.agent;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The WebSocket to the server: brings frames, and ends. What it says is a hint; who needs to be sure asks. */
final class Socket implements WebSocket.Listener, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final String PROTOCOL = "parley.v1";
    private static final String PING = "{\"type\":\"ping\"}";

    private final Consumer<Json> frames;
    private final StringBuilder text = new StringBuilder();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long heardAtNanos = System.nanoTime();
    private WebSocket socket;

    private Socket(Consumer<Json> frames) {
        this.frames = frames;
    }

    /** Opens a socket with a ticket. @throws ExecutionException when it is refused or nobody answers */
    static Socket open(HttpClient http, Json ticket, Consumer<Json> frames)
            throws ExecutionException, InterruptedException {
        var socket = new Socket(frames);
        try {
            CompletableFuture<WebSocket> opening = http.newWebSocketBuilder()
                    .connectTimeout(CONNECT)
                    .subprotocols(PROTOCOL, "ticket." + ticket.text("ticket"))
                    .buildAsync(URI.create(ticket.text("ws_url")), socket);
            socket.socket = opening.get(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
            return socket;
        } catch (TimeoutException | IllegalArgumentException e) {
            throw new ExecutionException(e);
        }
    }

    /**
     * Waits for its end. The JDK's client at times stops to read when the connection ends right behind a frame, and tells nobody: something is said now and then, and who is not answered gives up.
     */
    void awaitEnd(Duration pingEvery) throws InterruptedException {
        while (!ended.await(pingEvery.toMillis(), TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() - heardAtNanos > 2 * pingEvery.toNanos()) {
                socket.abort();
                return;
            }
            socket.sendText(PING, true).whenComplete((sent, failure) -> {
                if (failure != null) {
                    ended.countDown();
                }
            });
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        heardAtNanos = System.nanoTime();
        text.append(data);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            try {
                frames.accept(Json.parse(whole));
            } catch (IllegalArgumentException e) {
                // no frame of ours: what is missed by that is in the list
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        ended.countDown();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ended.countDown();
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(1, TimeUnit.SECONDS)
                    .exceptionally(e -> null)
                    .join();
            socket.abort();
        }
    }
}
