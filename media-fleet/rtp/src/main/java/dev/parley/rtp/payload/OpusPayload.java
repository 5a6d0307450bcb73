package dev.parley.rtp.payload;

import java.nio.ByteBuffer;

/** Opus payloads (RFC 6716 section 3.1, RFC 7587): the TOC byte. */
public final class OpusPayload {
    /** The RTP clock of Opus, whatever its sampling rate. */
    public static final int CLOCK_RATE = 48_000;

    private OpusPayload() {}

    /** Whether this packet is one that discontinuous transmission sends in silence: the TOC byte and at most one byte more. */
    public static boolean isDtx(int payloadLength) {
        return payloadLength <= 2;
    }

    /** Whether the packet codes two channels. */
    public static boolean stereo(ByteBuffer buffer, int offset) {
        return (buffer.get(offset) & 0x04) != 0;
    }

    /** Ticks of the 48 kHz clock that one frame of this packet lasts: 120 (2.5 ms) to 2880 (60 ms). */
    public static int frameTicks(ByteBuffer buffer, int offset) {
        int configuration = buffer.get(offset) >> 3 & 0x1F;
        if (configuration >= 16) {
            return 120 << (configuration & 3);
        }
        if (configuration >= 12) {
            return 480 << (configuration & 1);
        }
        return (configuration & 3) == 3 ? 2880 : 480 << (configuration & 3);
    }

    /** Ticks of the 48 kHz clock that the whole packet lasts; 0 when it is malformed. */
    public static int durationTicks(ByteBuffer buffer, int offset, int length) {
        if (length < 1) {
            return 0;
        }
        int frames = switch (buffer.get(offset) & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> length < 2 ? 0 : buffer.get(offset + 1) & 0x3F;
        };
        int ticks = frames * frameTicks(buffer, offset);
        return ticks > 5760 ? 0 : ticks;
    }
}
