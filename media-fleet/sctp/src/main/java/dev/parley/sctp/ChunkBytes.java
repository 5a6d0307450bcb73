package dev.parley.sctp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Encodes control chunks, each a header of type, flags and length, a body, and padding to four bytes. */
final class ChunkBytes {
    static final int HEADER = 4;

    private static final int LONGEST_REASON = 120;

    private ChunkBytes() {}

    static int padded(int length) {
        return (length + 3) & ~3;
    }

    static byte[] chunk(int type, int flags, byte[] body) {
        ByteBuffer chunk = ByteBuffer.allocate(padded(HEADER + body.length));
        chunk.put((byte) type).put((byte) flags).putShort((short) (HEADER + body.length));
        chunk.put(body);
        return chunk.array();
    }

    static byte[] empty(int type, int flags) {
        return chunk(type, flags, new byte[0]);
    }

    static byte[] shutdown(long cumulativeTsn) {
        return chunk(
                ChunkType.SHUTDOWN,
                0,
                ByteBuffer.allocate(4).putInt((int) cumulativeTsn).array());
    }

    /** An error cause: code, length, information, padding. */
    static byte[] cause(int code, byte[] information) {
        ByteBuffer cause = ByteBuffer.allocate(padded(4 + information.length));
        cause.putShort((short) code).putShort((short) (4 + information.length)).put(information);
        return cause.array();
    }

    static byte[] error(int code, byte[] information) {
        return chunk(ChunkType.ERROR, 0, cause(code, information));
    }

    static byte[] abort(int code, String why) {
        String kept = why.substring(0, Math.min(why.length(), LONGEST_REASON));
        return chunk(ChunkType.ABORT, 0, cause(code, kept.getBytes(StandardCharsets.UTF_8)));
    }
}
