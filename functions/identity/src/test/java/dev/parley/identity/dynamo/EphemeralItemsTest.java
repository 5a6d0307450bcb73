package dev.parley.identity.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Rate;
import dev.parley.local.stores.Stores;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.DynamoRateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The platform's short-lived items and rate limits over a real table; they are tested here because the stores need the platform. */
@Tag("component")
class EphemeralItemsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Stores stores;
    private static Dynamo dynamo;

    // Far ahead, so that the store itself collects nothing while a test looks.
    private final HandMovedClock clock = new HandMovedClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final DynamoEphemeral items = new DynamoEphemeral(dynamo, clock);
    private final DynamoRateLimiter limiter = new DynamoRateLimiter(dynamo, clock);

    @BeforeAll
    static void start() {
        stores = Stores.temporary();
        dynamo = Dynamo.of(stores.settings());
    }

    @AfterAll
    static void stop() {
        dynamo.close();
        stores.close();
    }

    @Test
    void anEntryIsThereUntilItsTimeIsOver() {
        items.put("a", Map.of("name", "Ada", "key", ""), MINUTE);

        assertThat(items.find("a")).contains(Map.of("name", "Ada", "key", ""));
        clock.advance(MINUTE.minusMillis(1));
        assertThat(items.find("a")).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(items.find("a")).isEmpty();
        assertThat(items.take("a")).isEmpty();
    }

    @Test
    void onlyTheFirstWritesWhereNothingIs() {
        assertThat(items.putIfAbsent("b", Map.of("n", "1"), MINUTE)).isTrue();
        assertThat(items.putIfAbsent("b", Map.of("n", "2"), MINUTE)).isFalse();
        clock.advance(MINUTE);
        assertThat(items.putIfAbsent("b", Map.of("n", "3"), MINUTE)).isTrue();
        assertThat(items.find("b")).contains(Map.of("n", "3"));
    }

    @Test
    void anEntryIsReplacedByWhomKnowsIt() {
        items.put("c", Map.of("state", "new"), MINUTE);

        assertThat(items.putIf("c", "state", "old", Map.of("state", "x"), MINUTE))
                .isFalse();
        assertThat(items.putIf("c", "state", "new", Map.of("state", "done"), MINUTE))
                .isTrue();
        assertThat(items.putIf("nothing", "state", "new", Map.of(), MINUTE)).isFalse();
        clock.advance(MINUTE);
        assertThat(items.putIf("c", "state", "done", Map.of(), MINUTE)).isFalse();
    }

    @Test
    void ofManyWhoTakeAnEntryOneGetsIt() throws Exception {
        items.put("d", Map.of("n", "1"), MINUTE);

        List<Optional<Map<String, String>>> taken = together(10, () -> items.take("d"));

        assertThat(taken.stream().filter(Optional::isPresent)).hasSize(1);
    }

    @Test
    void everyCountCountsOnceAndTheFirstStartsTheTime() throws Exception {
        List<Long> counts = together(10, () -> items.increment("e", MINUTE));

        assertThat(counts).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        clock.advance(MINUTE.minusMillis(1));
        assertThat(items.increment("e", MINUTE)).isEqualTo(11);
        clock.advance(Duration.ofMillis(1));
        assertThat(items.count("e")).isZero();
        assertThat(items.increment("e", MINUTE)).isEqualTo(1);
        items.remove("e");
        assertThat(items.count("e")).isZero();
    }

    @Test
    void aBurstFitsAndThenOneEveryInterval() {
        Rate rate = new Rate(3, Duration.ofSeconds(10));
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.acquire("f", rate)).isEmpty();
        }

        assertThat(limiter.acquire("f", rate)).contains(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(4));
        assertThat(limiter.acquire("f", rate)).contains(Duration.ofSeconds(6));
        clock.advance(Duration.ofSeconds(6));
        assertThat(limiter.acquire("f", rate)).isEmpty();
        assertThat(limiter.acquire("f", rate)).isPresent();
        clock.advance(MINUTE);
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.acquire("f", rate)).isEmpty();
        }
        assertThat(limiter.acquire("f", rate)).isPresent();
    }

    @Test
    void ofManyAtOnceExactlyTheBurstFits() throws Exception {
        Rate rate = new Rate(4, MINUTE);

        List<Optional<Duration>> waits = together(12, () -> limiter.acquire("g", rate));

        assertThat(waits.stream().filter(Optional::isEmpty)).hasSize(4);
    }

    private static <T> List<T> together(int callers, Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls =
                    IntStream.range(0, callers).mapToObj(i -> call).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(calls)) {
                results.add(done.get());
            }
            return results;
        }
    }
}
