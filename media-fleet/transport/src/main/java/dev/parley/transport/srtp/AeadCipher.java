package dev.parley.transport.srtp;

import java.nio.ByteBuffer;

/** Authenticated encryption of one text in place under one key, with a 16-byte tag behind it. One thread at a time. */
public interface AeadCipher extends AutoCloseable {
    /** Bytes of tag behind the text. */
    int TAG_BYTES = 16;

    /** Bytes of nonce. */
    int NONCE_BYTES = 12;

    /**
     * Encrypts the text and writes the tag behind it.
     *
     * @return false when the provider refuses, which is when the nonce was just used
     */
    boolean seal(byte[] nonce, byte[] aad, int aadLength, ByteBuffer buffer, int textOffset, int textLength);

    /**
     * Checks the tag behind the text and decrypts it.
     *
     * @param textLength of the ciphertext without its tag
     * @return false when the tag is wrong; the text is then undefined
     */
    boolean open(byte[] nonce, byte[] aad, int aadLength, ByteBuffer buffer, int textOffset, int textLength);

    /**
     * As {@link #seal}, for a packet whose associated data lies right before its text.
     *
     * @param nonceHead the nonce's first 8 bytes, the first one highest
     * @param nonceTail its last 4 bytes
     * @param aadLength bytes from {@code offset} on that stay clear
     * @param textLength bytes behind those
     */
    boolean sealBehind(long nonceHead, int nonceTail, ByteBuffer buffer, int offset, int aadLength, int textLength);

    /** As {@link #open}, for a packet whose associated data lies right before its text. */
    boolean openBehind(long nonceHead, int nonceTail, ByteBuffer buffer, int offset, int aadLength, int textLength);

    /** Forgets the key where it lies outside Java's heap. It seals and opens nothing afterwards. */
    @Override
    default void close() {}
}
