package dev.parley.sctp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Everything an association needs, sent to the peer in the INIT ACK and taken back in the COOKIE ECHO, authenticated by
 * HMAC-SHA-256 so that no state is kept between the two (RFC 9260 section 5.1.3). The tie tags tell a restart from an
 * accident (section 5.2.4).
 */
record StateCookie(
        int localTag,
        int localFirstTsn,
        int peerTag,
        int peerFirstTsn,
        int peerWindowBytes,
        int peerOutboundStreams,
        int peerMaxInboundStreams,
        boolean forwardTsn,
        boolean reconfig,
        int localTieTag,
        int peerTieTag,
        long madeAtNanos) {
    private static final int FIELDS = 4 * 5 + 2 * 2 + 2 + 4 * 2 + 8;
    private static final int MAC = 32;

    byte[] seal(byte[] key) {
        ByteBuffer cookie = ByteBuffer.allocate(FIELDS + MAC);
        cookie.putInt(localTag)
                .putInt(localFirstTsn)
                .putInt(peerTag)
                .putInt(peerFirstTsn)
                .putInt(peerWindowBytes)
                .putShort((short) peerOutboundStreams)
                .putShort((short) peerMaxInboundStreams)
                .put((byte) (forwardTsn ? 1 : 0))
                .put((byte) (reconfig ? 1 : 0))
                .putInt(localTieTag)
                .putInt(peerTieTag)
                .putLong(madeAtNanos);
        return cookie.put(mac(key, cookie.array())).array();
    }

    /** The cookie, if it is one we made; its age is the caller's to judge. */
    static Optional<StateCookie> open(byte[] key, byte[] sealed) {
        if (sealed.length != FIELDS + MAC) {
            return Optional.empty();
        }
        ByteBuffer cookie = ByteBuffer.wrap(sealed);
        byte[] mac = new byte[MAC];
        cookie.get(FIELDS, mac);
        if (!MessageDigest.isEqual(mac, mac(key, sealed))) {
            return Optional.empty();
        }
        return Optional.of(new StateCookie(
                cookie.getInt(),
                cookie.getInt(),
                cookie.getInt(),
                cookie.getInt(),
                cookie.getInt(),
                Short.toUnsignedInt(cookie.getShort()),
                Short.toUnsignedInt(cookie.getShort()),
                cookie.get() == 1,
                cookie.get() == 1,
                cookie.getInt(),
                cookie.getInt(),
                cookie.getLong()));
    }

    private static byte[] mac(byte[] key, byte[] cookie) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(cookie, 0, FIELDS);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
