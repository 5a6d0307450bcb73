package dev.parley.sfu.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CommandQueueTest {
    @Test
    void commandsComeOutInOrderAndAFullQueueRefuses() {
        CommandQueue queue = new CommandQueue(4);
        List<Integer> done = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                int number = i;
                assertThat(queue.offer(() -> done.add(number))).isTrue();
            }
            assertThat(queue.offer(() -> {})).isFalse();
            for (int i = 0; i < 4; i++) {
                queue.poll().run();
            }
            assertThat(queue.poll()).isNull();
        }
        assertThat(done).containsExactly(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);
    }

    @Test
    void manyThreadsLoseNothing() throws InterruptedException {
        CommandQueue queue = new CommandQueue(64);
        int[] last = new int[4];
        AtomicInteger left = new AtomicInteger(4 * 5000);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int thread = t;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 1; i <= 5000; i++) {
                    int number = i;
                    while (!queue.offer(() -> {
                        assertThat(number).isEqualTo(last[thread] + 1);
                        last[thread] = number;
                        left.decrementAndGet();
                    })) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (left.get() > 0 && System.nanoTime() < deadline) {
            Runnable command = queue.poll();
            if (command == null) {
                Thread.onSpinWait();
            } else {
                command.run();
            }
        }
        for (Thread thread : threads) {
            thread.join(1000);
        }
        assertThat(left.get()).isZero();
    }
}
