package dev.parley.peer.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaFileTest {
    private static final List<MediaFile.Frame> FRAMES = List.of(
            new MediaFile.Frame(true, 127, new byte[] {1, 2, 3}),
            new MediaFile.Frame(false, 20, new byte[] {4}),
            new MediaFile.Frame(false, 0, new byte[] {5, 6}));

    @Test
    void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
        MediaFile file = new MediaFile(MediaFile.Codec.VP8, 320, 180, 90_000, 3_600, FRAMES);
        file.write(folder.resolve("a"));
        MediaFile read = MediaFile.read(folder.resolve("a"));

        assertThat(read.width()).isEqualTo(320);
        assertThat(read.frameNanos()).isEqualTo(40_000_000L);
        assertThat(read.frames()).hasSize(3);
        assertThat(read.frames().get(2).data()).containsExactly(5, 6);
        assertThat(read.keyFrameFrom(1)).isZero();
    }

    @Test
    void whatIsNoMediaFileIsRefused(@TempDir Path folder) throws IOException {
        Path path = Files.write(folder.resolve("b"), new byte[100]);
        assertThatThrownBy(() -> MediaFile.read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a media file");
    }
}
