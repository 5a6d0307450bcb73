package dev.parley.rtp;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Packets written as hexadecimal text with blanks, for tests. */
public final class Hex {
    private Hex() {}

    public static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    public static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(bytes(text));
    }

    public static String text(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
