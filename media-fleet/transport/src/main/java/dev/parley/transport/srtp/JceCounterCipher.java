package dev.parley.transport.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES counter mode and HMAC-SHA1 of the Java platform. */
final class JceCounterCipher implements CounterCipher {
    private static final int USUAL_TEXT_BYTES = 2048;

    private final SecretKeySpec key;
    private final Cipher cipher;
    private final Mac hmac;
    private byte[] input = new byte[USUAL_TEXT_BYTES];
    private byte[] output = new byte[USUAL_TEXT_BYTES];

    JceCounterCipher(byte[] key, byte[] authKey) {
        try {
            this.key = new SecretKeySpec(key, "AES");
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
            this.hmac = Mac.getInstance("HmacSHA1");
            hmac.init(new SecretKeySpec(authKey, "HmacSHA1"));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SrtpException("AES-CM with HMAC-SHA1 could not be set up", e);
        }
    }

    @Override
    public void apply(byte[] counterBlock, ByteBuffer buffer, int textOffset, int textLength) {
        makeRoom(textLength);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counterBlock));
            buffer.get(textOffset, input, 0, textLength);
            int written = cipher.doFinal(input, 0, textLength, output, 0);
            buffer.put(textOffset, output, 0, written);
        } catch (GeneralSecurityException e) {
            throw new SrtpException("AES-CM failed", e);
        }
    }

    @Override
    public void mac(ByteBuffer buffer, int offset, int length, int suffix, byte[] mac) {
        makeRoom(length + 4);
        buffer.get(offset, input, 0, length);
        input[length] = (byte) (suffix >>> 24);
        input[length + 1] = (byte) (suffix >>> 16);
        input[length + 2] = (byte) (suffix >>> 8);
        input[length + 3] = (byte) suffix;
        finishMac(length + 4, mac);
    }

    @Override
    public void mac(ByteBuffer buffer, int offset, int length, byte[] mac) {
        makeRoom(length);
        buffer.get(offset, input, 0, length);
        finishMac(length, mac);
    }

    private void finishMac(int length, byte[] mac) {
        try {
            hmac.update(input, 0, length);
            hmac.doFinal(mac, 0);
        } catch (GeneralSecurityException e) {
            throw new SrtpException("HMAC-SHA1 failed", e);
        }
    }

    private void makeRoom(int bytes) {
        if (bytes > output.length) {
            input = new byte[bytes];
            output = new byte[bytes];
        }
    }
}
