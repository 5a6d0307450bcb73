package dev.parley.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
    private static final byte[] CONTENT = "abcdefghij".getBytes();
    private static final Manifest MANIFEST =
            new Manifest(10, PushingServer.sha256(CONTENT), 4, List.of(hash("abcd"), hash("efgh"), hash("ij")));

    @TempDir
    private Path folder;

    private static String hash(String text) {
        return PushingServer.sha256(text.getBytes());
    }

    private static void write(PartFile part, int chunk) throws IOException {
        part.bytes()
                .write(
                        ByteBuffer.wrap(CONTENT, (int) MANIFEST.offset(chunk), MANIFEST.length(chunk)),
                        MANIFEST.offset(chunk));
        part.arrived(chunk);
    }

    @Test
    void whatArrivedIsThereAfterwards() throws IOException {
        try (PartFile part = PartFile.open(folder, MANIFEST)) {
            write(part, 2);
            write(part, 0);
            assertThat(part.arrived()).isEqualTo(6);
            assertThat(part.isWhole()).isFalse();
        }
        try (PartFile again = PartFile.open(folder, MANIFEST)) {
            assertThat(again.has(0)).isTrue();
            assertThat(again.has(1)).isFalse();
            assertThat(again.has(2)).isTrue();
            write(again, 1);
            assertThat(again.isWhole()).isTrue();
        }
    }

    @Test
    void whatTheJournalSaysIsNotBelieved() throws IOException {
        try (PartFile part = PartFile.open(folder, MANIFEST)) {
            write(part, 0);
            write(part, 1);
        }
        Path bytes = folder.resolve(MANIFEST.sha256() + ".part");
        byte[] damaged = Files.readAllBytes(bytes);
        damaged[5] ^= 1;
        Files.write(bytes, damaged);
        Files.writeString(folder.resolve(MANIFEST.sha256() + ".journal"), "2\n99\n-1\nx\n1", StandardOpenOption.APPEND);

        try (PartFile again = PartFile.open(folder, MANIFEST)) {
            assertThat(again.has(0)).isTrue();
            assertThat(again.has(1)).as("damaged").isFalse();
            assertThat(again.has(2)).as("never written").isFalse();
            again.delete();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aManifestOfAnotherFileIsRefused() {
        var notice = new Notice("ps_1", "f_1", "a", 10, MANIFEST.sha256(), 1);
        List<Object> three = List.copyOf(MANIFEST.chunks());
        Map<String, Object> right = Map.of("size", 10L, "sha256", MANIFEST.sha256(), "chunk_size", 4L, "chunks", three);
        assertThat(Manifest.of(new Json(right), notice)).isEqualTo(MANIFEST);
        for (Map.Entry<String, Object> wrong : Map.<String, Object>of(
                        "size", 11L, "sha256", hash("x"), "chunks", three.subList(0, 2))
                .entrySet()) {
            var fields = new HashMap<>(right);
            fields.put(wrong.getKey(), wrong.getValue());
            assertThatThrownBy(() -> Manifest.of(new Json(fields), notice))
                    .as(wrong.getKey())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (long chunkSize : new long[] {0, -1, 20, 1L << 40}) {
            var fields = new HashMap<>(right);
            fields.put("chunk_size", chunkSize);
            assertThatThrownBy(() -> Manifest.of(new Json(fields), notice))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
