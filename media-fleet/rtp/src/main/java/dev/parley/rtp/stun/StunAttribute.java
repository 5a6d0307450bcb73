package dev.parley.rtp.stun;

/** STUN attribute types (RFC 8489 section 18.3, RFC 8445 section 16.1). */
public final class StunAttribute {
    /** Mapped address of old servers; read over. */
    public static final int MAPPED_ADDRESS = 0x0001;
    /** Short-term user name: {@code receiver:sender} fragments in ICE. */
    public static final int USERNAME = 0x0006;
    /** HMAC-SHA1 over everything before it. */
    public static final int MESSAGE_INTEGRITY = 0x0008;
    /** Code and reason of an error response. */
    public static final int ERROR_CODE = 0x0009;
    /** Attribute types the other side did not know. */
    public static final int UNKNOWN_ATTRIBUTES = 0x000A;
    /** Realm of long-term credentials; read over. */
    public static final int REALM = 0x0014;
    /** Nonce of long-term credentials; read over. */
    public static final int NONCE = 0x0015;
    /** HMAC-SHA256; read over, as WebRTC uses SHA-1. */
    public static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;
    /** The source address as the receiver saw it. */
    public static final int XOR_MAPPED_ADDRESS = 0x0020;
    /** Priority of the candidate a check was sent from. */
    public static final int PRIORITY = 0x0024;
    /** The controlling agent nominates this pair. */
    public static final int USE_CANDIDATE = 0x0025;
    /** Name of the sending software; read over. */
    public static final int SOFTWARE = 0x8022;
    /** CRC-32 over everything before it, last attribute. */
    public static final int FINGERPRINT = 0x8028;
    /** Sender believes it is controlled. */
    public static final int ICE_CONTROLLED = 0x8029;
    /** Sender believes it is controlling. */
    public static final int ICE_CONTROLLING = 0x802A;

    private StunAttribute() {}

    static boolean isUnderstood(int type) {
        return switch (type) {
            case MAPPED_ADDRESS,
                    USERNAME,
                    MESSAGE_INTEGRITY,
                    ERROR_CODE,
                    UNKNOWN_ATTRIBUTES,
                    REALM,
                    NONCE,
                    MESSAGE_INTEGRITY_SHA256,
                    XOR_MAPPED_ADDRESS,
                    PRIORITY,
                    USE_CANDIDATE -> true;
            default -> false;
        };
    }
}
