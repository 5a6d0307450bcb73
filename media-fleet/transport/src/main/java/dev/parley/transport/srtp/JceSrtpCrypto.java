package dev.parley.transport.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** The ciphers of the Java platform: everywhere, about 2 million packets a CPU-second, some garbage per packet. */
final class JceSrtpCrypto implements SrtpCrypto {
    private final String name;

    JceSrtpCrypto() {
        try {
            this.name = "JCE ("
                    + Cipher.getInstance("AES/GCM/NoPadding").getProvider().getName() + ")";
        } catch (GeneralSecurityException e) {
            throw new SrtpException("this Java has no AES-GCM", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public AeadCipher aesGcm(byte[] key) {
        return new JceAeadCipher(key);
    }

    @Override
    public CounterCipher aesCounterHmacSha1(byte[] key, byte[] authKey) {
        return new JceCounterCipher(key, authKey);
    }
}
