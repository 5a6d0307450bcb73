package dev.parley.transport.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongMapTest {
    @Test
    void agreesWithAHashMapOverARandomWalk() {
        Random random = new Random(7);
        LongMap<Integer> map = new LongMap<>();
        Map<Long, Integer> model = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            long key = 1 + random.nextInt(500);
            if (random.nextInt(5) < 2) {
                map.remove(key);
                model.remove(key);
            } else {
                map.put(key, step);
                model.put(key, step);
            }
            long probe = 1 + random.nextInt(500);
            assertThat(map.get(probe)).isEqualTo(model.get(probe));
        }
        assertThat(map.size()).isEqualTo(model.size());
    }

    @Test
    void zeroIsNoKey() {
        LongMap<String> map = new LongMap<>();
        assertThat(map.get(0)).isNull();
        map.remove(0);
        assertThatThrownBy(() -> map.put(0, "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
