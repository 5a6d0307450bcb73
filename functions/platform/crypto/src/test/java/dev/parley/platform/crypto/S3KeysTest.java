package dev.parley.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.SmallS3;
import dev.parley.platform.crypto.KeyFolder.Name;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Key sets in a bucket, by the SDK's own client against a server that checks its signatures. */
@Tag("component")
class S3KeysTest {
    private final SmallS3 s3 = SmallS3.start();
    private final HandMovedClock clock = new HandMovedClock();
    private final KeySet made = KeySet.generate("access", clock.instant(), new SecureRandom());

    @AfterEach
    void stop() {
        s3.close();
    }

    private KeyFolder folder(String uri, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(s3.values());
        values.put("KEYS_URI", uri);
        values.putAll(more);
        return KeyFolder.of(Settings.of(values));
    }

    @Test
    void aSetIsReadFromItsBucketAndFolder() {
        s3.put("/parley-keys/keys/access.jwks.json", made.privateJson());

        for (String uri : new String[] {"s3://parley-keys/keys/", "s3://parley-keys/keys"}) {
            assertThat(folder(uri, Map.of()).load(Name.ACCESS).keyIds()).isEqualTo(made.keyIds());
        }
        s3.put("/parley-keys/access.jwks.json", made.privateJson());
        assertThat(folder("s3://parley-keys", Map.of()).load(Name.ACCESS).keyIds())
                .isEqualTo(made.keyIds());
    }

    @Test
    void anotherSecretReadsNothing() {
        s3.put("/parley-keys/keys/access.jwks.json", made.privateJson());
        KeyFolder stranger =
                folder("s3://parley-keys/keys/", Map.of("AWS_SECRET_ACCESS_KEY", "a secret that nobody knows"));

        assertThatThrownBy(() -> stranger.load(Name.ACCESS))
                .isInstanceOf(KeySetException.class)
                .hasMessage("The key set s3://parley-keys/keys/access.jwks.json cannot be read");
    }

    @Test
    void aSetThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> folder("s3://parley-keys/keys/", Map.of()).load(Name.MEDIA))
                .isInstanceOf(KeySetException.class)
                .hasMessageContaining("s3://parley-keys/keys/media.jwks.json");
    }

    @Test
    void aBucketThatStumblesIsAskedAgain() {
        s3.put("/parley-keys/keys/access.jwks.json", made.privateJson());
        s3.fail(1);

        assertThat(folder("s3://parley-keys/keys/", Map.of())
                        .source(Name.ACCESS, clock)
                        .keys()
                        .keyIds())
                .isEqualTo(made.keyIds());
    }
}
