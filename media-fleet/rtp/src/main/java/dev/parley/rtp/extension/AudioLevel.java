package dev.parley.rtp.extension;

import java.nio.ByteBuffer;

/** Client-to-mixer audio level (RFC 6464): one byte, a voice flag and the level in -dBov, 0 (loudest) to 127 (silence). */
public final class AudioLevel {
    /** The level of digital silence. */
    public static final int SILENCE = 127;

    private AudioLevel() {}

    /** The level in -dBov: 0 is the loudest, 127 silence. */
    public static int level(ByteBuffer buffer, int offset) {
        return buffer.get(offset) & 0x7F;
    }

    /** Whether the sender believes that this packet holds speech. */
    public static boolean voice(ByteBuffer buffer, int offset) {
        return buffer.get(offset) < 0;
    }

    /** Writes the one-byte value. */
    public static void write(ByteBuffer buffer, int offset, boolean voice, int level) {
        buffer.put(offset, (byte) ((voice ? 0x80 : 0) | (level & 0x7F)));
    }
}
