package dev.parley.transport.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The session keys of one direction, derived from its master key and salt (RFC 3711 section 4.3, RFC 7714 section 11).
 *
 * <p>The key derivation rate is 0: one set for the life of the session.
 */
record SessionKeys(
        byte[] rtpKey, byte[] rtpAuthKey, byte[] rtpSalt, byte[] rtcpKey, byte[] rtcpAuthKey, byte[] rtcpSalt) {

    private static final int LABEL_RTP_KEY = 0;
    private static final int LABEL_RTP_AUTH = 1;
    private static final int LABEL_RTP_SALT = 2;
    private static final int LABEL_RTCP_KEY = 3;
    private static final int LABEL_RTCP_AUTH = 4;
    private static final int LABEL_RTCP_SALT = 5;
    private static final int BLOCK_BYTES = 16;
    private static final int LABEL_AT = 7;

    /** Derives the six session keys. */
    static SessionKeys derive(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        if (masterKey.length != profile.keyBytes() || masterSalt.length != profile.saltBytes()) {
            throw new SrtpException("%s needs a key of %d and a salt of %d bytes, got %d and %d"
                    .formatted(profile, profile.keyBytes(), profile.saltBytes(), masterKey.length, masterSalt.length));
        }
        return new SessionKeys(
                derive(masterKey, masterSalt, LABEL_RTP_KEY, profile.keyBytes()),
                derive(masterKey, masterSalt, LABEL_RTP_AUTH, profile.authKeyBytes()),
                derive(masterKey, masterSalt, LABEL_RTP_SALT, profile.saltBytes()),
                derive(masterKey, masterSalt, LABEL_RTCP_KEY, profile.keyBytes()),
                derive(masterKey, masterSalt, LABEL_RTCP_AUTH, profile.authKeyBytes()),
                derive(masterKey, masterSalt, LABEL_RTCP_SALT, profile.saltBytes()));
    }

    /** One key: the AES-CM pseudo-random function over the salt with the label mixed in. */
    static byte[] derive(byte[] masterKey, byte[] masterSalt, int label, int bytes) {
        byte[] counterBlocks = new byte[(bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES];
        for (int block = 0; block * BLOCK_BYTES < counterBlocks.length; block++) {
            int at = block * BLOCK_BYTES;
            System.arraycopy(masterSalt, 0, counterBlocks, at, masterSalt.length);
            counterBlocks[at + LABEL_AT] ^= (byte) label;
            counterBlocks[at + BLOCK_BYTES - 1] = (byte) block;
        }
        try {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"));
            return Arrays.copyOf(aes.doFinal(counterBlocks), bytes);
        } catch (GeneralSecurityException e) {
            throw new SrtpException("SRTP keys could not be derived: AES is missing", e);
        }
    }
}
