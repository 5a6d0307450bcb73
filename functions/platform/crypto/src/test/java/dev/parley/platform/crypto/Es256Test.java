package dev.parley.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Es256Test {
    private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);
    private static final BigInteger ORDER = Curve.P_256.toECParameterSpec().getOrder();

    /** RFC 7515, appendix A.3. */
    private static final String RFC_7515_KEY = """
            {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
             "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}""";

    private static final String RFC_7515_INPUT = "eyJhbGciOiJFUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    private static final String RFC_7515_SIGNATURE =
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private final Random random = new Random(7518);

    @Test
    void theSignatureOfRfc7515IsGood() throws ParseException, JOSEException {
        Es256 key = new Es256(ECKey.parse(RFC_7515_KEY));

        assertThat(key.verify(ES256, bytes(RFC_7515_INPUT), new Base64URL(RFC_7515_SIGNATURE)))
                .isTrue();
        assertThat(key.verify(ES256, bytes(RFC_7515_INPUT + "x"), new Base64URL(RFC_7515_SIGNATURE)))
                .isFalse();
    }

    /** RFC 6979, appendix A.2.5, SHA-256. */
    @ParameterizedTest
    @MethodSource("signaturesOfRfc6979")
    void signaturesAreThoseOfRfc6979(String message, String r, String s) throws JOSEException {
        Es256 key = new Es256(ofRfc6979());

        String signature = new BigInteger(1, key.sign(ES256, bytes(message)).decode()).toString(16);
        assertThat(signature).isEqualToIgnoringCase(r + s);
    }

    static Stream<String[]> signaturesOfRfc6979() {
        return Stream.of(
                new String[] {
                    "sample",
                    "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
                    "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
                },
                new String[] {
                    "test",
                    "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
                    "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"
                });
    }

    private static ECKey ofRfc6979() {
        return new ECKey.Builder(
                        Curve.P_256,
                        half("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"),
                        half("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"))
                .d(half("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"))
                .build();
    }

    private static Base64URL half(String hex) {
        return Base64URL.encode(BigIntegers.asUnsignedByteArray(32, new BigInteger(hex, 16)));
    }

    @Test
    void theJdkAndThisOneTakeEachOthersSignatures() throws JOSEException {
        for (int round = 0; round < 50; round++) {
            ECKey key = new ECKeyGenerator(Curve.P_256).generate();
            byte[] input = new byte[random.nextInt(300)];
            random.nextBytes(input);
            Base64URL ours = new Es256(key).sign(ES256, input);
            Base64URL theirs = new ECDSASigner(key).sign(ES256, input);

            assertThat(ours.decode()).hasSize(64);
            assertThat(new ECDSAVerifier(key.toPublicJWK()).verify(ES256, input, ours))
                    .isTrue();
            assertThat(new Es256(key.toPublicJWK()).verify(ES256, input, theirs))
                    .isTrue();
        }
    }

    @Test
    void whatIsChangedAnywhereIsNotGood() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        Es256 both = new Es256(key);
        byte[] input = bytes("header.payload");
        byte[] signature = both.sign(ES256, input).decode();
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(both.verify(ES256, input, Base64URL.encode(changed)))
                    .as("bit %s", bit)
                    .isFalse();
        }
        assertThat(new Es256(new ECKeyGenerator(Curve.P_256).generate())
                        .verify(ES256, input, Base64URL.encode(signature)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 65, 70, 128})
    void aSignatureOfAnotherLengthIsNotGood(int length) throws JOSEException {
        Es256 both = new Es256(new ECKeyGenerator(Curve.P_256).generate());
        byte[] input = bytes("header.payload");
        byte[] signature = both.sign(ES256, input).decode();

        assertThat(both.verify(ES256, input, Base64URL.encode(Arrays.copyOf(signature, length))))
                .isFalse();
    }

    /** Zeros were once good for everything (CVE-2022-21449). */
    @Test
    void numbersOutOfRangeAreNotGood() throws JOSEException {
        Es256 both = new Es256(new ECKeyGenerator(Curve.P_256).generate());
        byte[] input = bytes("header.payload");
        byte[] good = both.sign(ES256, input).decode();
        BigInteger r = new BigInteger(1, good, 0, 32);
        BigInteger s = new BigInteger(1, good, 32, 32);
        for (BigInteger odd : Set.of(
                BigInteger.ZERO,
                ORDER,
                ORDER.add(BigInteger.ONE),
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE))) {
            assertThat(both.verify(ES256, input, signature(odd, s))).isFalse();
            assertThat(both.verify(ES256, input, signature(r, odd))).isFalse();
            assertThat(both.verify(ES256, input, signature(odd, odd))).isFalse();
        }
        assertThat(both.verify(ES256, input, signature(r, s))).isTrue();
    }

    private static Base64URL signature(BigInteger r, BigInteger s) {
        byte[] halves = Arrays.copyOf(BigIntegers.asUnsignedByteArray(32, r), 64);
        BigIntegers.asUnsignedByteArray(s, halves, 32, 32);
        return Base64URL.encode(halves);
    }

    @Test
    void anotherAlgorithmOrACriticalParameterIsRefused() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        Es256 both = new Es256(key);
        byte[] input = bytes("header.payload");
        Base64URL signature = both.sign(ES256, input);
        JWSHeader critical = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .criticalParams(Set.of("b64"))
                .base64URLEncodePayload(false)
                .build();

        assertThatThrownBy(() -> both.verify(new JWSHeader(JWSAlgorithm.HS256), input, signature))
                .isInstanceOf(JOSEException.class);
        assertThatThrownBy(() -> both.sign(new JWSHeader(JWSAlgorithm.ES384), input))
                .isInstanceOf(JOSEException.class);
        assertThat(both.verify(critical, input, signature)).isFalse();
    }

    @Test
    void aKeyWithoutAPrivateHalfSignsNothing() throws JOSEException {
        Es256 verifier = new Es256(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK());

        assertThatThrownBy(() -> verifier.sign(ES256, bytes("x")))
                .isInstanceOf(JOSEException.class)
                .hasMessageContaining("private half");
    }

    @Test
    void aKeyThatIsNoneOfTheCurvesIsRefused() {
        ECKey nought =
                new ECKey.Builder(ofRfc6979().toPublicJWK()).d(half("00")).build();

        assertThatThrownBy(() -> new Es256(nought)).isInstanceOf(KeySetException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
