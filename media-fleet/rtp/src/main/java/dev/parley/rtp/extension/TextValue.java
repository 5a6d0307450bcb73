package dev.parley.rtp.extension;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Short ASCII values of the SDES extensions: MID, RID and repaired RID (RFC 8843, RFC 8852). */
public final class TextValue {
    private TextValue() {}

    /** Compares a value with a known name, without allocation. */
    public static boolean matches(ByteBuffer buffer, int offset, int length, byte[] name) {
        if (length != name.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer.get(offset + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Copies a value to a string; allocates, so only for the first packet of a stream. */
    public static String read(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The bytes to keep for {@link #matches} and for writing. */
    public static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }
}
