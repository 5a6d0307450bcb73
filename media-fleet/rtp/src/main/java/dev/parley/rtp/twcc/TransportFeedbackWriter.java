package dev.parley.rtp.twcc;

import dev.parley.rtp.rtcp.RtcpReader;
import java.nio.ByteBuffer;

/**
 * Builds transport-wide feedback packets from an {@link ArrivalLog}: call {@link #write} until it answers 0.
 *
 * <p>A packet ends early, and the next one goes on, when the buffer is full or two arrivals lie more than 8.19 s apart.
 */
public final class TransportFeedbackWriter {
    private static final int MAX_STATUSES = 2048;
    private static final int HEADER_LENGTH = 20;

    private final byte[] symbols = new byte[MAX_STATUSES];
    private final short[] deltas = new short[MAX_STATUSES];
    private int feedbackNumber;

    /**
     * Writes one RTCP feedback packet about everything not reported yet, as far as it fits.
     *
     * @param capacity bytes that may be written behind {@code offset}; 64 at least
     * @param senderSsrc our SSRC
     * @param mediaSsrc any stream of the transport, as the draft allows
     * @return bytes written, 0 when there is nothing to report
     */
    public int write(ArrivalLog log, ByteBuffer buffer, int offset, int capacity, long senderSsrc, long mediaSsrc) {
        long base = log.first();
        long firstReceived = firstReceived(log);
        if (firstReceived < 0) {
            return 0;
        }
        long reference = Math.floorDiv(log.arrivalNanos(firstReceived), TransportFeedbackReader.REFERENCE_NANOS);
        long lastUnits = reference * (TransportFeedbackReader.REFERENCE_NANOS / TransportFeedbackReader.DELTA_NANOS);
        int count = 0;
        int received = 0;
        int deltaBytes = 0;
        long sequence = base;
        for (; sequence < log.end() && count < MAX_STATUSES; sequence++) {
            byte symbol = 0;
            if (log.received(sequence)) {
                long units = Math.floorDiv(log.arrivalNanos(sequence), TransportFeedbackReader.DELTA_NANOS);
                long delta = units - lastUnits;
                if (delta != (short) delta) {
                    break;
                }
                symbol = (byte) (delta >= 0 && delta <= 255 ? 1 : 2);
                if (HEADER_LENGTH + 2 * (count / 7 + 1) + deltaBytes + symbol + 3 > capacity) {
                    break;
                }
                lastUnits = units;
                deltas[count] = (short) delta;
                deltaBytes += symbol;
                received++;
            } else if (HEADER_LENGTH + 2 * (count / 7 + 1) + deltaBytes + 3 > capacity) {
                break;
            }
            symbols[count++] = symbol;
        }
        if (count == 0) {
            return 0;
        }
        int length = encode(buffer, offset, base, count, reference, senderSsrc, mediaSsrc);
        log.reported(sequence, received);
        return length;
    }

    private static long firstReceived(ArrivalLog log) {
        if (log.unreported() == 0) {
            return -1;
        }
        for (long i = log.first(); i < log.end(); i++) {
            if (log.received(i)) {
                return i;
            }
        }
        return -1;
    }

    private int encode(
            ByteBuffer buffer, int offset, long base, int count, long reference, long senderSsrc, long mediaSsrc) {
        buffer.put(offset, (byte) (0x80 | RtcpReader.TRANSPORT_FEEDBACK));
        buffer.put(offset + 1, (byte) RtcpReader.TRANSPORT_LAYER_FEEDBACK);
        buffer.putInt(offset + 4, (int) senderSsrc);
        buffer.putInt(offset + 8, (int) mediaSsrc);
        buffer.putShort(offset + 12, (short) base);
        buffer.putShort(offset + 14, (short) count);
        buffer.putInt(offset + 16, (int) (reference << 8) | (feedbackNumber & 0xFF));
        feedbackNumber = feedbackNumber + 1 & 0xFF;
        int position = offset + HEADER_LENGTH;
        for (int i = 0; i < count; ) {
            int run = run(i, count);
            int left = count - i;
            if (run >= 14 || run == left || run >= 7 && symbols[i] == 2) {
                buffer.putShort(position, (short) (symbols[i] << 13 | run));
                i += run;
            } else if (allSmall(i, Math.min(14, left))) {
                buffer.putShort(position, oneBitVector(i, Math.min(14, left)));
                i += Math.min(14, left);
            } else {
                buffer.putShort(position, twoBitVector(i, Math.min(7, left)));
                i += Math.min(7, left);
            }
            position += 2;
        }
        for (int i = 0; i < count; i++) {
            if (symbols[i] == 1) {
                buffer.put(position, (byte) deltas[i]);
            } else if (symbols[i] == 2) {
                buffer.putShort(position, deltas[i]);
            }
            position += symbols[i];
        }
        while ((position - offset & 3) != 0) {
            buffer.put(position++, (byte) 0);
        }
        buffer.putShort(offset + 2, (short) ((position - offset) / 4 - 1));
        return position - offset;
    }

    private int run(int from, int count) {
        int end = Math.min(count, from + 0x1FFF);
        int i = from + 1;
        while (i < end && symbols[i] == symbols[from]) {
            i++;
        }
        return i - from;
    }

    private boolean allSmall(int from, int size) {
        for (int i = from; i < from + size; i++) {
            if (symbols[i] > 1) {
                return false;
            }
        }
        return true;
    }

    private short oneBitVector(int from, int size) {
        int word = 0x8000;
        for (int i = 0; i < size; i++) {
            word |= symbols[from + i] << (13 - i);
        }
        return (short) word;
    }

    private short twoBitVector(int from, int size) {
        int word = 0xC000;
        for (int i = 0; i < size; i++) {
            word |= symbols[from + i] << (12 - 2 * i);
        }
        return (short) word;
    }
}
