package dev.parley.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 7714 sections 16 and 17: session keys are given, so the packet cipher is driven directly. */
@ParameterizedClass
@EnumSource(SrtpProvider.class)
class AeadVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] SALT = HEX.parseHex("517569642070726f2071756f");
    private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
    private static final int OFFSET = 7;

    private static final String RTP =
            "8040f17b8041f8d35501a0b2" + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private static final String RTCP = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
            + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    private static final int RTP_SSRC = 0x5501a0b2;
    private static final int RTP_INDEX = 0xf17b;
    private static final int RTCP_SSRC = 0x4d617273;
    private static final int RTCP_INDEX = 0x5d4;

    @Parameter
    SrtpProvider provider;

    private SrtpCrypto crypto;

    @BeforeEach
    void providerIsHere() {
        crypto = Providers.required(provider);
    }

    @ParameterizedTest
    @CsvSource({
        KEY_128
                + ",8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                + "899d7f27beb16a9152cf765ee4390cce",
        KEY_256
                + ",8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                + "7aa3db36dfffd6b0f9bb7878d7a76c13"
    })
    void rtpBothWays(String key, String expected) {
        PacketCipher cipher = cipher(key);
        ByteBuffer buffer = buffer(RTP);

        assertThat(cipher.sealRtp(buffer, OFFSET, 12, RTP.length() / 2, RTP_SSRC, RTP_INDEX))
                .isTrue();
        assertThat(hex(buffer, expected.length() / 2)).isEqualTo(expected);

        assertThat(cipher.openRtp(buffer, OFFSET, 12, RTP.length() / 2, RTP_SSRC, RTP_INDEX))
                .isTrue();
        assertThat(hex(buffer, RTP.length() / 2)).isEqualTo(RTP);
    }

    @ParameterizedTest
    @CsvSource({
        KEY_128 + ",81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded"
                + "0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4",
        KEY_256 + ",81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de047"
                + "6f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4"
    })
    void rtcpBothWays(String key, String expected) {
        PacketCipher cipher = cipher(key);
        ByteBuffer buffer = buffer(RTCP);

        assertThat(cipher.sealRtcp(buffer, OFFSET, RTCP.length() / 2, RTCP_SSRC, RTCP_INDEX))
                .isTrue();
        assertThat(hex(buffer, expected.length() / 2)).isEqualTo(expected);

        int word = cipher.rtcpIndexWord(buffer, OFFSET, expected.length() / 2);
        assertThat(word).isEqualTo(0x8000_0000 | RTCP_INDEX);
        assertThat(cipher.openRtcp(buffer, OFFSET, RTCP.length() / 2, RTCP_SSRC, word))
                .isTrue();
        assertThat(hex(buffer, RTCP.length() / 2)).isEqualTo(RTCP);
    }

    @ParameterizedTest
    @CsvSource({KEY_128 + ",841dd9683dd78ec92ae58790125f62b3000005d4"})
    void rtcpThatIsTaggedOnly(String key, String tagAndWord) {
        PacketCipher cipher = cipher(key);
        ByteBuffer buffer = buffer(RTCP + tagAndWord);

        int word = cipher.rtcpIndexWord(buffer, OFFSET, (RTCP.length() + tagAndWord.length()) / 2);
        assertThat(word).isEqualTo(RTCP_INDEX);
        assertThat(cipher.openRtcp(buffer, OFFSET, RTCP.length() / 2, RTCP_SSRC, word))
                .isTrue();
        assertThat(hex(buffer, RTCP.length() / 2)).isEqualTo(RTCP);
    }

    private PacketCipher cipher(String key) {
        return new AeadPacketCipher(crypto.aesGcm(HEX.parseHex(key)), SALT);
    }

    private static ByteBuffer buffer(String packet) {
        byte[] bytes = HEX.parseHex(packet);
        return ByteBuffer.allocateDirect(256).put(OFFSET, bytes);
    }

    private static String hex(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(OFFSET, bytes);
        return HEX.formatHex(bytes);
    }
}
