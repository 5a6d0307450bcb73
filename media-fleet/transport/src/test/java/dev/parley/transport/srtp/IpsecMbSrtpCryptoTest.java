package dev.parley.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only code outside Java's heap can get wrong: memory, its end, and what is left in it. */
class IpsecMbSrtpCryptoTest {
    private static final byte[] NONCE = new byte[AeadCipher.NONCE_BYTES];
    private static final byte[] AAD = new byte[12];

    private IpsecMbSrtpCrypto crypto;

    @BeforeEach
    void ownMemory() {
        Providers.required(SrtpProvider.IPSEC_MB);
        crypto = new IpsecMbSrtpCrypto(IpsecMbLibrary.load());
    }

    @Test
    void keysAreGivenBackOnceWhenTheSessionEnds() {
        SrtpTransformer one = SrtpContextTest.transformer(crypto, SrtpProfile.AEAD_AES_128_GCM);
        SrtpTransformer other = SrtpContextTest.transformer(crypto, SrtpProfile.AEAD_AES_256_GCM);
        assertThat(crypto.keysInUse()).isEqualTo(4);

        one.close();
        one.close();

        assertThat(crypto.keysInUse()).isEqualTo(2);
        other.close();
        assertThat(crypto.keysInUse()).isZero();
    }

    @Test
    void aSlotIsAlignedAndHoldsNothingOfTheKeyBefore() {
        KeySlots slots = new KeySlots(IpsecMbLibrary.KEY_SCHEDULE_BYTES);
        KeySlots.Slot slot = slots.take();
        assertThat(slot.memory().address() % 64).isZero();
        AeadCipher cipher = new IpsecMbAeadCipher(
                IpsecMbLibrary.load().gcm128(),
                new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
                slot);
        assertThat(slot.memory().get(ValueLayout.JAVA_BYTE, 0)).isNotZero();

        cipher.close();

        assertThat(slot.memory().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesEverythingAfterItsEnd(boolean direct) {
        AeadCipher cipher = crypto.aesGcm(new byte[16]);
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(64) : ByteBuffer.allocate(64);
        cipher.close();

        assertThat(cipher.seal(NONCE, AAD, 12, buffer, 0, 32)).isFalse();
        assertThat(cipher.open(NONCE, AAD, 12, buffer, 0, 32)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverLeavesTheBuffer(boolean direct) {
        AeadCipher cipher = crypto.aesGcm(new byte[16]);
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(64) : ByteBuffer.allocate(64);

        assertThatThrownBy(() -> cipher.seal(NONCE, AAD, 12, buffer, 0, 49))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cipher.seal(NONCE, AAD, 12, buffer, -1, 10))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cipher.open(NONCE, AAD, 12, buffer, 40, 20))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cipher.open(NONCE, AAD, 12, buffer, 0, -1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> cipher.seal(NONCE, AAD, 13, buffer, 0, 10))
                .isInstanceOf(IndexOutOfBoundsException.class);
        cipher.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 12, 37", "-1, 12, 10", "0, 49, 0", "0, 60, -20", "0, -12, 40", "40, 12, -12"})
    void neverLeavesTheBufferWithAPacket(int offset, int aadLength, int textLength) {
        AeadCipher cipher = crypto.aesGcm(new byte[16]);
        for (ByteBuffer buffer : List.of(ByteBuffer.allocateDirect(64), ByteBuffer.allocate(64))) {
            assertThatThrownBy(() -> cipher.sealBehind(1, 2, buffer, offset, aadLength, textLength))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> cipher.openBehind(1, 2, buffer, offset, aadLength, textLength))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        cipher.close();
    }

    @Test
    void leavesNoTextOfAForgedPacket() {
        AeadCipher cipher = crypto.aesGcm(new byte[16]);
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        buffer.put(3, (byte) 9);

        assertThat(cipher.open(NONCE, AAD, 12, buffer, 0, 48)).isFalse();

        for (int i = 0; i < 48; i++) {
            assertThat(buffer.get(i)).isZero();
        }
        cipher.close();
    }

    @Test
    void worksInASliceAwayFromItsStart() {
        AeadCipher cipher = crypto.aesGcm(new byte[16]);
        ByteBuffer whole = ByteBuffer.allocateDirect(256);
        ByteBuffer slice = whole.slice(100, 100);
        slice.position(50);

        assertThat(cipher.seal(NONCE, AAD, 12, slice, 10, 20)).isTrue();

        ByteBuffer expected = ByteBuffer.allocate(256);
        new JceAeadCipher(new byte[16]).seal(NONCE, AAD, 12, expected, 110, 20);
        assertThat(whole).isEqualTo(expected);
        cipher.close();
    }

    @Test
    void allocatesNothingForAPacket() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        AeadCipher cipher = crypto.aesGcm(new byte[16]);
        ByteBuffer buffer = ByteBuffer.allocateDirect(1300);
        seal(cipher, buffer, 20_000);
        long before = threads.getThreadAllocatedBytes(thread);

        seal(cipher, buffer, 100_000);

        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(100_000);
        cipher.close();
    }

    private static void seal(AeadCipher cipher, ByteBuffer buffer, int times) {
        for (int i = 0; i < times; i++) {
            cipher.seal(NONCE, AAD, 12, buffer, 12, 1200);
            cipher.open(NONCE, AAD, 12, buffer, 12, 1200);
        }
    }
}
