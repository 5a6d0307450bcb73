package dev.parley.transport.srtp;

import javax.crypto.spec.GCMParameterSpec;

/**
 * The nonce for the next packet, without the three objects that a fresh {@link GCMParameterSpec} costs.
 *
 * <p>Two arrays take turns: a provider keeps the last nonce, to refuse it a second time, and may keep it by reference.
 */
final class NonceParameter extends GCMParameterSpec {
    private byte[] current = new byte[AeadCipher.NONCE_BYTES];
    private byte[] previous = new byte[AeadCipher.NONCE_BYTES];

    NonceParameter() {
        super(AeadCipher.TAG_BYTES * Byte.SIZE, new byte[AeadCipher.NONCE_BYTES]);
    }

    NonceParameter with(byte[] nonce) {
        byte[] next = previous;
        previous = current;
        current = next;
        System.arraycopy(nonce, 0, current, 0, AeadCipher.NONCE_BYTES);
        return this;
    }

    /** Not a copy: this is what saves them. */
    @Override
    public byte[] getIV() {
        return current;
    }
}
