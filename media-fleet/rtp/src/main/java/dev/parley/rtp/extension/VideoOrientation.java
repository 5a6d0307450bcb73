package dev.parley.rtp.extension;

import java.nio.ByteBuffer;

/** Coordination of video orientation (3GPP TS 26.114): one byte, rotation and flip of the camera. */
public final class VideoOrientation {
    private VideoOrientation() {}

    /** Clockwise rotation to apply before display: 0, 90, 180 or 270 degrees. */
    public static int degrees(ByteBuffer buffer, int offset) {
        return (buffer.get(offset) & 3) * 90;
    }

    /** Whether the picture is mirrored. */
    public static boolean flipped(ByteBuffer buffer, int offset) {
        return (buffer.get(offset) & 4) != 0;
    }
}
