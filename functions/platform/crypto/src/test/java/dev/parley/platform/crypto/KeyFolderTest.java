package dev.parley.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {
    private final HandMovedClock clock = new HandMovedClock();

    @TempDir
    private Path folder;

    @Test
    void missingSetsAreMadeOnceAndForThisUserAlone() throws Exception {
        KeyFolder keys = new KeyFolder(folder.resolve("keys"));
        keys.createMissing(clock, new SecureRandom());
        String made = keys.load(KeyFolder.Name.ACCESS).privateJson();

        keys.createMissing(clock, new SecureRandom());

        assertThat(keys.load(KeyFolder.Name.ACCESS).privateJson()).isEqualTo(made);
        Path file = folder.resolve("keys/media.jwks.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(keys.load(KeyFolder.Name.MEDIA).keyIds().getFirst()).startsWith("media-2026-03-01-");
        assertThat(keys.load(KeyFolder.Name.NODE).keyIds())
                .doesNotContainAnyElementsOf(keys.load(KeyFolder.Name.ACCESS).keyIds());
    }

    @Test
    void whatIsPublishedHasNoPrivateHalf() {
        KeySet keys = KeySet.generate("access", clock.instant(), new SecureRandom());

        assertThat(keys.publicJson()).contains("\"kid\"", "\"x\"", "ES256").doesNotContain("\"d\"");
        assertThatThrownBy(() -> keys.publicKeys().signer(clock.instant()))
                .isInstanceOf(KeySetException.class)
                .hasMessageContaining("only verifies");
    }

    @Test
    void theSettingNamesTheFolder() {
        new KeyFolder(folder).createMissing(clock, new SecureRandom());
        Settings settings = Settings.of(Map.of("KEYS_URI", folder.toUri().toString()));

        assertThat(KeyFolder.of(settings).load(KeyFolder.Name.NODE).keyIds()).hasSize(1);
        assertThatThrownBy(() -> KeyFolder.of(Settings.of(Map.of("KEYS_URI", "https://x/keys/"))))
                .isInstanceOf(KeySetException.class)
                .hasMessageContaining("file: or s3:");
        assertThatThrownBy(() -> KeyFolder.of(Settings.of(Map.of("KEYS_URI", "s3:///keys/"))))
                .isInstanceOf(KeySetException.class)
                .hasMessageContaining("bucket");
    }

    @Test
    void aSetThatCannotBeReadSaysWhichAndNeverWhatIsInIt() throws Exception {
        KeyFolder keys = new KeyFolder(folder);
        assertThatThrownBy(() -> keys.load(KeyFolder.Name.ACCESS)).hasMessageContaining("access.jwks.json");

        for (String text :
                new String[] {"", "{}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"EC\",\"d\":\"hush\"}]}", "hush"}) {
            Files.writeString(folder.resolve("access.jwks.json"), text);
            assertThatThrownBy(() -> keys.load(KeyFolder.Name.ACCESS))
                    .isInstanceOf(KeySetException.class)
                    .hasMessageNotContaining("hush")
                    .hasNoCause();
        }
    }
}
