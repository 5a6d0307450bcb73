package dev.parley.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VapidTest {
    private static final Instant NOW = Instant.parse("2026-04-09T12:30:00Z");
    private static final URI SERVICE = URI.create("https://push.example.net/wpush/v2/abc");

    private final KeySet first = KeySet.generate("push", NOW, new SecureRandom());

    private static Vapid with(KeySet keys) {
        return new Vapid(keys, "https://meet.example.org", () -> NOW);
    }

    @Test
    void whatIsSignedIsForOneServiceAndHasTheKeyThatWasSubscribedWith() throws Exception {
        Vapid vapid = with(first);
        Vapid.Key key = vapid.present();

        Matcher parts = Pattern.compile("vapid t=([^,]+), k=(.+)")
                .matcher(vapid.authorization(SERVICE, key.id()).orElseThrow());

        assertThat(parts.matches()).isTrue();
        assertThat(parts.group(2)).isEqualTo(key.point());
        byte[] point = new Base64URL(key.point()).decode();
        assertThat(point).hasSize(65).startsWith(4);
        ECKey given = new ECKey.Builder(
                        Curve.P_256,
                        Base64URL.encode(Arrays.copyOfRange(point, 1, 33)),
                        Base64URL.encode(Arrays.copyOfRange(point, 33, 65)))
                .build();
        SignedJWT token = SignedJWT.parse(parts.group(1));
        assertThat(token.verify(new ECDSAVerifier(given))).isTrue();
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("https://push.example.net");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("https://meet.example.org");
        assertThat(token.getJWTClaimsSet().getExpirationTime()).isEqualTo(Date.from(NOW.plus(Duration.ofHours(12))));
    }

    @Test
    void anOlderSubscriptionIsServedWithItsOwnKeyWhileThatIsThere() {
        String old = with(first).present().id();
        KeySet both = first.rotatedTo(KeySet.generate("push", NOW, new SecureRandom()));

        assertThat(with(both).present().id()).isNotEqualTo(old);
        assertThat(with(both).authorization(SERVICE, old)).isPresent();
        assertThat(with(both).authorization(SERVICE, "push-2020-01-01-0")).isEmpty();
        assertThat(with(both.publicKeys()).authorization(SERVICE, old)).isEmpty();
    }
}
