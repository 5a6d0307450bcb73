package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MpscRingTest {
    @Test
    void isFirstInFirstOutAndBounded() {
        MpscRing<Integer> ring = new MpscRing<>(4);
        for (int i = 0; i < 4; i++) {
            assertThat(ring.offer(i)).isTrue();
        }
        assertThat(ring.offer(4)).isFalse();
        assertThat(ring.poll()).isZero();
        assertThat(ring.offer(4)).isTrue();
        for (int i = 1; i <= 4; i++) {
            assertThat(ring.poll()).isEqualTo(i);
        }
        assertThat(ring.poll()).isNull();
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void losesNothingOfManyThreadsAndKeepsEachOnesOrder() throws Exception {
        MpscRing<int[]> ring = new MpscRing<>(64);
        int threads = 4;
        int each = 20_000;
        List<Thread> producers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int id = t;
            producers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    int[] element = {id, i};
                    while (!ring.offer(element)) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        int[] next = new int[threads];
        for (int taken = 0; taken < threads * each; ) {
            int[] element = ring.poll();
            if (element == null) {
                Thread.onSpinWait();
                continue;
            }
            assertThat(element[1]).isEqualTo(next[element[0]]++);
            taken++;
        }
        for (Thread producer : producers) {
            producer.join();
        }
        assertThat(ring.poll()).isNull();
    }
}
