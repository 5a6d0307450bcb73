package dev.parley.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 3711 appendix B.2 for the key stream, and a whole packet under the keys of appendix B.3. */
@ParameterizedClass
@EnumSource(SrtpProvider.class)
class CounterVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @Parameter
    SrtpProvider provider;

    private SrtpCrypto crypto;

    @BeforeEach
    void providerIsHere() {
        crypto = Providers.required(provider);
    }

    @Test
    void keyStreamOfTheAppendix() {
        CounterCipher cipher =
                crypto.aesCounterHmacSha1(HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"), new byte[20]);
        ByteBuffer zeros = ByteBuffer.allocate(48);

        cipher.apply(HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd0000"), zeros, 0, 48);

        assertThat(HEX.formatHex(zeros.array()))
                .isEqualTo("e03ead0935c95e80e166b16dd92b4eb4"
                        + "d23513162b02d0f72a43a2fe4a5f97ab"
                        + "41e95b3bb0a2e8dd477901e4fca894c0");
    }

    @Test
    void wholePacketBothWays() {
        SrtpTransformer sender = transformer();
        SrtpTransformer receiver = transformer();
        byte[] plain = HEX.parseHex("800f1234decafbadcafebabeabababababababababababababababab");
        ByteBuffer buffer = ByteBuffer.allocate(64).put(0, plain);

        int length = sender.protectRtp(buffer, 0, plain.length);

        assertThat(length).isEqualTo(plain.length + 10);
        assertThat(HEX.formatHex(buffer.array(), 0, length))
                .isEqualTo("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
        assertThat(receiver.unprotectRtp(buffer, 0, length)).isEqualTo(plain.length);
        assertThat(HEX.formatHex(buffer.array(), 0, plain.length)).isEqualTo(HEX.formatHex(plain));
    }

    private SrtpTransformer transformer() {
        return crypto.transformer(
                SrtpProfile.AES128_CM_HMAC_SHA1_80,
                HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139"),
                HEX.parseHex("0ec675ad498afeebb6960b3aabe6"));
    }
}
