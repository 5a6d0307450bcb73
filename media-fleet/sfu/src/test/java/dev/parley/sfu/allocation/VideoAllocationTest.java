package dev.parley.sfu.allocation;

import static dev.parley.sfu.scene.Scene.stage;
import static dev.parley.sfu.scene.Scene.tile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.SlotReport.State;
import dev.parley.sfu.SlotReport.Why;
import dev.parley.sfu.Source;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Scene;
import dev.parley.sfu.scene.Sender;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Receivers here give no feedback about bandwidth: the estimate stays where the scene sets it. Layers carry about 145, 360 and 730 kb/s. */
class VideoAllocationTest {
    private Scene scene;
    private Guest viewer;
    private Guest a;
    private Guest b;
    private Guest c;

    private void begin(long bandwidthBps) {
        scene = Scene.withBandwidth(bandwidthBps);
        viewer = scene.join(1, Dialect.SECOND, 3, 3);
        a = scene.join(2, Dialect.FIRST);
        b = scene.join(3, Dialect.FIRST);
        c = scene.join(4, Dialect.FIRST);
        for (Guest each : List.of(a, b, c)) {
            each.camera[0].packetBytes = 200;
            each.camera[1].packetBytes = 500;
            each.camera[2].packetBytes = 1000;
        }
        scene.run(1000);
    }

    private String layer(int slot) {
        return scene.slot(viewer, slot).layer();
    }

    @Test
    void withRoomForAllEveryTileIsFilled() {
        begin(10_000_000);
        scene.want(viewer, 1, stage(0, a, 720), tile(1, b, 360), tile(2, c, 180));
        scene.run(1000);
        assertThat(List.of(layer(0), layer(1), layer(2))).containsExactly("f", "h", "q");
        assertThat(scene.slot(viewer, 0).why()).isEqualTo(Why.NOTHING);
    }

    @Test
    void theStageIsServedFirst() {
        begin(1_350_000);
        scene.want(viewer, 1, tile(0, a, 720), stage(1, b, 720), tile(2, c, 720));
        scene.run(1000);
        assertThat(List.of(layer(0), layer(1), layer(2))).containsExactly("q", "f", "q");
        assertThat(scene.slot(viewer, 0).why()).isEqualTo(Why.BANDWIDTH);
        assertThat(scene.slot(viewer, 1).why()).isEqualTo(Why.NOTHING);
    }

    @Test
    void largerTilesComeBeforeSmallerOnes() {
        begin(950_000);
        scene.want(viewer, 1, tile(0, a, 360), tile(1, b, 720), tile(2, c, 180));
        scene.run(1000);
        assertThat(List.of(layer(0), layer(1), layer(2))).containsExactly("q", "h", "q");
    }

    @Test
    void theSmallestLayerIsOversentBeforeNothingIsSeen() {
        begin(150_000);
        scene.want(viewer, 1, tile(0, a, 360), stage(1, b, 720), tile(2, c, 180));
        scene.run(1500);
        assertThat(scene.slot(viewer, 1).state()).isEqualTo(State.LIVE);
        assertThat(layer(1)).isEqualTo("q");
        assertThat(scene.slot(viewer, 1).why()).isEqualTo(Why.BANDWIDTH);
        for (int slot : new int[] {0, 2}) {
            assertThat(scene.slot(viewer, slot).state()).isEqualTo(State.PAUSED);
            assertThat(scene.slot(viewer, slot).why()).isEqualTo(Why.BANDWIDTH);
        }
    }

    @Test
    void aHiddenTileCostsNothing() {
        begin(10_000_000);
        scene.want(viewer, 1, tile(0, a, 0));
        scene.run(500);
        assertThat(scene.slot(viewer, 0).state()).isEqualTo(State.PAUSED);
        assertThat(viewer.of(viewer.videoSsrc(0))).isEmpty();
    }

    @Test
    void heavyReportedLossMakesPicturesSmaller() {
        begin(2_000_000);
        Guest plain = scene.join(8, Dialect.H264_ONLY, 1, 0);
        Guest other = scene.join(9, Dialect.H264_ONLY);
        other.camera[2].packetBytes = 1000;
        scene.run(500);
        scene.want(plain, 1, tile(0, other, 720));
        scene.run(1000);
        assertThat(scene.slot(plain, 0).layer()).isEqualTo("f");
        for (int i = 0; i < 12; i++) {
            plain.sendRtcp(w -> w.receiverReport(1).reportBlock(plain.videoSsrc(0), 128, 50, 100, 0, 0, 0));
            scene.run(300);
        }
        assertThat(scene.slot(plain, 0).layer()).isNotEqualTo("f");
        assertThat(scene.slot(plain, 0).why()).isEqualTo(Why.BANDWIDTH);
    }

    @Test
    void layersNobodyWatchesAreNotAskedFor() {
        begin(10_000_000);
        assertThat(scene.layersWanted).containsEntry("2 CAMERA", List.of("q"));
        scene.want(viewer, 1, tile(0, a, 720));
        scene.run(100);
        assertThat(scene.layersWanted).containsEntry("2 CAMERA", List.of("q", "f"));
        scene.want(viewer, 2, tile(0, a, 360));
        scene.run(1000);
        assertThat(scene.layersWanted).as("held for a while").containsEntry("2 CAMERA", List.of("q", "h", "f"));
        scene.run(2500);
        assertThat(scene.layersWanted).containsEntry("2 CAMERA", List.of("q", "h"));
        scene.leave(viewer);
        scene.leave(b);
        scene.leave(c);
        scene.run(4000);
        assertThat(scene.layersWanted).as("nobody else is there").containsEntry("2 CAMERA", List.of());
    }

    @Test
    void aTrackWithoutRidsIsAskedForAsAWhole() {
        begin(10_000_000);
        assertThat(scene.layersWanted).containsEntry("2 SCREEN", List.of(""));
    }

    @Test
    void aLayerThatIsAskedForAndBeginsToFlowIsTaken() {
        begin(10_000_000);
        for (Sender layer : a.camera) {
            layer.active = layer == a.camera[0];
        }
        scene.run(1500);
        scene.want(viewer, 1, tile(0, a, 720));
        scene.run(300);
        assertThat(layer(0)).isEqualTo("q");
        assertThat(scene.slot(viewer, 0).why()).isEqualTo(Why.PUBLISHER);
        assertThat(scene.layersWanted).containsEntry("2 CAMERA", List.of("q", "f"));
        a.camera[2].active = true;
        a.camera[2].keyFrameAsked = true;
        scene.run(400);
        assertThat(layer(0)).isEqualTo("f");
        assertThat(scene.slot(viewer, 0).why()).isEqualTo(Why.NOTHING);
        assertThat(scene.slot(viewer, 0).source()).isEqualTo(Source.CAMERA);
    }
}
