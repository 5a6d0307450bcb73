package dev.parley.transport.dtls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;

/** AES-GCM of one direction's records by the platform, whose AES and GHASH are the processor's instructions. */
final class RecordCipher implements TlsAEADCipherImpl {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int TAG_BYTES = 16;

    /** Found once: going through the providers costs as much as a record. */
    private static final Provider PROVIDER = newCipher(null).getProvider();

    private final Cipher cipher = newCipher(PROVIDER);
    private final int mode;
    private SecretKeySpec key;

    RecordCipher(boolean encrypting) {
        this.mode = encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    }

    private static Cipher newCipher(Provider provider) {
        try {
            return provider == null ? Cipher.getInstance(TRANSFORMATION) : Cipher.getInstance(TRANSFORMATION, provider);
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    @Override
    public void setKey(byte[] bytes, int offset, int length) {
        key = new SecretKeySpec(bytes, offset, length, "AES");
    }

    @Override
    public void init(byte[] nonce, int tagBytes) throws IOException {
        try {
            cipher.init(mode, key, new GCMParameterSpec(tagBytes * Byte.SIZE, nonce));
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
        }
    }

    @Override
    public int getOutputSize(int inputLength) {
        return mode == Cipher.ENCRYPT_MODE ? inputLength + TAG_BYTES : Math.max(0, inputLength - TAG_BYTES);
    }

    @Override
    public int doFinal(byte[] additionalData, byte[] input, int inputOffset, int length, byte[] output, int offset)
            throws IOException {
        try {
            cipher.updateAAD(additionalData);
            return cipher.doFinal(input, inputOffset, length, output, offset);
        } catch (AEADBadTagException e) {
            throw new TlsFatalAlert(AlertDescription.bad_record_mac, e);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
        }
    }
}
