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

    private static final int MARKER = 1;
    private static final int KEY_FRAME = 2;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES);
    private long written;
    private long windowStart;
    private long windowStartNanos;

    private final long[] sequences = new long[INDEX];
    private final long[] positions = new long[INDEX];
    private final int[] lengths = new int[INDEX];
    private final int[] timestamps = new int[INDEX];
    private final byte[] flags = new byte[INDEX];
    private final byte[] orientations = new byte[INDEX];
    private final PayloadFormat[] formats = new PayloadFormat[INDEX];

    /** Makes an empty cache. */
    public PacketCache() {
        Arrays.fill(sequences, -1);
    }

    /** Copies a packet in. */
    public void put(MediaPacket packet, long nowNanos) {
        int length = packet.payloadLength();
        long position = reserve(length, nowNanos);
        bytes.put((int) (position & bytes.capacity() - 1), packet.buffer(), packet.payloadOffset(), length);
        int slot = (int) packet.sequence() & INDEX - 1;
        sequences[slot] = packet.sequence();
        positions[slot] = position;
        lengths[slot] = length;
        timestamps[slot] = (int) packet.timestamp();
        flags[slot] = (byte) ((packet.marker() ? MARKER : 0) | (packet.keyFrameStart() ? KEY_FRAME : 0));
        orientations[slot] = (byte) packet.orientation();
        formats[slot] = packet.format();
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
        for (int i = 0; i < INDEX; i++) {
            if (sequences[i] >= 0 && !overwritten(i)) {
                int from = (int) (positions[i] & bytes.capacity() - 1);
                int to = (int) (positions[i] & larger.capacity() - 1);
                larger.put(to, bytes, from, lengths[i]);
            } else {
                sequences[i] = -1;
            }
        }
        bytes = larger;
    }

    private boolean overwritten(int slot) {
        return written - positions[slot] > bytes.capacity();
    }

    /** Finds a packet and points the given one at it; false when it never came or is gone. */
    public boolean find(long sequence, MediaPacket into) {
        int slot = (int) sequence & INDEX - 1;
        if (sequences[slot] != sequence || overwritten(slot)) {
            return false;
        }
        into.payload(bytes, (int) (positions[slot] & bytes.capacity() - 1), lengths[slot])
                .header(sequence, timestamps[slot] & 0xFFFF_FFFFL, (flags[slot] & MARKER) != 0, formats[slot])
                .extensions(MediaPacket.ABSENT, orientations[slot])
                .keyFrameStart((flags[slot] & KEY_FRAME) != 0);
        return true;
    }

    /** Bytes of payload this cache has room for. */
    public int capacity() {
        return bytes.capacity();
    }
}
