package dev.parley.rtp.stun;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A short-term credential's password, made ready for HMAC-SHA1 (RFC 2104). Immutable, may be shared between threads. */
public final class StunKey {
    static final int BLOCK = 64;

    final byte[] inner = new byte[BLOCK];
    final byte[] outer = new byte[BLOCK];

    /** Takes an ICE password. */
    public StunKey(String password) {
        this(password.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the bytes of a key. */
    public StunKey(byte[] password) {
        byte[] key = password.length > BLOCK ? digest(password) : password;
        byte[] block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            inner[i] = (byte) (block[i] ^ 0x36);
            outer[i] = (byte) (block[i] ^ 0x5C);
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
