package dev.parley.bench.wire;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Finds requests for key frames in a compound (RFC 4585 PLI, RFC 5104 FIR). */
final class KeyFrameRequests {
    private static final int PAYLOAD_FEEDBACK = 206;
    private static final int PLI = 1;
    private static final int FIR = 4;
    private static final int FEEDBACK_HEADER = 12;
    private static final int FIR_ENTRY = 8;

    private KeyFrameRequests() {}

    /** Tells the listener each stream that a key frame is wanted of. */
    static void find(byte[] compound, int length, LongConsumer listener) {
        ByteBuffer buffer = ByteBuffer.wrap(compound);
        int at = 0;
        while (at + FEEDBACK_HEADER <= length) {
            int end = Math.min(length, at + 4 + 4 * (buffer.getShort(at + 2) & 0xFFFF));
            int format = buffer.get(at) & 0x1F;
            if ((buffer.get(at + 1) & 0xFF) == PAYLOAD_FEEDBACK && format == PLI) {
                listener.accept(buffer.getInt(at + 8) & 0xFFFF_FFFFL);
            } else if ((buffer.get(at + 1) & 0xFF) == PAYLOAD_FEEDBACK && format == FIR) {
                for (int entry = at + FEEDBACK_HEADER; entry + FIR_ENTRY <= end; entry += FIR_ENTRY) {
                    listener.accept(buffer.getInt(entry) & 0xFFFF_FFFFL);
                }
            }
            at = end;
        }
    }
}
