package dev.parley.bench.wire;

import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.dtls.SrtpKeyMaterial;
import dev.parley.transport.srtp.SrtpProfile;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction of SRTP with AES-GCM (RFC 7714), written apart from the node's so that the two check each other. The caller keeps rollover counters.
 */
final class SrtpGcm {
    static final int TAG_BYTES = 16;

    private static final int RTCP_HEADER = 8;
    private static final int INDEX_WORD = 4;

    private final SecretKeySpec rtpKey;
    private final byte[] rtpSalt;
    private final SecretKeySpec rtcpKey;
    private final byte[] rtcpSalt;
    private final Cipher cipher;
    private final byte[] nonce = new byte[12];
    private final byte[] rtcpAad = new byte[RTCP_HEADER + INDEX_WORD];
    private int rtcpIndex;

    SrtpGcm(byte[] masterKey, byte[] masterSalt) throws GeneralSecurityException {
        rtpKey = new SecretKeySpec(derive(masterKey, masterSalt, 0, masterKey.length), "AES");
        rtpSalt = derive(masterKey, masterSalt, 2, 12);
        rtcpKey = new SecretKeySpec(derive(masterKey, masterSalt, 3, masterKey.length), "AES");
        rtcpSalt = derive(masterKey, masterSalt, 5, 12);
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
    }

    /** What we protect with. */
    static SrtpGcm sending(SrtpKeyMaterial keys) throws IOException {
        return of(keys, keys.role() == DtlsRole.CLIENT);
    }

    /** What we open with. */
    static SrtpGcm receiving(SrtpKeyMaterial keys) throws IOException {
        return of(keys, keys.role() == DtlsRole.SERVER);
    }

    private static SrtpGcm of(SrtpKeyMaterial keys, boolean ofClient) throws IOException {
        SrtpProfile profile = keys.profile();
        if (!profile.isAead()) {
            throw new IOException("the node chose " + profile + ", this bench measures AES-GCM only");
        }
        int keyBytes = profile.keyBytes();
        int saltBytes = profile.saltBytes();
        int key = ofClient ? 0 : keyBytes;
        int salt = 2 * keyBytes + (ofClient ? 0 : saltBytes);
        try {
            return new SrtpGcm(
                    Arrays.copyOfRange(keys.exported(), key, key + keyBytes),
                    Arrays.copyOfRange(keys.exported(), salt, salt + saltBytes));
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no AES-GCM", e);
        }
    }

    /** RFC 3711 section 4.3.3: AES in counter mode over the salt with the label mixed in. */
    private static byte[] derive(byte[] masterKey, byte[] masterSalt, int label, int bytes)
            throws GeneralSecurityException {
        byte[] counter = Arrays.copyOf(masterSalt, 16);
        counter[7] ^= (byte) label;
        Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
        aes.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(masterKey, "AES"),
                new javax.crypto.spec.IvParameterSpec(counter));
        return aes.doFinal(new byte[bytes]);
    }

    /**
     * Encrypts a packet in place.
     *
     * @return its new length
     */
    int sealRtp(byte[] packet, int headerLength, int length, long rollover) throws GeneralSecurityException {
        rtpNonce(packet, rollover);
        cipher.init(Cipher.ENCRYPT_MODE, rtpKey, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(packet, 0, headerLength);
        return headerLength + cipher.doFinal(packet, headerLength, length - headerLength, packet, headerLength);
    }

    /**
     * Opens a packet in place.
     *
     * @return its length without the tag, or -1 when the tag is wrong
     */
    int openRtp(byte[] packet, int headerLength, int length, long rollover) throws GeneralSecurityException {
        rtpNonce(packet, rollover);
        cipher.init(Cipher.DECRYPT_MODE, rtpKey, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(packet, 0, headerLength);
        try {
            return headerLength + cipher.doFinal(packet, headerLength, length - headerLength, packet, headerLength);
        } catch (AEADBadTagException e) {
            return -1;
        }
    }

    /**
     * Encrypts a compound in place under the next index.
     *
     * @return its new length
     */
    int sealRtcp(byte[] packet, int length) throws GeneralSecurityException {
        int word = ++rtcpIndex | 0x8000_0000;
        System.arraycopy(rtcpSalt, 0, nonce, 0, nonce.length);
        for (int i = 0; i < 4; i++) {
            nonce[2 + i] ^= packet[4 + i];
            nonce[8 + i] ^= (byte) (rtcpIndex >>> 24 - 8 * i);
        }
        System.arraycopy(packet, 0, rtcpAad, 0, RTCP_HEADER);
        putInt(rtcpAad, RTCP_HEADER, word);
        cipher.init(Cipher.ENCRYPT_MODE, rtcpKey, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(rtcpAad);
        int end = RTCP_HEADER + cipher.doFinal(packet, RTCP_HEADER, length - RTCP_HEADER, packet, RTCP_HEADER);
        putInt(packet, end, word);
        return end + INDEX_WORD;
    }

    /**
     * Opens a compound in place.
     *
     * @return its length without tag and index, or -1 when it is not encrypted or the tag is wrong
     */
    int openRtcp(byte[] packet, int length) throws GeneralSecurityException {
        int at = length - INDEX_WORD;
        if (at < RTCP_HEADER + TAG_BYTES || packet[at] >= 0) {
            return -1;
        }
        System.arraycopy(rtcpSalt, 0, nonce, 0, nonce.length);
        for (int i = 0; i < 4; i++) {
            nonce[2 + i] ^= packet[4 + i];
            nonce[8 + i] ^= (byte) (i == 0 ? packet[at] & 0x7F : packet[at + i]);
        }
        System.arraycopy(packet, 0, rtcpAad, 0, RTCP_HEADER);
        System.arraycopy(packet, at, rtcpAad, RTCP_HEADER, INDEX_WORD);
        cipher.init(Cipher.DECRYPT_MODE, rtcpKey, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(rtcpAad);
        try {
            return RTCP_HEADER + cipher.doFinal(packet, RTCP_HEADER, at - RTCP_HEADER, packet, RTCP_HEADER);
        } catch (AEADBadTagException e) {
            return -1;
        }
    }

    private void rtpNonce(byte[] packet, long rollover) {
        System.arraycopy(rtpSalt, 0, nonce, 0, nonce.length);
        for (int i = 0; i < 4; i++) {
            nonce[2 + i] ^= packet[8 + i];
            nonce[6 + i] ^= (byte) (rollover >>> 24 - 8 * i);
        }
        nonce[10] ^= packet[2];
        nonce[11] ^= packet[3];
    }

    private static void putInt(byte[] target, int at, int value) {
        for (int i = 0; i < 4; i++) {
            target[at + i] = (byte) (value >>> 24 - 8 * i);
        }
    }
}
