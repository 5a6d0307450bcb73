package dev.parley.sfu.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DuplicateFilterTest {
    private final DuplicateFilter filter = new DuplicateFilter();

    @Test
    void everyPacketIsAdmittedOnce() {
        Random random = new Random(5);
        Set<Long> seen = new HashSet<>();
        long highest = 0;
        long at = 70_000;
        for (int i = 0; i < 50_000; i++) {
            at += random.nextInt(100) == 0 ? random.nextInt(2000) : random.nextInt(3);
            long sequence = at - random.nextInt(1200);
            highest = Math.max(highest, sequence);
            boolean tooOld = sequence <= highest - DuplicateFilter.WINDOW;
            assertThat(filter.admit(sequence)).isEqualTo(!tooOld && seen.add(sequence));
        }
    }
}
