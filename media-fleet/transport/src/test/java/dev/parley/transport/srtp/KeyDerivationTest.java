package dev.parley.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** RFC 3711 appendix B.3. */
class KeyDerivationTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MASTER_KEY = HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139");
    private static final byte[] MASTER_SALT = HEX.parseHex("0ec675ad498afeebb6960b3aabe6");

    @Test
    void derivesTheKeysOfTheAppendix() {
        SessionKeys keys = SessionKeys.derive(SrtpProfile.AES128_CM_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT);

        assertThat(HEX.formatHex(keys.rtpKey())).isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
        assertThat(HEX.formatHex(keys.rtpSalt())).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
        assertThat(HEX.formatHex(keys.rtpAuthKey())).isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa4");
    }

    @Test
    void derivesEveryKeyFromItsOwnLabel() {
        SessionKeys keys = SessionKeys.derive(SrtpProfile.AES128_CM_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT);

        assertThat(keys.rtcpKey()).hasSize(16).isNotEqualTo(keys.rtpKey());
        assertThat(keys.rtcpAuthKey()).hasSize(20).isNotEqualTo(keys.rtpAuthKey());
        assertThat(keys.rtcpSalt()).hasSize(14).isNotEqualTo(keys.rtpSalt());
    }

    @Test
    void refusesKeysOfTheWrongLength() {
        assertThatThrownBy(() -> SessionKeys.derive(SrtpProfile.AEAD_AES_256_GCM, MASTER_KEY, MASTER_SALT))
                .isInstanceOf(SrtpException.class)
                .hasMessageContaining("AEAD_AES_256_GCM needs a key of 32 and a salt of 12 bytes");
    }
}
