package dev.parley.transport.srtp;

/**
 * Where the ciphers come from. One is chosen when the process starts; its name belongs in the log.
 *
 * <p>A provider only has to encrypt and authenticate one packet with one key; sources, indices, replay and formats are
 * the same above all of them.
 */
public interface SrtpCrypto {
    /** What was chosen, for people. */
    String name();

    /** AES in Galois/Counter mode under this 16- or 32-byte key. */
    AeadCipher aesGcm(byte[] key);

    /** AES counter mode under this key, tagged by HMAC-SHA1 under the other. */
    CounterCipher aesCounterHmacSha1(byte[] key, byte[] authKey);

    /** The fastest provider that works here; {@link SrtpChoice} says why as well. */
    static SrtpCrypto best() {
        return SrtpChoice.best().crypto();
    }

    /** One direction's transformer for the master key and salt that DTLS exported. */
    default SrtpTransformer transformer(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        return transformer(profile, SessionKeys.derive(profile, masterKey, masterSalt));
    }

    private SrtpTransformer transformer(SrtpProfile profile, SessionKeys keys) {
        PacketCipher rtp = profile.isAead()
                ? new AeadPacketCipher(aesGcm(keys.rtpKey()), keys.rtpSalt())
                : new CounterPacketCipher(aesCounterHmacSha1(keys.rtpKey(), keys.rtpAuthKey()), keys.rtpSalt());
        PacketCipher rtcp = profile.isAead()
                ? new AeadPacketCipher(aesGcm(keys.rtcpKey()), keys.rtcpSalt())
                : new CounterPacketCipher(aesCounterHmacSha1(keys.rtcpKey(), keys.rtcpAuthKey()), keys.rtcpSalt());
        return new SrtpContext(profile, rtp, rtcp);
    }
}
