package dev.parley.messaging;

import dev.parley.contracts.Wire;
import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.contracts.signaling.SocketProtocol;
import dev.parley.kernel.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells people on their sockets, {@value SocketProtocol#INLINE_PUSHES} at a time and for a limited time in all. What is told is kept
 * already: a push that fails fails alone, and whoever missed it finds the gap by its number. Sockets that are gone are forgotten.
 */
final class FanOut implements Told {
    private final Sockets sockets;
    private final Outlet outlet;
    private final Duration within;

    /** @param within after which nobody is told any more */
    FanOut(Sockets sockets, Outlet outlet, Duration within) {
        this.sockets = Objects.requireNonNull(sockets);
        this.outlet = Objects.requireNonNull(outlet);
        this.within = Objects.requireNonNull(within);
    }

    @Override
    public void people(Collection<String> userIds, Optional<String> except, MessagingFrame frame) {
        String text = text(frame);
        each(userIds.stream().distinct().toList(), userId -> {
            for (String connectionId : sockets.ofUser(userId)) {
                if (except.filter(connectionId::equals).isEmpty()) {
                    post(connectionId, text);
                }
            }
        });
    }

    @Override
    public void sockets(Collection<String> connectionIds, MessagingFrame frame) {
        String text = text(frame);
        each(List.copyOf(connectionIds), connectionId -> post(connectionId, text));
    }

    /** A change that fits no frame is told without its message, which the reader then asks for. */
    static String text(MessagingFrame frame) {
        String text = Wire.write(frame);
        if (text.getBytes(StandardCharsets.UTF_8).length <= SocketProtocol.MAX_FRAME_BYTES
                || !(frame instanceof MessagingFrame.Change change)) {
            return text;
        }
        return Wire.write(new MessagingFrame.Change(
                change.conversationId(),
                change.change(),
                change.kind(),
                change.by(),
                change.at(),
                change.seq(),
                null,
                change.title(),
                null));
    }

    private void post(String connectionId, String text) {
        if (!outlet.send(connectionId, text)) {
            sockets.forget(connectionId);
        }
    }

    private void each(List<String> targets, Consumer<String> one) {
        if (targets.size() == 1) {
            attempt(targets.getFirst(), one);
            return;
        }
        Semaphore atOnce = new Semaphore(SocketProtocol.INLINE_PUSHES);
        ExecutorService pushes = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (String target : targets) {
                pushes.execute(() -> {
                    try {
                        atOnce.acquire();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                    try {
                        attempt(target, one);
                    } finally {
                        atOnce.release();
                    }
                });
            }
            pushes.shutdown();
            if (!pushes.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS)) {
                pushes.shutdownNow();
            }
        } catch (InterruptedException e) {
            pushes.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(String target, Consumer<String> one) {
        try {
            one.accept(target);
        } catch (ApiException e) {
            // The store of sockets does not answer: this person finds the gap by its number.
            return;
        }
    }
}
