package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.RtpWriter;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.dtls.SrtpKeyMaterial;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The load generator's SRTP and the node's understand each other. */
class SrtpGcmTest {
    private static final int HEADER = 12;
    private static final int LENGTH = 200;

    private final byte[] exported = new byte[56];
    private final byte[] packet = new byte[300];
    private final ByteBuffer buffer = ByteBuffer.wrap(packet);

    SrtpGcmTest() {
        new Random(1).nextBytes(exported);
    }

    private SrtpKeyMaterial keys(DtlsRole role) {
        return new SrtpKeyMaterial(SrtpProfile.AEAD_AES_128_GCM, role, exported);
    }

    private byte[] write(int sequence) {
        new RtpWriter().begin(buffer, 0, 96, false, sequence, 7, 0x89ABCDEFL);
        for (int i = HEADER; i < LENGTH; i++) {
            packet[i] = (byte) i;
        }
        return java.util.Arrays.copyOf(packet, LENGTH);
    }

    @Test
    void theNodeOpensWhatWeSealAlsoAfterTheNumbersWrapped() throws Exception {
        var node = keys(DtlsRole.SERVER).receiving(SrtpCrypto.best());
        SrtpGcm ours = SrtpGcm.sending(keys(DtlsRole.CLIENT));
        for (int sequence = 0xFFFE; sequence < 0x10002; sequence++) {
            byte[] plain = write(sequence & 0xFFFF);
            int sealed = ours.sealRtp(packet, HEADER, LENGTH, sequence >> 16);
            assertThat(sealed).isEqualTo(LENGTH + SrtpGcm.TAG_BYTES);
            assertThat(node.unprotectRtp(buffer, 0, sealed)).isEqualTo(LENGTH);
            assertThat(java.util.Arrays.copyOf(packet, LENGTH)).isEqualTo(plain);
        }
    }

    @Test
    void weOpenWhatTheNodeSealsAndNothingElse() throws Exception {
        var node = keys(DtlsRole.SERVER).sending(SrtpCrypto.best());
        SrtpGcm ours = SrtpGcm.receiving(keys(DtlsRole.CLIENT));
        byte[] plain = write(5);
        int sealed = node.protectRtp(buffer, 0, LENGTH);
        byte[] forged = java.util.Arrays.copyOf(packet, sealed);
        forged[50] ^= 1;
        assertThat(ours.openRtp(forged, HEADER, sealed, 0)).isEqualTo(-1);
        assertThat(ours.openRtp(packet, HEADER, sealed, 0)).isEqualTo(LENGTH);
        assertThat(java.util.Arrays.copyOf(packet, LENGTH)).isEqualTo(plain);
    }

    @Test
    void theNodeOpensOurFeedback() throws Exception {
        var node = keys(DtlsRole.SERVER).receiving(SrtpCrypto.best());
        SrtpGcm ours = SrtpGcm.sending(keys(DtlsRole.CLIENT));
        for (int i = 0; i < 3; i++) {
            buffer.putInt(0, 0x80C9_0001).putInt(4, 0x89ABCDEF).putInt(8, i);
            int sealed = ours.sealRtcp(packet, 12);
            assertThat(node.unprotectRtcp(buffer, 0, sealed)).isEqualTo(12);
            assertThat(buffer.getInt(8)).isEqualTo(i);
        }
    }
}
