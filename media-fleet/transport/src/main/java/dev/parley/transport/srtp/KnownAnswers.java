package dev.parley.transport.srtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/**
 * Questions to which a provider must know the answer before it is trusted with a key: the packets of RFC 7714 section
 * 16, and packets of every size up to an Ethernet frame as the Java platform seals them.
 */
final class KnownAnswers {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY = HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final byte[] NONCE = HEX.parseHex("51753c6580c2726f20718414");
    private static final byte[] AAD = HEX.parseHex("8040f17b8041f8d35501a0b2");
    private static final byte[] TEXT =
            HEX.parseHex("47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573");
    private static final byte[] SEALED_128 =
            HEX.parseHex("f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                    + "899d7f27beb16a9152cf765ee4390cce");
    private static final byte[] SEALED_256 =
            HEX.parseHex("32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                    + "7aa3db36dfffd6b0f9bb7878d7a76c13");
    private static final int BEFORE = 5;
    private static final int LARGEST = 1500;

    private KnownAnswers() {}

    /**
     * Asks.
     *
     * @throws SrtpException naming the first wrong answer
     */
    static void check(SrtpCrypto crypto) {
        for (int keyBytes : new int[] {16, 32}) {
            byte[] key = Arrays.copyOf(KEY, keyBytes);
            try (AeadCipher cipher = crypto.aesGcm(key);
                    AeadCipher reference = new JceAeadCipher(key)) {
                askOnce(cipher, NONCE, AAD, TEXT, keyBytes == 16 ? SEALED_128 : SEALED_256);
                Random random = new Random(keyBytes);
                for (int length = 0; length <= LARGEST; length = length < 64 ? length + 7 : length + 191) {
                    byte[] nonce = random(random, AeadCipher.NONCE_BYTES);
                    byte[] aad = random(random, 12 + random.nextInt(16) * 4);
                    byte[] text = random(random, length);
                    askOnce(cipher, nonce, aad, text, sealed(reference, nonce, aad, text));
                    byte[] another = random(random, AeadCipher.NONCE_BYTES);
                    askBehind(cipher, another, aad, text, sealed(reference, another, aad, text));
                }
            }
        }
    }

    private static void askOnce(AeadCipher cipher, byte[] nonce, byte[] aad, byte[] text, byte[] expected) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BEFORE + expected.length + BEFORE);
        buffer.put(BEFORE, text);
        boolean sealed = cipher.seal(nonce, aad, aad.length, buffer, BEFORE, text.length);
        require(sealed && Arrays.equals(bytes(buffer, expected.length), expected), "encrypted wrongly", text.length);
        require(zero(buffer, 0) && zero(buffer, BEFORE + expected.length), "wrote beside its text", text.length);
        boolean opened = cipher.open(nonce, aad, aad.length, buffer, BEFORE, text.length);
        require(opened && Arrays.equals(bytes(buffer, text.length), text), "decrypted wrongly", text.length);
        buffer.put(BEFORE, expected);
        int last = BEFORE + expected.length - 1;
        buffer.put(last, (byte) (buffer.get(last) ^ 1));
        boolean forged = cipher.open(nonce, aad, aad.length, buffer, BEFORE, text.length);
        require(!forged, "took a wrong tag for right", text.length);
    }

    private static void askBehind(AeadCipher cipher, byte[] nonce, byte[] aad, byte[] text, byte[] expected) {
        ByteBuffer words = ByteBuffer.wrap(nonce);
        long head = words.getLong(0);
        int tail = words.getInt(Long.BYTES);
        ByteBuffer buffer = ByteBuffer.allocateDirect(BEFORE + aad.length + expected.length + BEFORE);
        buffer.put(BEFORE, aad).put(BEFORE + aad.length, text);
        boolean sealed = cipher.sealBehind(head, tail, buffer, BEFORE, aad.length, text.length);
        require(
                sealed && Arrays.equals(bytes(buffer, aad.length + expected.length), joined(aad, expected)),
                "encrypted wrongly behind a header",
                text.length);
        boolean opened = cipher.openBehind(head, tail, buffer, BEFORE, aad.length, text.length);
        require(
                opened && Arrays.equals(bytes(buffer, aad.length + text.length), joined(aad, text)),
                "decrypted wrongly behind a header",
                text.length);
        buffer.put(BEFORE + aad.length, expected).put(BEFORE, (byte) (aad[0] ^ 1));
        boolean forged = cipher.openBehind(head, tail, buffer, BEFORE, aad.length, text.length);
        require(!forged, "took a wrong header for right", text.length);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] sealed(AeadCipher reference, byte[] nonce, byte[] aad, byte[] text) {
        ByteBuffer buffer = ByteBuffer.allocate(BEFORE + text.length + AeadCipher.TAG_BYTES);
        buffer.put(BEFORE, text);
        reference.seal(nonce, aad, aad.length, buffer, BEFORE, text.length);
        return bytes(buffer, text.length + AeadCipher.TAG_BYTES);
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(BEFORE, bytes);
        return bytes;
    }

    private static boolean zero(ByteBuffer buffer, int at) {
        int sum = 0;
        for (int i = 0; i < BEFORE; i++) {
            sum |= buffer.get(at + i);
        }
        return sum == 0;
    }

    private static void require(boolean right, String wrong, int length) {
        if (!right) {
            throw new SrtpException("refused: it " + wrong + ", asked with " + length + " bytes of known answer");
        }
    }
}
