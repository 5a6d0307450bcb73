package dev.parley.notifications.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The example of RFC 8291, appendix A. */
class PushCipherTest {
    private static final String TEXT = "When I grow up, I want to be a watermelon";
    private static final String SECRET = "BTBZMqHH6r4Tts7J_aSIgg";
    private static final String BROWSER =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private static final String OWN_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private static final String OWN_PUBLIC =
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private static final String SALT = "DGv6ra1nlYgDCS1FRnbzlw";
    private static final String BODY = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
            + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
            + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    @Test
    void theExampleOfTheStandardIsEncryptedToTheBit() throws Exception {
        ECPublicKey own = PushCipher.key(bytes(OWN_PUBLIC));
        KeyPair pair = new KeyPair(
                own,
                KeyFactory.getInstance("EC")
                        .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, bytes(OWN_PRIVATE)), own.getParams())));

        byte[] body = PushCipher.encrypt(
                TEXT.getBytes(StandardCharsets.UTF_8), bytes(BROWSER), bytes(SECRET), pair, bytes(SALT));

        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body)).isEqualTo(BODY);
        assertThat(PushCipher.point(own)).isEqualTo(bytes(OWN_PUBLIC));
    }

    @Test
    void aKeyThatIsNotOnTheCurveIsRefused() {
        PushCipher cipher = new PushCipher(new SecureRandom());
        byte[] moved = bytes(BROWSER);
        moved[40] ^= 1;
        for (byte[] point : new byte[][] {moved, new byte[65], new byte[0], bytes(SECRET)}) {
            assertThatThrownBy(() -> cipher.encrypt(new byte[1], point, bytes(SECRET)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theLongestTextFillsTheLargestMessage() {
        PushCipher cipher = new PushCipher(new SecureRandom());
        assertThat(cipher.encrypt(new byte[PushCipher.LARGEST_TEXT], bytes(BROWSER), bytes(SECRET)))
                .hasSize(4096);
        assertThatThrownBy(() -> cipher.encrypt(new byte[PushCipher.LARGEST_TEXT + 1], bytes(BROWSER), bytes(SECRET)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
