package dev.parley.platform.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Settings;
import dev.parley.kernel.SettingsException;
import dev.parley.platform.aws.SmallS3;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both stores do the same, each against its own kind of ground. */
@Tag("component")
class ObjectsTest {
    private static final byte[] BYTES = "a picture".getBytes(StandardCharsets.UTF_8);
    private static final String KEY = "avatars/u_1/a_2.jpg";

    @TempDir
    private Path folder;

    private static Objects of(String uri, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("OBJECTS_URI", uri);
        return Objects.of(Settings.of(values));
    }

    @Test
    void aFolderKeepsAnObjectUntilItIsRemoved() throws Exception {
        Objects objects = of(folder.resolve("objects").toUri().toString(), Map.of());

        objects.put(KEY, BYTES, "image/jpeg");
        objects.put(KEY, BYTES, "image/jpeg");

        Path file = folder.resolve("objects").resolve(KEY);
        assertThat(file).hasBinaryContent(BYTES);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        objects.remove(KEY);
        objects.remove(KEY);
        assertThat(file).doesNotExist();
    }

    @Test
    void noKeyLeavesTheFolder() {
        Objects objects = of(folder.resolve("objects").toUri().toString(), Map.of());

        for (String key : new String[] {"../else", "/etc/passwd", "", "a/../../b"}) {
            assertThatThrownBy(() -> objects.put(key, BYTES, "text/plain"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aBucketKeepsAnObjectWithItsTypeUntilItIsRemoved() {
        try (SmallS3 s3 = SmallS3.start()) {
            Objects objects = of("s3://parley-objects/public", s3.values());

            objects.put(KEY, BYTES, "image/jpeg");

            SmallS3.Stored stored = s3.objects().get("/parley-objects/public/" + KEY);
            assertThat(stored.bytes()).isEqualTo(BYTES);
            assertThat(stored.contentType()).isEqualTo("image/jpeg");
            assertThat(stored.cacheControl()).contains("immutable");
            objects.remove(KEY);
            objects.remove(KEY);
            assertThat(s3.objects()).isEmpty();
        }
    }

    @Test
    void aBucketThatRefusesOrIsAwayIsUnavailable() {
        try (SmallS3 s3 = SmallS3.start()) {
            Map<String, String> stranger = new HashMap<>(s3.values());
            stranger.put("AWS_SECRET_ACCESS_KEY", "a secret that nobody knows");
            assertThatThrownBy(() -> of("s3://parley-objects", stranger).put(KEY, BYTES, "image/jpeg"))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.code()).isEqualTo("store.unavailable"));
            assertThat(s3.objects()).isEmpty();
        }
        Map<String, String> away =
                Map.of("S3_ENDPOINT", "http://127.0.0.1:1", "AWS_ACCESS_KEY_ID", "x", "AWS_SECRET_ACCESS_KEY", "y");
        assertThatThrownBy(() -> of("s3://parley-objects", away).remove(KEY))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo("store.unavailable"));
    }

    @Test
    void anotherAddressIsRefusedAtStart() {
        for (String uri : new String[] {"https://x/", "s3:///x", " "}) {
            assertThatThrownBy(() -> of(uri, Map.of())).isInstanceOf(SettingsException.class);
        }
    }
}
