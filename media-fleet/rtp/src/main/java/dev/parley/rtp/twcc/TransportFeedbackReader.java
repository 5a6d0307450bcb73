package dev.parley.rtp.twcc;

import dev.parley.rtp.rtcp.RtcpReader;
import java.nio.ByteBuffer;

/** Walks the packet statuses of one transport-wide feedback packet. */
public final class TransportFeedbackReader {
    /** Nanoseconds of one delta unit. */
    public static final long DELTA_NANOS = 250_000L;
    /** Nanoseconds of one reference time unit. */
    public static final long REFERENCE_NANOS = 64_000_000L;

    private static final int HEADER_LENGTH = 20;

    private ByteBuffer buffer;
    private int offset;
    private int end;
    private int remaining;
    private int chunkPosition;
    private int chunk;
    private int chunkLeft;
    private int deltaPosition;
    private int sequenceNumber;
    private boolean received;
    private long arrivalDeltas;

    /** Starts before the first status of the reader's current packet; false when it is no well-formed transport feedback. */
    public boolean tryWrap(RtcpReader packet) {
        if (!packet.isFeedback(RtcpReader.TRANSPORT_LAYER_FEEDBACK, RtcpReader.TRANSPORT_FEEDBACK)
                || packet.length() < HEADER_LENGTH) {
            return false;
        }
        buffer = packet.buffer();
        offset = packet.offset();
        end = offset + packet.length();
        int count = statusCount();
        int chunks = offset + HEADER_LENGTH;
        int counted = 0;
        int deltaBytes = 0;
        while (counted < count) {
            if (chunks + 2 > end) {
                return false;
            }
            int word = buffer.getShort(chunks) & 0xFFFF;
            chunks += 2;
            int size = Math.min(chunkSize(word), count - counted);
            if (size == 0) {
                return false;
            }
            for (int i = 0; i < size; i++) {
                int symbol = symbol(word, i);
                if (symbol == 3) {
                    return false;
                }
                deltaBytes += symbol;
            }
            counted += size;
        }
        if (chunks + deltaBytes > end) {
            return false;
        }
        deltaPosition = chunks;
        chunkPosition = offset + HEADER_LENGTH;
        chunkLeft = 0;
        remaining = count;
        sequenceNumber = baseSequence() - 1 & 0xFFFF;
        arrivalDeltas = 0;
        return true;
    }

    private static int chunkSize(int word) {
        if ((word & 0x8000) == 0) {
            return word & 0x1FFF;
        }
        return (word & 0x4000) == 0 ? 14 : 7;
    }

    private static int symbol(int word, int index) {
        if ((word & 0x8000) == 0) {
            return word >> 13 & 3;
        }
        return (word & 0x4000) == 0 ? word >> (13 - index) & 1 : word >> (12 - 2 * index) & 3;
    }

    /** The transport-wide number of the first status. */
    public int baseSequence() {
        return buffer.getShort(offset + 12) & 0xFFFF;
    }

    /** How many statuses the packet holds. */
    public int statusCount() {
        return buffer.getShort(offset + 14) & 0xFFFF;
    }

    /** The reference time as sent: a signed 24-bit number of 64 ms units on the receiver's clock. */
    public int referenceTime() {
        return buffer.getInt(offset + 16) >> 8;
    }

    /** This feedback packet's own number, 0 to 255. */
    public int feedbackNumber() {
        return buffer.get(offset + 19) & 0xFF;
    }

    /** Moves to the next status; false at the end. */
    public boolean next() {
        if (remaining == 0) {
            return false;
        }
        if (chunkLeft == 0) {
            chunk = buffer.getShort(chunkPosition) & 0xFFFF;
            chunkPosition += 2;
            chunkLeft = chunkSize(chunk);
        }
        int symbol = symbol(chunk, chunkSize(chunk) - chunkLeft);
        chunkLeft--;
        remaining--;
        sequenceNumber = sequenceNumber + 1 & 0xFFFF;
        received = symbol != 0;
        if (symbol == 1) {
            arrivalDeltas += buffer.get(deltaPosition) & 0xFF;
            deltaPosition += 1;
        } else if (symbol == 2) {
            arrivalDeltas += buffer.getShort(deltaPosition);
            deltaPosition += 2;
        }
        return true;
    }

    /** The transport-wide number of the current status. */
    public int sequenceNumber() {
        return sequenceNumber;
    }

    /** Whether that packet arrived. */
    public boolean received() {
        return received;
    }

    /**
     * When that packet arrived, in nanoseconds on the receiver's clock, whose epoch is unknown and whose range wraps every 12 days;
     * right for received packets only.
     */
    public long arrivalNanos() {
        return referenceTime() * REFERENCE_NANOS + arrivalDeltas * DELTA_NANOS;
    }
}
