package dev.parley.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(SrtpProvider.class)
class SrtpContextTest {
    private static final int SSRC = 0xCAFE0001;
    private static final int OFFSET = 3;

    @Parameter
    SrtpProvider provider;

    private SrtpCrypto crypto;

    @BeforeEach
    void providerIsHere() {
        crypto = Providers.required(provider);
    }

    @ParameterizedTest
    @EnumSource
    void whatOneSideProtectsTheOtherReads(SrtpProfile profile) {
        SrtpTransformer sender = transformer(profile);
        SrtpTransformer receiver = transformer(profile);
        ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
        for (int payload : new int[] {0, 1, 15, 16, 17, 1200}) {
            byte[] plain = rtp(SSRC, 100 + payload, payload);
            buffer.put(OFFSET, plain);

            int length = sender.protectRtp(buffer, OFFSET, plain.length);

            assertThat(length).isEqualTo(plain.length + profile.rtpTagBytes());
            assertThat(receiver.unprotectRtp(buffer, OFFSET, length)).isEqualTo(plain.length);
            assertThat(bytes(buffer, plain.length)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rtcpTravelsUnderARisingIndex(SrtpProfile profile) {
        SrtpTransformer sender = transformer(profile);
        SrtpTransformer receiver = transformer(profile);
        ByteBuffer buffer = ByteBuffer.allocate(256);
        byte[] previous = null;
        for (int i = 0; i < 3; i++) {
            byte[] plain = rtcp(SSRC);
            buffer.put(OFFSET, plain);
            int length = sender.protectRtcp(buffer, OFFSET, plain.length);
            byte[] wire = bytes(buffer, length);

            assertThat(length).isEqualTo(plain.length + profile.rtcpTagBytes() + 4);
            assertThat(wire).isNotEqualTo(previous);
            assertThat(receiver.unprotectRtcp(buffer, OFFSET, length)).isEqualTo(plain.length);
            assertThat(bytes(buffer, plain.length)).isEqualTo(plain);

            buffer.put(OFFSET, wire);
            assertThat(receiver.unprotectRtcp(buffer, OFFSET, length)).isEqualTo(SrtpTransformer.REPEATED);
            previous = wire;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedPacketIsRefusedAndLeavesNoTrace(SrtpProfile profile) {
        SrtpTransformer sender = transformer(profile);
        SrtpTransformer receiver = transformer(profile);
        ByteBuffer buffer = ByteBuffer.allocate(256);
        byte[] plain = rtp(SSRC, 7, 40);
        buffer.put(OFFSET, plain);
        int length = sender.protectRtp(buffer, OFFSET, plain.length);
        byte[] wire = bytes(buffer, length);
        for (int bit = 0; bit < length * 8; bit++) {
            byte[] damaged = wire.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            buffer.put(OFFSET, damaged);
            assertThat(receiver.unprotectRtp(buffer, OFFSET, length))
                    .as("bit %d", bit)
                    .isNegative();
        }

        buffer.put(OFFSET, wire);
        assertThat(receiver.unprotectRtp(buffer, OFFSET, length)).isEqualTo(plain.length);
    }

    @ParameterizedTest
    @EnumSource
    void keepsCountingOverManyRollovers(SrtpProfile profile) {
        SrtpTransformer sender = transformer(profile);
        SrtpTransformer receiver = transformer(profile);
        ByteBuffer buffer = ByteBuffer.allocate(256);
        for (int index = 65_000; index < 65_000 + 3 * 65_536; index += 997) {
            byte[] plain = rtp(SSRC, index & 0xFFFF, 20);
            buffer.put(OFFSET, plain);
            int length = sender.protectRtp(buffer, OFFSET, plain.length);
            assertThat(receiver.unprotectRtp(buffer, OFFSET, length)).isEqualTo(plain.length);
            assertThat(bytes(buffer, plain.length)).isEqualTo(plain);
        }
    }

    @Test
    void readsPacketsOutOfOrderAroundARollover() {
        SrtpTransformer sender = transformer(SrtpProfile.AEAD_AES_128_GCM);
        SrtpTransformer receiver = transformer(SrtpProfile.AEAD_AES_128_GCM);
        byte[][] wires = new byte[8][];
        ByteBuffer buffer = ByteBuffer.allocate(256);
        for (int i = 0; i < wires.length; i++) {
            byte[] plain = rtp(SSRC, 65_532 + i & 0xFFFF, 20);
            buffer.put(OFFSET, plain);
            wires[i] = bytes(buffer, sender.protectRtp(buffer, OFFSET, plain.length));
        }
        for (int i : new int[] {2, 5, 3, 4, 1, 0, 7, 6}) {
            buffer.put(OFFSET, wires[i]);
            assertThat(receiver.unprotectRtp(buffer, OFFSET, wires[i].length))
                    .as("packet %d", i)
                    .isPositive();
        }
    }

    @Test
    void neverProtectsTheSameIndexTwice() {
        SrtpTransformer sender = transformer(SrtpProfile.AEAD_AES_128_GCM);
        ByteBuffer buffer = ByteBuffer.allocate(256);
        byte[] plain = rtp(SSRC, 7, 40);
        buffer.put(OFFSET, plain);
        assertThat(sender.protectRtp(buffer, OFFSET, plain.length)).isPositive();
        buffer.put(OFFSET, plain);

        assertThat(sender.protectRtp(buffer, OFFSET, plain.length)).isEqualTo(SrtpTransformer.REPEATED);
    }

    @Test
    void refusesWhatIsNoPacketOrHasNoRoom() {
        SrtpTransformer sender = transformer(SrtpProfile.AEAD_AES_128_GCM);
        byte[] plain = rtp(SSRC, 7, 40);

        assertThat(sender.protectRtp(ByteBuffer.wrap(plain), 0, plain.length)).isEqualTo(SrtpTransformer.NO_ROOM);
        assertThat(sender.protectRtp(ByteBuffer.wrap(plain), 0, 11)).isEqualTo(SrtpTransformer.MALFORMED);
        byte[] extensionBeyondTheEnd = plain.clone();
        extensionBeyondTheEnd[0] = (byte) 0x90;
        extensionBeyondTheEnd[15] = 100;
        assertThat(sender.protectRtp(ByteBuffer.wrap(extensionBeyondTheEnd), 0, plain.length))
                .isEqualTo(SrtpTransformer.MALFORMED);
    }

    @Test
    void headerExtensionsStayInTheClear() {
        SrtpTransformer sender = transformer(SrtpProfile.AEAD_AES_128_GCM);
        byte[] plain = Arrays.copyOf(rtp(SSRC, 7, 40), 96);
        plain[0] = (byte) 0x91;
        plain[16] = (byte) 0xBE;
        plain[17] = (byte) 0xDE;
        plain[18] = 0;
        plain[19] = 2;
        ByteBuffer buffer = ByteBuffer.wrap(plain.clone());

        assertThat(sender.protectRtp(buffer, 0, 60)).isEqualTo(76);

        assertThat(Arrays.copyOf(buffer.array(), 28)).isEqualTo(Arrays.copyOf(plain, 28));
        assertThat(Arrays.copyOfRange(buffer.array(), 28, 60)).isNotEqualTo(Arrays.copyOfRange(plain, 28, 60));
    }

    @Test
    void limitsTheNumberOfSources() {
        SrtpTransformer sender = transformer(SrtpProfile.AEAD_AES_128_GCM);
        ByteBuffer buffer = ByteBuffer.allocate(256);
        int refused = 0;
        for (int ssrc = 1; ssrc <= 520; ssrc++) {
            byte[] plain = rtp(ssrc, 1, 4);
            buffer.put(OFFSET, plain);
            if (sender.protectRtp(buffer, OFFSET, plain.length) == SrtpTransformer.TOO_MANY_SOURCES) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(8);
    }

    private SrtpTransformer transformer(SrtpProfile profile) {
        return transformer(crypto, profile);
    }

    static SrtpTransformer transformer(SrtpCrypto crypto, SrtpProfile profile) {
        Random random = new Random(1);
        byte[] key = new byte[profile.keyBytes()];
        byte[] salt = new byte[profile.saltBytes()];
        random.nextBytes(key);
        random.nextBytes(salt);
        return crypto.transformer(profile, key, salt);
    }

    static byte[] rtp(int ssrc, int sequence, int payloadBytes) {
        ByteBuffer packet = ByteBuffer.allocate(12 + payloadBytes);
        packet.put(0, (byte) 0x80).put(1, (byte) 96).putShort(2, (short) sequence);
        packet.putInt(4, sequence * 3000).putInt(8, ssrc);
        for (int i = 0; i < payloadBytes; i++) {
            packet.put(12 + i, (byte) (i * 7 + sequence));
        }
        return packet.array();
    }

    static byte[] rtcp(int ssrc) {
        ByteBuffer packet = ByteBuffer.allocate(32);
        packet.put(0, (byte) 0x81).put(1, (byte) 201).putShort(2, (short) 7).putInt(4, ssrc);
        packet.putInt(8, 0x01020304);
        return packet.array();
    }

    private static byte[] bytes(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(OFFSET, bytes);
        return bytes;
    }
}
