package dev.parley.bench.janus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.PeerPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class JanusRoomTest {
    private static final PeerPlan SPEAKER = new PeerPlan(true, false, List.of(), 0, 0);
    private static final PeerPlan CAMERA = new PeerPlan(false, true, List.of(), 0, 0);
    private static final PeerPlan LAYERS = new PeerPlan(true, true, List.of("q", "h", "f"), 0, 0);

    private final JanusRoom room = new JanusRoom(1);

    @Test
    void voicesAreTheFirstOthersWithAMicrophone() {
        room.add(4, SPEAKER);
        room.add(1, LAYERS);
        room.add(2, CAMERA);
        room.add(3, SPEAKER);
        assertThat(room.voices(1, 3)).containsExactly(3, 4);
        assertThat(room.voices(9, 2)).containsExactly(1, 3);
        room.remove(3);
        assertThat(room.voices(1, 3)).containsExactly(4);
    }

    @Test
    void onlyThoseWhoAreThereSend() {
        assertThat(room.sends("p_7")).isFalse();
        room.add(7, LAYERS);
        assertThat(room.sends("p_7")).isTrue();
        assertThat(room.hasLayers(7)).isTrue();
        room.add(8, CAMERA);
        assertThat(room.hasLayers(8)).isFalse();
    }
}
