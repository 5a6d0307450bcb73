package dev.parley.local.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.gateway.event.IncomingRequest;
import dev.parley.local.gateway.event.SocketEvent;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final Instant NOW = Instant.EPOCH;

    /** What a session was given, and whether a frame came while another's call had not returned. */
    private static final class Given {
        private final List<String> texts = new ArrayList<>();
        private final StringBuilder open = new StringBuilder();
        private final AtomicBoolean inside = new AtomicBoolean();
        private volatile boolean overtaken;

        private void frame(String text, boolean last) {
            open.append(text);
            if (last) {
                texts.add(open.toString());
                open.setLength(0);
            }
        }
    }

    /** A session whose frames are written, and said to be, by another thread before the call returns. */
    private static Session session(Given given, ExecutorService writer) {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("sendPartialText");
                    if (!given.inside.compareAndSet(false, true)) {
                        given.overtaken = true;
                        return null;
                    }
                    given.frame((String) arguments[0], (boolean) arguments[1]);
                    writer.submit(((Callback) arguments[2])::succeed).get(20, TimeUnit.SECONDS);
                    given.inside.set(false);
                    return null;
                });
    }

    @Test
    void aFrameIsGivenToTheSessionWhenTheCallForTheOneBeforeItHasReturned() {
        Given given = new Given();
        var handshake = new IncomingRequest("GET", "/", "", List.of(), "127.0.0.1", "HTTP/1.1", "http");
        var identity = new SocketEvent("api", "prod", Map.of(), handshake, "connection", NOW, Optional.empty());
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            var connection = new Connection(identity, session(given, writer), 200_000, NOW);
            List<String> sent = List.of("one", "x".repeat(25_000), "two", "three");

            sent.forEach(text -> assertThat(connection.send(text)).isTrue());

            assertThat(given.overtaken).isFalse();
            assertThat(given.texts).isEqualTo(sent);
        }
    }
}
