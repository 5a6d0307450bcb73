package dev.parley.local.gateway.socket;

import dev.parley.local.gateway.event.SocketEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open socket: its identity for events, when it was last used, and the messages that wait to be sent. */
final class Connection {
    /** Three bytes of UTF-8 at most for each char: this many always fit a 32 KB frame. */
    private static final int CHARS_PER_FRAME = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private record Outgoing(String text, int bytes) {}

    private final SocketEvent identity;
    private final Session session;
    private final int bufferBytes;
    private final Queue<Outgoing> waiting = new ArrayDeque<>();
    private volatile Instant lastActive;
    private int waitingBytes;
    private boolean sending;

    Connection(SocketEvent identity, Session session, int bufferBytes, Instant now) {
        this.identity = identity;
        this.session = session;
        this.bufferBytes = bufferBytes;
        this.lastActive = now;
    }

    String id() {
        return identity.connectionId();
    }

    SocketEvent identity() {
        return identity;
    }

    Instant lastActive() {
        return lastActive;
    }

    void touch(Instant now) {
        lastActive = now;
    }

    /** Why the connection must end now, if it must. */
    Optional<String> expiry(SocketLimits limits, Instant now) {
        if (Duration.between(lastActive, now).compareTo(limits.idle()) >= 0
                || Duration.between(identity.connectedAt(), now).compareTo(limits.lifetime()) >= 0) {
            return Optional.of("Going away");
        }
        return Optional.empty();
    }

    /** Queues a text; false when too much waits already. Texts leave whole and in the order of the calls. */
    boolean send(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        synchronized (this) {
            if (waitingBytes + bytes > bufferBytes) {
                return false;
            }
            waitingBytes += bytes;
            waiting.add(new Outgoing(text, bytes));
            if (sending) {
                return true;
            }
            sending = true;
        }
        sendNext();
        return true;
    }

    void close(int code, String reason) {
        session.close(code, reason, Callback.NOOP);
    }

    private void sendNext() {
        Outgoing next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                sending = false;
                return;
            }
        }
        sendFrames(next, 0);
    }

    private void sendFrames(Outgoing message, int from) {
        String text = message.text();
        int to = Math.min(text.length(), from + CHARS_PER_FRAME);
        if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
            to--;
        }
        boolean last = to == text.length();
        int next = to;
        // Jetty notes that a message has ended when the call returns, which may be after its callback on another
        // thread: until then the next message would be taken for more of this one.
        var ends = new AtomicInteger(2);
        Runnable end = () -> {
            if (ends.decrementAndGet() > 0) {
                return;
            }
            if (last) {
                sent(message);
            } else {
                sendFrames(message, next);
            }
        };
        session.sendPartialText(text.substring(from, to), last, Callback.from(end, this::failed));
        end.run();
    }

    private void sent(Outgoing message) {
        synchronized (this) {
            waitingBytes -= message.bytes();
        }
        sendNext();
    }

    private void failed(Throwable why) {
        LOG.info("Socket {} is cut, for it cannot be written to: {}", id(), why.toString());
        synchronized (this) {
            waiting.clear();
            sending = false;
        }
        session.disconnect();
    }
}
