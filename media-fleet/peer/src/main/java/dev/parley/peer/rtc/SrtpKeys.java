package dev.parley.peer.rtc;

import java.util.Arrays;
import org.bouncycastle.tls.SRTPProtectionProfile;

/**
 * The SRTP keys of one side, split from the keying material of the handshake (RFC 5764 section 4.2).
 *
 * @param profile the SRTP protection profile's number
 * @param sendKey master key of what we send
 * @param sendSalt master salt of what we send
 * @param receiveKey master key of what we receive
 * @param receiveSalt master salt of what we receive
 */
record SrtpKeys(int profile, byte[] sendKey, byte[] sendSalt, byte[] receiveKey, byte[] receiveSalt) {
    private static final int KEY = 16;

    static int saltLength(int profile) {
        return profile == SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM ? 12 : 14;
    }

    /** How many bytes of keying material a profile takes. */
    static int length(int profile) {
        return 2 * (KEY + saltLength(profile));
    }

    static SrtpKeys split(int profile, byte[] material, boolean client) {
        int salt = saltLength(profile);
        byte[] clientKey = Arrays.copyOfRange(material, 0, KEY);
        byte[] serverKey = Arrays.copyOfRange(material, KEY, 2 * KEY);
        byte[] clientSalt = Arrays.copyOfRange(material, 2 * KEY, 2 * KEY + salt);
        byte[] serverSalt = Arrays.copyOfRange(material, 2 * KEY + salt, 2 * (KEY + salt));
        return client
                ? new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt)
                : new SrtpKeys(profile, serverKey, serverSalt, clientKey, clientSalt);
    }
}
