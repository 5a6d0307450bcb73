package dev.parley.transport.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM behind the Java interfaces. Works on arrays: faster and with less garbage than direct buffers. */
final class JceAeadCipher implements AeadCipher {
    static final String ALGORITHM = "AES/GCM/NoPadding";

    private static final int MAX_TEXT_BYTES = 65_536;
    private static final int USUAL_TEXT_BYTES = 2048;
    private static final int USUAL_AAD_BYTES = 64;
    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final SecretKeySpec key;
    private final Cipher cipher;
    private final NonceParameter parameter = new NonceParameter();
    private final byte[] nonce = new byte[NONCE_BYTES];
    private byte[] aad = new byte[USUAL_AAD_BYTES];
    private byte[] input = new byte[USUAL_TEXT_BYTES];
    private byte[] output = new byte[USUAL_TEXT_BYTES];

    JceAeadCipher(byte[] key) {
        this(key, () -> Cipher.getInstance(ALGORITHM));
    }

    /** Of this provider. */
    JceAeadCipher(byte[] key, Provider provider) {
        this(key, () -> Cipher.getInstance(ALGORITHM, provider));
    }

    private JceAeadCipher(byte[] key, CipherSource source) {
        try {
            this.key = new SecretKeySpec(key, "AES");
            this.cipher = source.get();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SrtpException("AES-GCM could not be set up", e);
        }
    }

    private interface CipherSource {
        Cipher get() throws GeneralSecurityException;
    }

    @Override
    public boolean seal(byte[] nonce, byte[] aad, int aadLength, ByteBuffer buffer, int textOffset, int textLength) {
        try {
            return run(Cipher.ENCRYPT_MODE, nonce, aad, aadLength, buffer, textOffset, textLength);
        } catch (InvalidAlgorithmParameterException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new SrtpException("AES-GCM failed to encrypt", e);
        }
    }

    @Override
    public boolean open(byte[] nonce, byte[] aad, int aadLength, ByteBuffer buffer, int textOffset, int textLength) {
        try {
            return run(Cipher.DECRYPT_MODE, nonce, aad, aadLength, buffer, textOffset, textLength + TAG_BYTES);
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new SrtpException("AES-GCM failed to decrypt", e);
        }
    }

    @Override
    public boolean sealBehind(
            long nonceHead, int nonceTail, ByteBuffer buffer, int offset, int aadLength, int textLength) {
        clear(nonceHead, nonceTail, buffer, offset, aadLength);
        return seal(nonce, aad, aadLength, buffer, offset + aadLength, textLength);
    }

    @Override
    public boolean openBehind(
            long nonceHead, int nonceTail, ByteBuffer buffer, int offset, int aadLength, int textLength) {
        clear(nonceHead, nonceTail, buffer, offset, aadLength);
        return open(nonce, aad, aadLength, buffer, offset + aadLength, textLength);
    }

    /** Brings nonce and associated data into arrays. */
    private void clear(long nonceHead, int nonceTail, ByteBuffer buffer, int offset, int aadLength) {
        BIG_ENDIAN_LONG.set(nonce, 0, nonceHead);
        BIG_ENDIAN_INT.set(nonce, Long.BYTES, nonceTail);
        if (aadLength > aad.length) {
            aad = new byte[aadLength];
        }
        buffer.get(offset, aad, 0, aadLength);
    }

    private boolean run(int mode, byte[] nonce, byte[] aad, int aadLength, ByteBuffer buffer, int at, int length)
            throws GeneralSecurityException {
        makeRoom(length + TAG_BYTES);
        cipher.init(mode, key, parameter.with(nonce));
        cipher.updateAAD(aad, 0, aadLength);
        buffer.get(at, input, 0, length);
        int written = cipher.doFinal(input, 0, length, output, 0);
        buffer.put(at, output, 0, written);
        return true;
    }

    private void makeRoom(int bytes) {
        if (bytes > output.length) {
            if (bytes > MAX_TEXT_BYTES + TAG_BYTES) {
                throw new SrtpException("a packet of " + bytes + " bytes is no datagram");
            }
            input = new byte[bytes];
            output = new byte[bytes];
        }
    }
}
