package dev.parley.sfu.tracks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsrcMapTest {
    @Test
    void itAnswersAsAMapOfTheLibraryDoes() {
        Random random = new Random(3);
        SsrcMap<String> map = new SsrcMap<>();
        Map<Long, String> reference = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            long ssrc = random.nextInt(300) * 0x0100_0001L & 0xFFFF_FFFFL;
            if (random.nextInt(3) == 0) {
                map.remove(ssrc);
                reference.remove(ssrc);
            } else {
                map.put(ssrc, "v" + i);
                reference.put(ssrc, "v" + i);
            }
            long asked = random.nextInt(300) * 0x0100_0001L & 0xFFFF_FFFFL;
            assertThat(map.get(asked)).isEqualTo(reference.get(asked));
            assertThat(map.size()).isEqualTo(reference.size());
        }
    }
}
