package dev.parley.local.gateway.socket;

import dev.parley.local.gateway.event.EventIds;
import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.event.ProxyReply;
import dev.parley.local.gateway.event.SocketEvent;
import dev.parley.local.gateway.function.Functions;
import dev.parley.local.gateway.function.InvocationException;
import dev.parley.local.gateway.http.TokenBucket;
import dev.parley.local.gateway.template.SocketApiSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happens on open sockets: each message is an invocation of its own, in no order unless {@code ordered} says so, and each end calls
 * {@code $disconnect} once.
 */
public final class SocketApi {
    private static final Logger LOG = LoggerFactory.getLogger(SocketApi.class);
    private static final Duration CLOSE_POLL = Duration.ofMillis(20);
    private static final String DEFAULT = "$default";
    private static final String DISCONNECT = "$disconnect";

    private final SocketApiSpec spec;
    private final Functions functions;
    private final EventIds ids;
    private final InstantSource clock;
    private final SocketLimits limits;
    private final Chaos chaos;
    private final RandomGenerator random;
    private final boolean ordered;
    private final RouteSelection selection;
    private final Optional<TokenBucket> throttle;
    private final Connections connections = new Connections();
    private final AtomicInteger disconnecting = new AtomicInteger();

    /**
     * @param ordered messages of one connection are handled one after another; API Gateway promises no such thing
     */
    public SocketApi(
            SocketApiSpec spec,
            Functions functions,
            EventIds ids,
            InstantSource clock,
            LongSupplier nanoClock,
            SocketLimits limits,
            Chaos chaos,
            RandomGenerator random,
            boolean ordered) {
        this.spec = spec;
        this.functions = functions;
        this.ids = ids;
        this.clock = clock;
        this.limits = limits;
        this.chaos = chaos;
        this.random = random;
        this.ordered = ordered;
        this.selection = new RouteSelection(spec.selection());
        this.throttle = spec.throttle().map(it -> new TokenBucket(it.ratePerSecond(), it.burst(), nanoClock));
    }

    SocketApiSpec spec() {
        return spec;
    }

    Functions functions() {
        return functions;
    }

    EventIds ids() {
        return ids;
    }

    InstantSource clock() {
        return clock;
    }

    SocketLimits limits() {
        return limits;
    }

    Connections connections() {
        return connections;
    }

    /** Sockets open now. */
    public int open() {
        return connections.count();
    }

    /** Closes idle and old sockets; called as often as the limits say. */
    public void sweep() {
        connections.sweep(limits, clock.instant());
    }

    /** Closes every socket and waits, within {@code limit}, until each {@code $disconnect} has run. */
    public void closeAll(Duration limit) {
        connections.closeAll();
        long deadline = System.nanoTime() + limit.toNanos();
        while ((connections.count() > 0 || disconnecting.get() > 0) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(CLOSE_POLL.toNanos());
        }
    }

    /** Whether chaos answers this post with 410. */
    boolean pretendsGone() {
        return chaos.answersGone(random);
    }

    void opened(Connection connection) {
        connections.add(connection);
    }

    void received(Connection connection, String text) {
        connection.touch(clock.instant());
        if (ordered) {
            handle(connection, text);
            return;
        }
        Duration hold = chaos.hold(random);
        int times = chaos.duplicates(random) ? 2 : 1;
        for (int i = 0; i < times; i++) {
            Thread.ofVirtual().name("message-" + connection.id()).start(() -> {
                if (hold.isPositive()) {
                    LockSupport.parkNanos(hold.toNanos());
                }
                handle(connection, text);
            });
        }
    }

    void closed(Connection connection, int code, String reason) {
        LOG.debug("Socket {} has ended: {} {}", connection.id(), code, reason);
        connections.remove(connection);
        if (chaos.losesDisconnect(random)) {
            return;
        }
        disconnected(connection.identity(), code, reason);
    }

    /** Calls {@code $disconnect}, if there is one, without waiting for it. */
    void disconnected(SocketEvent identity, int code, String reason) {
        SocketApiSpec.Route route = spec.routes().get(DISCONNECT);
        if (route == null) {
            return;
        }
        disconnecting.incrementAndGet();
        Thread.ofVirtual().name("disconnect-" + identity.connectionId()).start(() -> {
            ObjectNode event = identity.disconnect(code, reasonText(code, reason), ids.shortId(), clock.instant());
            try {
                functions.get(route.function()).invoke(EventJson.MAPPER.writeValueAsBytes(event), route.timeout());
            } catch (InvocationException e) {
                LOG.warn("$disconnect of {}: {}", identity.connectionId(), e.getMessage());
            } finally {
                disconnecting.decrementAndGet();
            }
        });
    }

    private void handle(Connection connection, String text) {
        String requestId = ids.shortId();
        if (throttle.isPresent() && !throttle.get().take()) {
            sendError(connection, "Too Many Requests", requestId);
            return;
        }
        Optional<String> key = routeKey(text);
        if (key.isEmpty()) {
            sendError(connection, "Forbidden", requestId);
            return;
        }
        SocketApiSpec.Route route = spec.routes().get(key.get());
        Instant now = clock.instant();
        ObjectNode event = connection.identity().message(key.get(), text, requestId, ids.shortId(), now);
        try {
            byte[] answer =
                    functions.get(route.function()).invoke(EventJson.MAPPER.writeValueAsBytes(event), route.timeout());
            if (route.replies()) {
                ProxyReply reply = ProxyReply.parse(answer);
                if (reply.body().length > 0) {
                    connection.send(new String(reply.body(), StandardCharsets.UTF_8));
                }
            }
        } catch (InvocationException | ProxyReply.Malformed e) {
            LOG.error("Message {} of {} ({}): no answer", key.get(), connection.id(), requestId, e);
            sendError(connection, "Internal server error", requestId);
        }
    }

    /** The route of a message. Only the gateway itself may reach routes whose name starts with {@code $}. */
    private Optional<String> routeKey(String text) {
        return selection
                .select(text)
                .filter(key -> !key.startsWith("$") && spec.routes().containsKey(key))
                .or(() -> Optional.of(DEFAULT).filter(spec.routes()::containsKey));
    }

    private static void sendError(Connection connection, String message, String requestId) {
        ObjectNode frame = EventJson.MAPPER.createObjectNode();
        frame.put("message", message);
        frame.put("connectionId", connection.id());
        frame.put("requestId", requestId);
        connection.send(frame.toString());
    }

    private static String reasonText(int code, String reason) {
        if (reason != null && !reason.isEmpty()) {
            return reason;
        }
        return switch (code) {
            case 1000 -> "Connection Closed Normally";
            case 1001 -> "Going away";
            case 1003 -> "Unsupported data";
            case 1005 -> "Client-side close frame status not set";
            case 1006 -> "Connection Closed Abnormally";
            case 1009 -> "Message too big";
            default -> "";
        };
    }
}
