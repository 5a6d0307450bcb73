package dev.parley.transport.dtls;

import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.srtp.SrtpProfile;
import dev.parley.transport.srtp.SrtpTransformer;
import java.util.Arrays;

/**
 * What the handshake exported for SRTP (RFC 5764 section 4.2): master keys and salts of both directions.
 *
 * @param profile the protection profile agreed on
 * @param role our side of the handshake, which decides whose key is whose
 * @param exported client key, server key, client salt, server salt
 */
public record SrtpKeyMaterial(SrtpProfile profile, DtlsRole role, byte[] exported) {
    /** The exporter's label. */
    static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

    /** Bytes to export for this profile. */
    static int length(SrtpProfile profile) {
        return 2 * (profile.keyBytes() + profile.saltBytes());
    }

    /** The transformer for what we send. */
    public SrtpTransformer sending(SrtpCrypto crypto) {
        return transformer(crypto, role == DtlsRole.CLIENT);
    }

    /** The transformer for what we receive. */
    public SrtpTransformer receiving(SrtpCrypto crypto) {
        return transformer(crypto, role == DtlsRole.SERVER);
    }

    private SrtpTransformer transformer(SrtpCrypto crypto, boolean ofClient) {
        int keyBytes = profile.keyBytes();
        int saltBytes = profile.saltBytes();
        int keyAt = ofClient ? 0 : keyBytes;
        int saltAt = 2 * keyBytes + (ofClient ? 0 : saltBytes);
        return crypto.transformer(
                profile,
                Arrays.copyOfRange(exported, keyAt, keyAt + keyBytes),
                Arrays.copyOfRange(exported, saltAt, saltAt + saltBytes));
    }

    @Override
    public String toString() {
        return "SrtpKeyMaterial[" + profile + ", " + role + "]";
    }
}
