package dev.parley.rtp.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The constants of the code under test: what it looks for in its input is among them. */
final class Words {
    private static final int LONGEST = 64;
    private static final int MOST = 4000;

    private static final Set<ByteBuffer> NOTED = new LinkedHashSet<>();

    private Words() {}

    /** Notes a number, in as many bytes as it needs, or a text. */
    static synchronized void note(Object constant) {
        byte[] bytes = switch (constant) {
            case Integer number -> bytes(number);
            case Long number -> bytes(number);
            case String text when text.length() <= LONGEST -> text.getBytes(StandardCharsets.UTF_8);
            case null, default -> new byte[0];
        };
        if (bytes.length > 0 && NOTED.size() < MOST) {
            NOTED.add(ByteBuffer.wrap(bytes));
        }
    }

    private static byte[] bytes(long number) {
        int length = number == (byte) number || number == (number & 0xFF)
                ? 1
                : number == (short) number || number == (number & 0xFFFF)
                        ? 2
                        : number == (int) number || number == (number & 0xFFFF_FFFFL) ? 4 : 8;
        byte[] bytes = new byte[length];
        ByteBuffer.wrap(ByteBuffer.allocate(8).putLong(0, number).array(), 8 - length, length)
                .get(bytes);
        return bytes;
    }

    /** What was noted so far. */
    static synchronized List<byte[]> noted() {
        return NOTED.stream().map(ByteBuffer::array).toList();
    }
}
