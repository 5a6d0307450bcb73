package dev.parley.rtp.stun;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/**
 * Makes and checks MESSAGE-INTEGRITY (HMAC-SHA1, RFC 8489 section 14.5) and FINGERPRINT (CRC-32, section 14.7) without allocation.
 * Belongs to one thread.
 */
public final class StunIntegrity {
    private static final int HMAC_LENGTH = 20;
    private static final int FINGERPRINT_XOR = 0x5354554E;

    private final MessageDigest sha1;
    private final CRC32 crc = new CRC32();
    private final byte[] digest = new byte[HMAC_LENGTH];
    private byte[] scratch = new byte[1500];

    /** Makes an engine for one thread. */
    public StunIntegrity() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** Whether the message carries a MESSAGE-INTEGRITY made with this key. Compares in constant time. */
    public boolean verify(StunMessage message, StunKey key) {
        int attribute = message.messageIntegrityOffset();
        if (attribute == 0) {
            return false;
        }
        hmac(message.buffer(), message.offset(), attribute, key);
        int difference = 0;
        for (int i = 0; i < HMAC_LENGTH; i++) {
            difference |= digest[i] ^ message.buffer().get(attribute + 4 + i);
        }
        return difference == 0;
    }

    /** Whether the message carries a FINGERPRINT and it is right. */
    public boolean verifyFingerprint(StunMessage message) {
        int attribute = message.fingerprintOffset();
        return attribute != 0
                && message.buffer().getInt(attribute + 4) == fingerprint(message.buffer(), message.offset(), attribute);
    }

    /** Writes the 20-byte HMAC of a message that starts at {@code offset} and whose attribute header stands at {@code attribute}. */
    void write(ByteBuffer buffer, int offset, int attribute, StunKey key) {
        hmac(buffer, offset, attribute, key);
        buffer.put(attribute + 4, digest);
    }

    /** The fingerprint of a message whose attribute header stands at {@code attribute}. */
    int fingerprint(ByteBuffer buffer, int offset, int attribute) {
        int size = copy(buffer, offset, attribute, 8);
        crc.reset();
        crc.update(scratch, 0, size);
        return (int) crc.getValue() ^ FINGERPRINT_XOR;
    }

    private void hmac(ByteBuffer buffer, int offset, int attribute, StunKey key) {
        int size = copy(buffer, offset, attribute, 4 + HMAC_LENGTH);
        try {
            sha1.reset();
            sha1.update(key.inner);
            sha1.update(scratch, 0, size);
            sha1.digest(digest, 0, HMAC_LENGTH);
            sha1.update(key.outer);
            sha1.update(digest);
            sha1.digest(digest, 0, HMAC_LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-1 digest takes 20 bytes", e);
        }
    }

    /** Copies the message up to the attribute, its length field set as if the attribute were the last. */
    private int copy(ByteBuffer buffer, int offset, int attribute, int attributeLength) {
        int size = attribute - offset;
        if (size > scratch.length) {
            scratch = new byte[size];
        }
        buffer.get(offset, scratch, 0, size);
        int body = size - StunMessage.HEADER_LENGTH + attributeLength;
        scratch[2] = (byte) (body >> 8);
        scratch[3] = (byte) body;
        return size;
    }
}
