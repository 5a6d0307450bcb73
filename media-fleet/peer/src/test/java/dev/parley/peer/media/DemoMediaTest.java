package dev.parley.peer.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("component")
class DemoMediaTest {

    @Test
    void threeLayersAndAVoiceAreMadeOnce(@TempDir Path folder) throws IOException {
        List<String> progress = new ArrayList<>();
        DemoMedia.Person ana = DemoMedia.of(folder, List.of("Ana", "Bo"), 0, progress::add);

        assertThat(progress).containsExactly("making the picture and voice of Ana (1 of 2)");
        assertThat(ana.layers()).extracting(MediaFile::width).containsExactly(320, 640, 1280);
        for (MediaFile layer : ana.layers()) {
            assertThat(layer.frames()).hasSize(250);
            assertThat(layer.loopNanos()).isEqualTo(10_000_000_000L);
            assertThat(layer.frames().getFirst().key()).isTrue();
            for (int i = 0; i < 250; i++) {
                int next = layer.keyFrameFrom(i);
                assertThat(Math.floorMod(next - i, 250))
                        .as("frames until a key frame")
                        .isLessThan(15);
            }
        }
        assertThat(ana.voice().loopNanos()).isEqualTo(10_000_000_000L);
        assertThat(ana.voice().frames()).anyMatch(frame -> frame.level() < 25);
        assertThat(ana.voice().frames().getLast().level())
                .as("silent in Bo's turn")
                .isEqualTo(127);

        DemoMedia.of(folder, List.of("Ana", "Bo"), 0, progress::add);
        assertThat(progress).hasSize(1);
    }
}
