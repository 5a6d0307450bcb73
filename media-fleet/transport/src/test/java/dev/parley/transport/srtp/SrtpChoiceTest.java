package dev.parley.transport.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpChoiceTest {
    @Test
    void takesTheFirstThatWorksAndSaysWhy() {
        SrtpChoice choice = SrtpChoice.best();

        SrtpCrypto first = Providers.present().getFirst();
        assertThat(choice.crypto()).isSameAs(first);
        assertThat(choice.reason()).startsWith(first.name());
        for (SrtpProvider provider : SrtpProvider.values()) {
            SrtpProbe probe = provider.probe();
            if (probe.crypto().isPresent()) {
                break;
            }
            assertThat(choice.reason()).contains(provider.setting() + ": " + probe.reason());
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesTheOneThatWasAskedForOrSaysWhyNot(SrtpProvider provider) {
        SrtpProbe probe = provider.probe();
        if (probe.crypto().isPresent()) {
            assertThat(SrtpChoice.of(Optional.of(provider)).crypto())
                    .isSameAs(probe.crypto().get());
        } else {
            assertThatThrownBy(() -> SrtpChoice.of(Optional.of(provider)))
                    .isInstanceOf(SrtpException.class)
                    .hasMessage("SRTP provider " + provider.setting() + ": " + probe.reason());
        }
    }

    @Test
    void thePlatformIsAlwaysThere() {
        assertThat(SrtpProvider.JCE.probe().crypto()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void everyNameInSettingsIsFoundAgain(SrtpProvider provider) {
        assertThat(SrtpProvider.ofSetting(provider.setting())).contains(provider);
        assertThat(SrtpProvider.ofSetting("openssl")).isEmpty();
    }

    @Test
    void aProviderThatEncryptsWronglyIsRefused() {
        SrtpProbe probe = SrtpProbe.of(SrtpProvider.ACCP, () -> new Altered(new JceSrtpCrypto(), 40, -1, false));

        assertThat(probe.crypto()).isEmpty();
        assertThat(probe.reason()).contains("encrypted wrongly");
    }

    @Test
    void aProviderThatEncryptsWronglyBehindAHeaderIsRefused() {
        SrtpProbe probe = SrtpProbe.of(SrtpProvider.ACCP, () -> new Altered(new JceSrtpCrypto(), -1, 40, false));

        assertThat(probe.crypto()).isEmpty();
        assertThat(probe.reason()).contains("encrypted wrongly behind a header");
    }

    @Test
    void aProviderThatTakesAnyTagIsRefused() {
        SrtpProbe probe = SrtpProbe.of(SrtpProvider.ACCP, () -> new Altered(new JceSrtpCrypto(), -1, -1, true));

        assertThat(probe.crypto()).isEmpty();
        assertThat(probe.reason()).contains("took a wrong tag for right");
    }

    @Test
    void aProviderThatDoesNotLoadIsAReasonNotAFailure() {
        SrtpProbe probe = SrtpProbe.of(SrtpProvider.ACCP, () -> {
            throw new UnsatisfiedLinkError("no such library");
        });

        assertThat(probe.crypto()).isEmpty();
        assertThat(probe.reason()).contains("no such library");
    }

    /** A provider with a fault: one bit of text at a position in one of the two ways to call it, or a tag that is not looked at. */
    private record Altered(SrtpCrypto right, int wrongAt, int wrongBehindAt, boolean anyTag) implements SrtpCrypto {
        @Override
        public String name() {
            return "altered";
        }

        @Override
        public AeadCipher aesGcm(byte[] key) {
            AeadCipher cipher = right.aesGcm(key);
            return new AeadCipher() {
                @Override
                public boolean seal(byte[] nonce, byte[] aad, int aadLength, ByteBuffer buffer, int at, int length) {
                    boolean sealed = cipher.seal(nonce, aad, aadLength, buffer, at, length);
                    if (wrongAt >= 0 && length > wrongAt) {
                        buffer.put(at + wrongAt, (byte) (buffer.get(at + wrongAt) ^ 1));
                    }
                    return sealed;
                }

                @Override
                public boolean open(byte[] nonce, byte[] aad, int aadLength, ByteBuffer buffer, int at, int length) {
                    return cipher.open(nonce, aad, aadLength, buffer, at, length) || anyTag;
                }

                @Override
                public boolean sealBehind(
                        long head, int tail, ByteBuffer buffer, int offset, int aadLength, int length) {
                    boolean sealed = cipher.sealBehind(head, tail, buffer, offset, aadLength, length);
                    if (wrongBehindAt >= 0 && length > wrongBehindAt) {
                        int at = offset + aadLength + wrongBehindAt;
                        buffer.put(at, (byte) (buffer.get(at) ^ 1));
                    }
                    return sealed;
                }

                @Override
                public boolean openBehind(
                        long head, int tail, ByteBuffer buffer, int offset, int aadLength, int length) {
                    return cipher.openBehind(head, tail, buffer, offset, aadLength, length);
                }
            };
        }

        @Override
        public CounterCipher aesCounterHmacSha1(byte[] key, byte[] authKey) {
            return right.aesCounterHmacSha1(key, authKey);
        }
    }
}
