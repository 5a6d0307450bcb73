package dev.parley.rtp.extension;

import java.nio.ByteBuffer;

/** The mandatory part of the AV1 dependency descriptor (AV1 RTP specification, appendix A): its first three bytes. The rest is carried as it is. */
public final class DependencyDescriptor {
    /** Bytes of the mandatory fields. */
    public static final int MANDATORY_LENGTH = 3;

    private DependencyDescriptor() {}

    /** Whether this packet is the first of its frame. */
    public static boolean startOfFrame(ByteBuffer buffer, int offset) {
        return buffer.get(offset) < 0;
    }

    /** Whether this packet is the last of its frame. */
    public static boolean endOfFrame(ByteBuffer buffer, int offset) {
        return (buffer.get(offset) & 0x40) != 0;
    }

    /** The frame's dependency template, 0 to 63. */
    public static int templateId(ByteBuffer buffer, int offset) {
        return buffer.get(offset) & 0x3F;
    }

    /** The 16-bit frame number. */
    public static int frameNumber(ByteBuffer buffer, int offset) {
        return buffer.getShort(offset + 1) & 0xFFFF;
    }

    /** Replaces the frame number. */
    public static void frameNumber(ByteBuffer buffer, int offset, int frameNumber) {
        buffer.putShort(offset + 1, (short) frameNumber);
    }

    /** Whether the template structure is attached, which happens on key frames. */
    public static boolean hasStructure(ByteBuffer buffer, int offset, int length) {
        return length > MANDATORY_LENGTH && buffer.get(offset + 3) < 0;
    }
}
