package dev.parley.transport.srtp;

import java.util.List;
import java.util.Optional;

/** The DTLS-SRTP protection profiles spoken here (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
public enum SrtpProfile {
    /** AES-128 in Galois/Counter mode, 16-byte tags: the first choice. */
    AEAD_AES_128_GCM(0x0007, 16, 12, 0, 16, 16),
    /** AES-256 in Galois/Counter mode, 16-byte tags. */
    AEAD_AES_256_GCM(0x0008, 32, 12, 0, 16, 16),
    /** AES-128 in counter mode with an 80-bit HMAC-SHA1 tag: what every old client has. */
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 20, 10, 10);

    /** Our order of preference, best first. */
    public static final List<SrtpProfile> PREFERENCE =
            List.of(AEAD_AES_128_GCM, AEAD_AES_256_GCM, AES128_CM_HMAC_SHA1_80);

    private final int wireId;
    private final int keyBytes;
    private final int saltBytes;
    private final int authKeyBytes;
    private final int rtpTagBytes;
    private final int rtcpTagBytes;

    SrtpProfile(int wireId, int keyBytes, int saltBytes, int authKeyBytes, int rtpTagBytes, int rtcpTagBytes) {
        this.wireId = wireId;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.authKeyBytes = authKeyBytes;
        this.rtpTagBytes = rtpTagBytes;
        this.rtcpTagBytes = rtcpTagBytes;
    }

    /** The number of this profile in the use_srtp extension. */
    public int wireId() {
        return wireId;
    }

    /** Length of master and session encryption keys. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Length of master and session salts. */
    public int saltBytes() {
        return saltBytes;
    }

    /** Length of the session authentication key; 0 where the cipher authenticates by itself. */
    public int authKeyBytes() {
        return authKeyBytes;
    }

    /** Bytes that protection adds to an RTP packet. */
    public int rtpTagBytes() {
        return rtpTagBytes;
    }

    /** Bytes of tag in an RTCP packet, the 4-byte index word not counted. */
    public int rtcpTagBytes() {
        return rtcpTagBytes;
    }

    /** Whether the cipher encrypts and authenticates in one (RFC 7714). */
    public boolean isAead() {
        return authKeyBytes == 0;
    }

    /** The profile with this number in use_srtp, if we speak it. */
    public static Optional<SrtpProfile> ofWireId(int wireId) {
        for (SrtpProfile profile : values()) {
            if (profile.wireId == wireId) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    /** The first of our preferences among the offered numbers, if any. */
    public static Optional<SrtpProfile> choose(int[] offeredWireIds) {
        for (SrtpProfile profile : PREFERENCE) {
            for (int offered : offeredWireIds) {
                if (offered == profile.wireId) {
                    return Optional.of(profile);
                }
            }
        }
        return Optional.empty();
    }
}
