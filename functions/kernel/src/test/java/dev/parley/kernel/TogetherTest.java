package dev.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private static final long PATIENCE_SECONDS = 30;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<Integer>> works = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    private static List<Optional<Integer>> each(List<Integer> asked, Function<Integer, Integer> answer) {
        return asked.stream().map(one -> Optional.of(answer.apply(one))).toList();
    }

    private CompletableFuture<Integer> ask(Together<String, Integer, Integer> together, String key, int asked) {
        return CompletableFuture.supplyAsync(() -> together.ask(key, asked), callers);
    }

    /** Asks one by one, each of them when the one before waits in line. */
    private List<CompletableFuture<Integer>> line(Together<String, Integer, Integer> together, int from, int to)
            throws InterruptedException {
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        for (int i = from; i < to; i++) {
            CountDownLatch began = new CountDownLatch(1);
            int number = i;
            Thread[] caller = new Thread[1];
            asked.add(CompletableFuture.supplyAsync(
                    () -> {
                        caller[0] = Thread.currentThread();
                        began.countDown();
                        return together.ask("room", number);
                    },
                    callers));
            assertThat(began.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                    .until(() -> caller[0].getState() == Thread.State.WAITING);
        }
        return asked;
    }

    @Test
    void whoIsAloneIsServedAlone() {
        Together<String, Integer, Integer> together = new Together<>(10, (key, asked) -> {
            works.add(asked);
            return each(asked, one -> one * 2);
        });
        assertThat(together.ask("room", 1)).isEqualTo(2);
        assertThat(together.ask("room", 2)).isEqualTo(4);
        assertThat(works).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void whoComesMeanwhileIsServedTogether() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Together<String, Integer, Integer> together = new Together<>(3, (key, asked) -> {
            works.add(asked);
            begun.countDown();
            awaits(first);
            return each(asked, one -> one + 100);
        });
        CompletableFuture<Integer> zero = ask(together, "room", 0);
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        List<CompletableFuture<Integer>> others = line(together, 1, 6);
        first.countDown();
        assertThat(zero.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(100);
        for (int i = 0; i < others.size(); i++) {
            assertThat(others.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(101 + i);
        }
        assertThat(works).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
    }

    @Test
    void whoAsksOfSomethingElseDoesNotWait() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Together<String, Integer, Integer> together = new Together<>(3, (key, asked) -> {
            if (key.equals("room")) {
                begun.countDown();
                awaits(first);
            }
            return each(asked, one -> one);
        });
        CompletableFuture<Integer> slow = ask(together, "room", 0);
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(ask(together, "another", 1).get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isEqualTo(1);
        first.countDown();
        assertThat(slow.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void whoIsLeftOverIsServedByTheNextWork() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        Together<String, Integer, Integer> together = new Together<>(50, (key, asked) -> {
            rounds.incrementAndGet();
            return IntStream.range(0, asked.size())
                    .mapToObj(i -> i == asked.size() - 1 ? Optional.of(asked.get(i)) : Optional.<Integer>empty())
                    .toList();
        });
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(ask(together, "room", i));
        }
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(i);
        }
        assertThat(rounds).hasValue(200);
    }

    @Test
    void whatFailsFailsForWhoDidItAndIsDoneAgainForTheOthers() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Together<String, Integer, Integer> together = new Together<>(3, (key, asked) -> {
            works.add(asked);
            begun.countDown();
            awaits(first);
            if (asked.contains(1)) {
                throw new IllegalArgumentException("one");
            }
            return each(asked, one -> one);
        });
        CompletableFuture<Integer> zero = ask(together, "room", 0);
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        List<CompletableFuture<Integer>> others = line(together, 1, 4);
        first.countDown();
        assertThat(zero.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isZero();
        assertThatThrownBy(() -> others.getFirst().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(others.get(1).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(others.get(2).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(works).containsExactly(List.of(0), List.of(1, 2, 3), List.of(2, 3));
        assertThat(together.ask("room", 7)).isEqualTo(7);
    }

    @Test
    void whatEverybodyIsAnsweredAlikeIsReadOnceForThoseWhoWait() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        Together<String, Integer, Integer> together = Together.sharing(key -> {
            int read = reads.incrementAndGet();
            begun.countDown();
            awaits(first);
            return read;
        });
        CompletableFuture<Integer> zero = ask(together, "room", 0);
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        List<CompletableFuture<Integer>> others = line(together, 1, 6);
        first.countDown();
        assertThat(zero.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
        for (CompletableFuture<Integer> one : others) {
            assertThat(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    private static void awaits(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
