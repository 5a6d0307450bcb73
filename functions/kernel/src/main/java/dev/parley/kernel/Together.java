package dev.parley.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Serves callers who ask the same of one thing at the same moment by one piece of work: the first does it for itself; who comes meanwhile
 * waits, and then the longest waiting does it for all of them. A caller who is alone waits for nobody. Work begins after everybody it serves
 * has asked, so that what it reads is not older than any of them. Thread-safe.
 *
 * <p>So a storm on one item of a store, which writers that meet there would only make each other repeat, is a queue with one writer. It is one
 * of this process: others still meet its work at the store.
 *
 * @param <K> what is asked about
 * @param <A> what is asked
 * @param <R> what is answered
 */
public final class Together<K, A, R> {
    /** What is done for some callers at once. */
    @FunctionalInterface
    public interface Work<K, A, R> {
        /**
         * @param asked at least one, in the order of asking
         * @return an answer for each, in their order; empty for whom the next work is to serve
         */
        List<Optional<R>> answer(K key, List<A> asked);
    }

    private final int most;
    private final Work<K, A, R> work;
    /** Who waits, of every key that somebody works on now. */
    private final Map<K, ArrayDeque<Caller<A, R>>> lines = new HashMap<>();

    /** @param most callers that are served at once */
    public Together(int most, Work<K, A, R> work) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1");
        }
        this.most = most;
        this.work = Objects.requireNonNull(work);
    }

    /** Where everybody who asks about a key is answered the same. @param read begins after all have asked whom it answers */
    public static <K, A, R> Together<K, A, R> sharing(Function<K, R> read) {
        return new Together<>(Integer.MAX_VALUE, (key, asked) -> {
            Optional<R> found = Optional.of(read.apply(key));
            return Collections.nCopies(asked.size(), found);
        });
    }

    /** Somebody who asked. {@code told} holds their answer, or nothing when it is their turn to do the work. */
    private record Caller<A, R>(A asked, CompletableFuture<Optional<R>> told) {}

    /**
     * The answer. What the work throws is thrown to who did it: it may be their time alone that is over. The others' work is done again by the
     * next of them, and so must bear that it was done before.
     */
    public R ask(K key, A asked) {
        Caller<A, R> self = new Caller<>(asked, new CompletableFuture<>());
        enter(key, self);
        Optional<R> told = self.told().join();
        while (told.isEmpty()) {
            told = serve(key, self);
        }
        return told.get();
    }

    private void enter(K key, Caller<A, R> self) {
        synchronized (lines) {
            ArrayDeque<Caller<A, R>> waiting = lines.get(key);
            if (waiting != null) {
                waiting.add(self);
                return;
            }
            lines.put(key, new ArrayDeque<>());
        }
        self.told().complete(Optional.empty());
    }

    /** Does the work for oneself and those who wait, and passes it on. @return one's own answer, empty to go on */
    private Optional<R> serve(K key, Caller<A, R> self) {
        List<Caller<A, R>> served = new ArrayList<>(List.of(self));
        synchronized (lines) {
            ArrayDeque<Caller<A, R>> waiting = lines.get(key);
            while (served.size() < most && !waiting.isEmpty()) {
                served.add(waiting.poll());
            }
        }
        List<Optional<R>> answers;
        try {
            answers = work.answer(key, served.stream().map(Caller::asked).toList());
            if (answers.size() != served.size()) {
                throw new IllegalStateException(answers.size() + " answers for " + served.size() + " callers");
            }
        } catch (RuntimeException | Error e) {
            passOn(key, served.subList(1, served.size()));
            throw e;
        }
        List<Caller<A, R>> again = new ArrayList<>();
        for (int i = 1; i < served.size(); i++) {
            if (answers.get(i).isPresent()) {
                served.get(i).told().complete(answers.get(i));
            } else {
                again.add(served.get(i));
            }
        }
        if (answers.getFirst().isPresent()) {
            passOn(key, again);
        } else {
            putBack(key, again);
        }
        return answers.getFirst();
    }

    private void putBack(K key, List<Caller<A, R>> again) {
        synchronized (lines) {
            again.reversed().forEach(lines.get(key)::addFirst);
        }
    }

    private void passOn(K key, List<Caller<A, R>> again) {
        Caller<A, R> next;
        synchronized (lines) {
            putBack(key, again);
            next = lines.get(key).poll();
            if (next == null) {
                lines.remove(key);
            }
        }
        if (next != null) {
            next.told().complete(Optional.empty());
        }
    }
}
