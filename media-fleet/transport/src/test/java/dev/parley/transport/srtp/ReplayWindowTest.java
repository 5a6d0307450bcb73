package dev.parley.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void acceptsAnyFirstIndex() {
        assertThat(window.check(0)).isZero();
        assertThat(window.check(70_000)).isZero();
    }

    @Test
    void refusesASecondTimeAndTooLate() {
        window.accept(5000);

        assertThat(window.check(5000)).isEqualTo(SrtpTransformer.REPEATED);
        assertThat(window.check(4999)).isZero();
        assertThat(window.check(5000 - ReplayWindow.SIZE + 1)).isZero();
        assertThat(window.check(5000 - ReplayWindow.SIZE)).isEqualTo(SrtpTransformer.TOO_OLD);
    }

    @Test
    void agreesWithASetOverARandomWalk() {
        Random random = new Random(20);
        Set<Long> seen = new HashSet<>();
        long highest = -1;
        for (int i = 0; i < 50_000; i++) {
            long index = Math.max(0, highest + random.nextInt(-1200, random.nextInt(100) == 0 ? 3000 : 4));
            int expected = seen.contains(index) && index > highest - ReplayWindow.SIZE
                    ? SrtpTransformer.REPEATED
                    : index <= highest - ReplayWindow.SIZE ? SrtpTransformer.TOO_OLD : 0;

            assertThat(window.check(index))
                    .as("index %d after %d", index, highest)
                    .isEqualTo(expected);
            if (expected == 0) {
                window.accept(index);
                seen.add(index);
                highest = Math.max(highest, index);
            }
        }
    }
}
