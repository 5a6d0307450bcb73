package dev.parley.notifications.webpush;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what is pushed so that the browser alone reads it, and not the service that carries it: ECDH on P-256 with a key of its own for
 * each message, HKDF-SHA-256, and one record of AES-128-GCM.
 *
 * <p>Sources: RFC 8291 (keys), RFC 8188 (aes128gcm), RFC 5869 (HKDF).
 */
final class PushCipher {
    /** An uncompressed point of P-256. */
    static final int POINT_BYTES = 65;

    static final int SECRET_BYTES = 16;
    /** A message of 4096 bytes at most (RFC 8030, 7.2): less the header, the delimiter and the code. */
    static final int LARGEST_TEXT = 4096 - 86 - 1 - 16;

    private static final int SALT_BYTES = 16;
    private static final int RECORD_BYTES = 4096;
    private static final int COORDINATE_BYTES = 32;
    private static final byte UNCOMPRESSED = 4;
    private static final byte LAST_RECORD = 2;
    private static final ECParameterSpec CURVE = curve();

    private final SecureRandom random;

    PushCipher(SecureRandom random) {
        this.random = random;
    }

    /**
     * Encrypts a text.
     *
     * @param point the browser's public key, 65 bytes
     * @param secret what the browser shares with us, 16 bytes
     * @return the body of the request, {@code Content-Encoding: aes128gcm}
     * @throws IllegalArgumentException when the key is none, or the text too long
     */
    byte[] encrypt(byte[] text, byte[] point, byte[] secret) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(CURVE, random);
            return encrypt(text, point, secret, generator.generateKeyPair(), salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same with a key pair and a salt that are used for nothing else. */
    static byte[] encrypt(byte[] text, byte[] point, byte[] secret, KeyPair own, byte[] salt)
            throws GeneralSecurityException {
        if (text.length > LARGEST_TEXT || secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException("The text is too long, or the secret none");
        }
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(key(point), true);
        byte[] ownPoint = point((ECPublicKey) own.getPublic());
        byte[] shared = hmac(secret, agreement.generateSecret());
        byte[] input = hmac(shared, ascii("WebPush: info\0"), point, ownPoint, new byte[] {1});
        byte[] pseudorandom = hmac(salt, input);
        byte[] key = hmac(pseudorandom, ascii("Content-Encoding: aes128gcm\0"), new byte[] {1});
        byte[] nonce = hmac(pseudorandom, ascii("Content-Encoding: nonce\0"), new byte[] {1});
        var body = new ByteArrayOutputStream();
        body.writeBytes(salt);
        body.writeBytes(ByteBuffer.allocate(4).putInt(RECORD_BYTES).array());
        body.write(ownPoint.length);
        body.writeBytes(ownPoint);
        body.writeBytes(sealed(text, key, nonce));
        return body.toByteArray();
    }

    private static byte[] sealed(byte[] text, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(Arrays.copyOf(key, 16), "AES"),
                new GCMParameterSpec(128, Arrays.copyOf(nonce, 12)));
        byte[] record = Arrays.copyOf(text, text.length + 1);
        record[text.length] = LAST_RECORD;
        return cipher.doFinal(record);
    }

    /** @throws IllegalArgumentException when it is no point of the curve */
    static ECPublicKey key(byte[] point) {
        if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
            throw new IllegalArgumentException("The key is no uncompressed point");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE_BYTES));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE_BYTES, POINT_BYTES));
        BigInteger prime = ((ECFieldFp) CURVE.getCurve().getField()).getP();
        BigInteger right = x.pow(3)
                .add(CURVE.getCurve().getA().multiply(x))
                .add(CURVE.getCurve().getB());
        if (x.compareTo(prime) >= 0
                || y.compareTo(prime) >= 0
                || y.multiply(y).subtract(right).mod(prime).signum() != 0) {
            throw new IllegalArgumentException("The key is not on the curve");
        }
        try {
            return (ECPublicKey)
                    KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The key is none", e);
        }
    }

    static byte[] point(ECPublicKey key) {
        byte[] point = new byte[POINT_BYTES];
        point[0] = UNCOMPRESSED;
        coordinate(key.getW().getAffineX(), point, 1);
        coordinate(key.getW().getAffineY(), point, 1 + COORDINATE_BYTES);
        return point;
    }

    private static void coordinate(BigInteger value, byte[] into, int at) {
        byte[] bytes = value.toByteArray();
        int sign = bytes.length > COORDINATE_BYTES ? bytes.length - COORDINATE_BYTES : 0;
        System.arraycopy(bytes, sign, into, at + COORDINATE_BYTES - (bytes.length - sign), bytes.length - sign);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ECParameterSpec curve() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return ((ECPublicKey) generator.generateKeyPair().getPublic()).getParams();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no P-256", e);
        }
    }
}
