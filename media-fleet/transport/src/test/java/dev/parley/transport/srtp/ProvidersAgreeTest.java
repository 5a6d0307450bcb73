package dev.parley.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which provider runs must not show on the wire. */
class ProvidersAgreeTest {
    private static final int OFFSET = 9;

    @ParameterizedTest
    @EnumSource
    void everyProviderWritesTheSameBytes(SrtpProfile profile) {
        List<SrtpTransformer> senders = transformers(profile);
        Random random = new Random(41);
        for (int i = 0; i < 600; i++) {
            byte[] plain = packet(random, i);
            ByteBuffer expected = ByteBuffer.allocateDirect(2048);
            expected.put(OFFSET, plain);
            int length = protect(senders.getLast(), expected, plain, i);
            assertThat(length).isPositive();
            for (SrtpTransformer sender : senders.subList(0, senders.size() - 1)) {
                ByteBuffer buffer = i % 5 == 0 ? ByteBuffer.allocate(2048) : ByteBuffer.allocateDirect(2048);
                buffer.put(OFFSET, plain);
                assertThat(protect(sender, buffer, plain, i)).isEqualTo(length);
                assertThat(buffer).as("packet %d of %d bytes", i, plain.length).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyProviderReadsWhatAnyOtherWrote(SrtpProfile profile) {
        for (SrtpTransformer sender : transformers(profile)) {
            for (SrtpTransformer receiver : transformers(profile)) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
                byte[] plain = SrtpContextTest.rtp(3, sequenceOf(sender), 900);
                buffer.put(OFFSET, plain);
                int length = sender.protectRtp(buffer, OFFSET, plain.length);
                assertThat(receiver.unprotectRtp(buffer, OFFSET, length)).isEqualTo(plain.length);
                byte[] read = new byte[plain.length];
                buffer.get(OFFSET, read);
                assertThat(read).isEqualTo(plain);
            }
        }
    }

    private int sequence;

    /** An index is protected once only. */
    private int sequenceOf(SrtpTransformer sender) {
        assertThat(sender).isNotNull();
        return sequence++;
    }

    private static byte[] packet(Random random, int i) {
        if (i % 10 == 9) {
            return SrtpContextTest.rtcp(5);
        }
        // Crosses the rollover of the sequence number.
        byte[] packet = SrtpContextTest.rtp(5, 65_300 + i & 0xFFFF, random.nextInt(1400));
        packet[packet.length - 1] ^= (byte) random.nextInt();
        return packet;
    }

    private static int protect(SrtpTransformer sender, ByteBuffer buffer, byte[] plain, int i) {
        return i % 10 == 9
                ? sender.protectRtcp(buffer, OFFSET, plain.length)
                : sender.protectRtp(buffer, OFFSET, plain.length);
    }

    private static List<SrtpTransformer> transformers(SrtpProfile profile) {
        return Providers.present().stream()
                .map(crypto -> SrtpContextTest.transformer(crypto, profile))
                .toList();
    }
}
