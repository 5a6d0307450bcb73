package dev.parley.transport.srtp;

import java.nio.ByteBuffer;

/** Counter-mode encryption and HMAC-SHA1 under one pair of keys. One thread at a time. */
public interface CounterCipher {
    /** Bytes of the initial counter block. */
    int BLOCK_BYTES = 16;

    /** Encrypts or decrypts the text in place: the same operation. */
    void apply(byte[] counterBlock, ByteBuffer buffer, int textOffset, int textLength);

    /** Writes the 20-byte HMAC-SHA1 of the region, followed by the big-endian {@code suffix}, to {@code mac}. */
    void mac(ByteBuffer buffer, int offset, int length, int suffix, byte[] mac);

    /** Writes the 20-byte HMAC-SHA1 of the region alone to {@code mac}. */
    void mac(ByteBuffer buffer, int offset, int length, byte[] mac);
}
