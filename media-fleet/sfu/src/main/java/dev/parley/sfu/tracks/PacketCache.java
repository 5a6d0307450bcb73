package dev.parley.sfu.tracks;

import dev.parley.sfu.PayloadFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last second of one layer's packets, kept once for all receivers: retransmissions are answered from here.
 *
 * <p>Payloads lie one after the other in a byte ring; an index ring finds them by unwrapped sequence number. The byte ring starts
 * small and doubles when the stream's rate would fill it in less than {@link #KEEP_NANOS}, up to {@link #MAX_BYTES}; in a steady
 * stream nothing is allocated.
 */
public final class PacketCache {
    /** How long packets are to be kept. */
    public static final long KEEP_NANOS = 1_000_000_000L;
    /** Most bytes of payload kept. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int FIRST_BYTES = 1 << 16;
    private static final int INDEX = 1024;
    /** The rate is measured over this share of the time to keep. */
    private static final int WINDOWS = 4;

    // A packet's row: its number; where its payload begins; length and timestamp; flags, orientation and format.
    private static final int ROW = 4;
    private static final int POSITION = 1;
    private static final int TIMESTAMP = 2;
    private static final int FLAGS = 3;

    private static final int MARKER = 1;
    private static final int KEY_FRAME = 2;
    private static final int ORIENTATION_SHIFT = 8;
    private static final int FORMAT_SHIFT = 16;
    private static final long NEVER = -1;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES);
    private long written;
    private long windowStart;
    private long windowStartNanos;

    /** Side by side, since each packet's are read and written together. */
    private final long[] rows = new long[INDEX * ROW];
    /** The formats that were ever seen; nearly always one. */
    private PayloadFormat[] formats = new PayloadFormat[1];

    private int formatCount;

    /** Makes an empty cache. */
    public PacketCache() {
        for (int at = 0; at < rows.length; at += ROW) {
            rows[at] = NEVER;
        }
    }

    /** Copies a packet in. */
    public void put(MediaPacket packet, long nowNanos) {
        int length = packet.payloadLength();
        long position = reserve(length, nowNanos);
        bytes.put((int) (position & bytes.capacity() - 1), packet.buffer(), packet.payloadOffset(), length);
        int at = row(packet.sequence());
        rows[at] = packet.sequence();
        rows[at + POSITION] = position;
        rows[at + TIMESTAMP] = (long) length << Integer.SIZE | packet.timestamp();
        rows[at + FLAGS] = (packet.marker() ? MARKER : 0)
                | (packet.keyFrameStart() ? KEY_FRAME : 0)
                | (packet.orientation() & 0xFF) << ORIENTATION_SHIFT
                | formatIndex(packet.format()) << FORMAT_SHIFT;
    }

    private static int row(long sequence) {
        return ((int) sequence & INDEX - 1) * ROW;
    }

    private int formatIndex(PayloadFormat format) {
        for (int i = 0; i < formatCount; i++) {
            if (formats[i] == format) {
                return i;
            }
        }
        if (formatCount == formats.length) {
            formats = Arrays.copyOf(formats, 2 * formatCount);
        }
        formats[formatCount] = format;
        return formatCount++;
    }

    /** Finds contiguous room; a payload never wraps around the ring's end. */
    private long reserve(int length, long nowNanos) {
        if (nowNanos - windowStartNanos >= KEEP_NANOS / WINDOWS) {
            windowStartNanos = nowNanos;
            windowStart = written;
        }
        if ((written - windowStart + length) * WINDOWS > bytes.capacity() && bytes.capacity() < MAX_BYTES) {
            grow();
        }
        int capacity = bytes.capacity();
        int at = (int) (written & capacity - 1);
        long position = at + length > capacity ? written + capacity - at : written;
        written = position + length;
        return position;
    }

    private void grow() {
        ByteBuffer larger = ByteBuffer.allocate(bytes.capacity() * 2);
        for (int at = 0; at < rows.length; at += ROW) {
            if (rows[at] >= 0 && !overwritten(at)) {
                long position = rows[at + POSITION];
                int from = (int) (position & bytes.capacity() - 1);
                int to = (int) (position & larger.capacity() - 1);
                larger.put(to, bytes, from, length(at));
            } else {
                rows[at] = NEVER;
            }
        }
        bytes = larger;
    }

    private boolean overwritten(int at) {
        return written - rows[at + POSITION] > bytes.capacity();
    }

    private int length(int at) {
        return (int) (rows[at + TIMESTAMP] >>> Integer.SIZE);
    }

    /** Finds a packet and points the given one at it; false when it never came or is gone. */
    public boolean find(long sequence, MediaPacket into) {
        int at = row(sequence);
        if (sequence < 0 || rows[at] != sequence || overwritten(at)) {
            return false;
        }
        int flags = (int) rows[at + FLAGS];
        into.payload(bytes, (int) (rows[at + POSITION] & bytes.capacity() - 1), length(at))
                .header(
                        sequence,
                        rows[at + TIMESTAMP] & 0xFFFF_FFFFL,
                        (flags & MARKER) != 0,
                        formats[flags >>> FORMAT_SHIFT])
                .extensions(MediaPacket.ABSENT, (byte) (flags >> ORIENTATION_SHIFT))
                .keyFrameStart((flags & KEY_FRAME) != 0);
        return true;
    }

    /** Bytes of payload this cache has room for. */
    public int capacity() {
        return bytes.capacity();
    }
}
