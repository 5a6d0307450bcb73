package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.media.ChannelMessage.SlotQuality;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreezesTest {
    private static final int SLOTS = 4;

    private final Freezes freezes = new Freezes();

    private int take(int slot, int total) {
        return freezes.take(List.of(new SlotQuality(slot, total, 25, 360)), SLOTS);
    }

    @Test
    void whatIsNewSinceTheLastWordCounts() {
        assertThat(take(0, 0)).isZero();
        assertThat(take(0, 2)).isEqualTo(2);
        assertThat(take(0, 2)).isZero();
        assertThat(take(1, 1)).isEqualTo(1);
        assertThat(take(0, 5)).isEqualTo(3);
    }

    @Test
    void whatAClientSaysIsTakenWithinBounds() {
        assertThat(take(SLOTS, 7)).isZero();
        assertThat(take(-1, 7)).isZero();
        assertThat(take(0, -7)).isZero();
        assertThat(take(0, Integer.MAX_VALUE)).isEqualTo(30);
        assertThat(take(0, Integer.MIN_VALUE)).isZero();
        assertThat(freezes.take(null, SLOTS)).isZero();
        assertThat(freezes.take(Arrays.asList(null, new SlotQuality(2, 1, 0, 0)), SLOTS))
                .isEqualTo(1);
    }
}
