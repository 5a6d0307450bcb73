package dev.parley.rtp.payload;

import java.nio.ByteBuffer;

/** H.264 RTP payloads (RFC 6184): single NAL units, STAP-A and FU-A, as far as an SFU looks into them. */
public final class H264Payload {
    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private H264Payload() {}

    /** Whether a key frame starts with this payload: an IDR slice or a sequence parameter set, whichever way it is packed. */
    public static boolean startOfKeyFrame(ByteBuffer buffer, int offset, int length) {
        if (length < 1) {
            return false;
        }
        int type = buffer.get(offset) & 0x1F;
        return switch (type) {
            case IDR, SPS -> true;
            case STAP_A -> aggregateHoldsKey(buffer, offset + 1, offset + length);
            case FU_A -> length >= 2 && buffer.get(offset + 1) < 0 && (buffer.get(offset + 1) & 0x1F) == IDR;
            default -> false;
        };
    }

    /** Whether this payload belongs to a key frame, its later fragments too. */
    public static boolean partOfKeyFrame(ByteBuffer buffer, int offset, int length) {
        if (length >= 2 && (buffer.get(offset) & 0x1F) == FU_A) {
            return (buffer.get(offset + 1) & 0x1F) == IDR;
        }
        return startOfKeyFrame(buffer, offset, length);
    }

    private static boolean aggregateHoldsKey(ByteBuffer buffer, int start, int end) {
        int position = start;
        while (position + 3 <= end) {
            int size = buffer.getShort(position) & 0xFFFF;
            int type = buffer.get(position + 2) & 0x1F;
            if (size == 0 || position + 2 + size > end) {
                return false;
            }
            if (type == IDR || type == SPS) {
                return true;
            }
            position += 2 + size;
        }
        return false;
    }
}
