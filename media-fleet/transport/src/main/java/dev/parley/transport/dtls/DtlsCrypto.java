package dev.parley.transport.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * The library's elliptic curves, which are faster than the platform's, and the platform's AES-GCM for records, which is faster than
 * the library's: {@code docs/join.md} has the figures.
 */
final class DtlsCrypto extends BcTlsCrypto {
    DtlsCrypto(SecureRandom random) {
        super(random);
    }

    @Override
    protected TlsAEADCipher createCipher_AES_GCM(TlsCryptoParameters parameters, int keyBytes, int tagBytes)
            throws IOException {
        return new TlsAEADCipher(
                parameters,
                new RecordCipher(true),
                new RecordCipher(false),
                keyBytes,
                tagBytes,
                TlsAEADCipher.AEAD_GCM,
                null);
    }
}
