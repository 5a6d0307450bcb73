package dev.parley.transport.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
    private static final String SHA256_OF_ABC =
            "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:" + "B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";

    @Test
    void isTheDigestWithColons() {
        assertThat(Fingerprint.sha256Of(ABC)).isEqualTo(new Fingerprint("sha-256", SHA256_OF_ABC));
    }

    @Test
    void matchesWhateverTheCase() {
        Fingerprint written = new Fingerprint("SHA-256", SHA256_OF_ABC.toLowerCase(Locale.ROOT));

        assertThat(written.matches(ABC)).isTrue();
        assertThat(written.matches(new byte[] {1})).isFalse();
    }

    @Test
    void refusesWeakAndBrokenOnes() {
        assertThatThrownBy(() -> new Fingerprint("sha-1", "00"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sha-1 is not one of");
        assertThatThrownBy(() -> new Fingerprint("sha-256", "AB:CD")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fingerprint("sha-256", "not hex")).isInstanceOf(IllegalArgumentException.class);
    }
}
