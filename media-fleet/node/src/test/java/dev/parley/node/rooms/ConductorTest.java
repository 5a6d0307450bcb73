package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
}
