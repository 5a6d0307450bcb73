package dev.parley.messaging;

import dev.parley.contracts.Wire;
import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.contracts.signaling.SocketProtocol;
import dev.parley.kernel.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tells people on their sockets: up to {@value SocketProtocol#INLINE_PUSHES} at once, for a limited time in all; more are left to the
 * backlog, in shares of that many, or, when it does not answer, told in waves after all. What is told is kept already: a push that fails
 * fails alone, and whoever missed it finds the gap by its number. Sockets that are gone are forgotten.
 */
final class FanOut implements Told {
    private final Sockets sockets;
    private final Outlet outlet;
    private final Backlog backlog;
    private final Duration within;

    /** @param within after which nobody is told any more */
    FanOut(Sockets sockets, Outlet outlet, Backlog backlog, Duration within) {
        this.sockets = Objects.requireNonNull(sockets);
        this.outlet = Objects.requireNonNull(outlet);
        this.backlog = Objects.requireNonNull(backlog);
        this.within = Objects.requireNonNull(within);
    }

    @Override
    public void people(Collection<String> userIds, Optional<String> except, MessagingFrame frame) {
        tell(
                userIds.stream().distinct().toList(),
                text(frame),
                (some, text) -> new Backlog.Share(some, List.of(), except.orElse(null), text));
    }

    @Override
    public void sockets(Collection<String> connectionIds, MessagingFrame frame) {
        tell(List.copyOf(connectionIds), text(frame), (some, text) -> new Backlog.Share(List.of(), some, null, text));
    }

    private interface Sharing {
        Backlog.Share share(List<String> some, String text);
    }

    private void tell(List<String> all, String text, Sharing sharing) {
        if (all.size() > SocketProtocol.INLINE_PUSHES) {
            List<Backlog.Share> shares = new ArrayList<>();
            for (int from = 0; from < all.size(); from += SocketProtocol.INLINE_PUSHES) {
                List<String> some = all.subList(from, Math.min(from + SocketProtocol.INLINE_PUSHES, all.size()));
                shares.add(sharing.share(some, text));
            }
            try {
                backlog.queue(shares);
                return;
            } catch (ApiException e) {
                // Some may be told twice now, which changes nothing.
                tell(sharing.share(all, text));
                return;
            }
        }
        tell(sharing.share(all, text));
    }

    /** Tells a share. @return whether the store of sockets answered for everybody in it, in time */
    boolean tell(Backlog.Share share) {
        Function<String, List<String>> socketsOf =
                share.people().isEmpty() ? List::of : userId -> sockets.ofUser(userId);
        return each(share.people().isEmpty() ? share.sockets() : share.people(), target -> {
            for (String connectionId : socketsOf.apply(target)) {
                if (!connectionId.equals(share.except())) {
                    post(connectionId, share.text());
                }
            }
        });
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

    private boolean each(List<String> targets, Consumer<String> one) {
        AtomicInteger told = new AtomicInteger();
        if (targets.size() == 1) {
            attempt(targets.getFirst(), one, told);
            return told.get() == 1;
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
                        attempt(target, one, told);
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
        return told.get() == targets.size();
    }

    private static void attempt(String target, Consumer<String> one, AtomicInteger told) {
        try {
            one.accept(target);
            told.incrementAndGet();
        } catch (ApiException e) {
            // The store of sockets does not answer: this person finds the gap by its number.
            return;
        }
    }
}
