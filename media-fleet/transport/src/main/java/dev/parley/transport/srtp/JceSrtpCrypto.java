package dev.parley.transport.srtp;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * AES-GCM behind the Java interfaces: of the platform, which is everywhere, or of a provider that is faster. Counter mode
 * is always the platform's.
 */
final class JceSrtpCrypto implements SrtpCrypto {
    private final String name;
    private final Optional<Provider> provider;

    /** The platform's own. */
    JceSrtpCrypto() {
        this.provider = Optional.empty();
        try {
            this.name = "JCE ("
                    + Cipher.getInstance(JceAeadCipher.ALGORITHM).getProvider().getName() + ")";
        } catch (GeneralSecurityException e) {
            throw new SrtpException("this Java has no AES-GCM", e);
        }
    }

    /** Of this provider, whether it is registered or not. */
    JceSrtpCrypto(String name, Provider provider) {
        this.provider = Optional.of(provider);
        this.name = name + " " + provider.getVersionStr();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AeadCipher aesGcm(byte[] key) {
        return provider.isPresent() ? new JceAeadCipher(key, provider.get()) : new JceAeadCipher(key);
    }

    @Override
    public CounterCipher aesCounterHmacSha1(byte[] key, byte[] authKey) {
        return new JceCounterCipher(key, authKey);
    }
}
