package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConductorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Conductor conductor = new Conductor("room-test", () -> {}, now -> Long.MAX_VALUE);

    @Test
    void goesOnAfterAStepThatBreaksDown() {
        conductor.start();
        conductor.post(() -> {
            throw new StackOverflowError("too deep");
        });
        assertThatThrownBy(() -> conductor.call(
                        () -> {
                            throw new StackOverflowError("too deep");
                        },
                        PATIENCE))
                .isInstanceOf(IllegalStateException.class);
        assertThat(conductor.call(() -> 7, PATIENCE)).isEqualTo(7);
        conductor.stop();
    }

    @Test
    void settlesAgainWhenItWasAskedToAndThereIsNoWork() throws InterruptedException {
        AtomicInteger settled = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(2);
        Conductor settling = new Conductor("room-test", () -> {}, now -> {
            asked.countDown();
            return settled.incrementAndGet() == 1 ? 1_000_000 : Long.MAX_VALUE;
        });
        settling.start();
        settling.post(() -> {});

        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        settling.stop();
    }

    @Test
    void goesOnAfterItCouldNotSettle() {
        Conductor settling = new Conductor("room-test", () -> {}, now -> {
            throw new IllegalStateException("cannot settle");
        });
        settling.start();
        assertThat(settling.call(() -> 7, PATIENCE)).isEqualTo(7);
        assertThat(settling.call(() -> 8, PATIENCE)).isEqualTo(8);
        settling.stop();
    }

    @Test
    void tellsReportsBetweenTheStepsThatWereLeftBeforeAndAfterThem() {
        List<String> order = new CopyOnWriteArrayList<>();
        Queue<Long> stamps = new ConcurrentLinkedQueue<>();
        conductor.follow(new Conductor.Reports() {
            @Override
            public boolean isEmpty() {
                return stamps.isEmpty();
            }

            @Override
            public boolean tellNext(long stepsDone) {
                Long next = stamps.peek();
                if (next == null || next > stepsDone) {
                    return false;
                }
                order.add("report " + stamps.remove());
                return true;
            }
        });
        for (int i = 0; i < 3; i++) {
            int step = i;
            conductor.post(() -> order.add("step " + step));
            stamps.add(conductor.stepsLeft());
        }
        conductor.start();
        await().atMost(PATIENCE).until(() -> order.size() == 6);
        assertThat(order).containsExactly("step 0", "report 1", "step 1", "report 2", "step 2", "report 3");
        stamps.add(conductor.stepsLeft());
        conductor.wake();
        await().atMost(PATIENCE).until(() -> order.size() == 7);
        conductor.stop();
    }
}
