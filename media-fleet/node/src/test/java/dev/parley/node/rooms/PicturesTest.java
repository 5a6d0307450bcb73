package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.nodes.LayerCounts;
import dev.parley.sfu.SlotReport.State;
import dev.parley.sfu.SlotReport.Why;
import org.junit.jupiter.api.Test;

class PicturesTest {
    private final Pictures pictures = new Pictures();

    @Test
    void slotsCountByWhatTheyCarryNow() {
        pictures.note(0, State.LIVE, "f", Why.NOTHING);
        pictures.note(1, State.LIVE, "q", Why.BANDWIDTH);
        pictures.note(2, State.LIVE, "", Why.NOTHING);
        pictures.note(3, State.PAUSED, "", Why.BANDWIDTH);
        pictures.note(4, State.PAUSED, "", Why.MUTED);
        assertThat(pictures.counts()).isEqualTo(new LayerCounts(1, 0, 1, 1, 1));

        pictures.note(0, State.LIVE, "h", Why.BANDWIDTH);
        pictures.note(3, State.EMPTY, "", Why.NOTHING);
        pictures.note(2, State.PAUSED, "", Why.PUBLISHER);
        assertThat(pictures.counts()).isEqualTo(new LayerCounts(1, 1, 0, 0, 0));
    }
}
