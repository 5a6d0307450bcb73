package dev.parley.sfu.relay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A ring of fixed slots that one thread writes and one other thread reads, in off-heap memory. Neither waits, locks or allocates.
 *
 * <p>Each side owns a cache line: its cursor, which the other side reads, and what it last saw of the other's cursor, so that the other's line is touched
 * only when the ring looks full or empty. A slot belongs to its reader from {@link #next} until {@link #release}, which gives back all slots read since
 * the last one: what a packet pointed at stays there until the whole drain is over.
 */
public final class RelayRing {
    /** Bytes of one slot: a packet of the largest datagram a network carries, and what a record says beside it. */
    public static final int SLOT_BYTES = 2048;
    /** Stands for "no slot". */
    public static final int NONE = -1;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** Two lines of 64 bytes, because processors fetch them in pairs. */
    private static final int LINE = 128;

    private static final int WRITTEN = 0;
    private static final int RELEASED_SEEN = 8;
    private static final int RELEASED = LINE;
    private static final int WRITTEN_SEEN = LINE + 8;
    private static final int READ = LINE + 16;
    private static final int FIRST_SLOT = 2 * LINE;

    private final ByteBuffer memory;
    private final Object[] objects;
    private final int mask;

    /** An empty ring; {@code slots} is a power of two. */
    public RelayRing(int slots) {
        if (slots < 2 || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("a ring has a power of two of slots, not " + slots);
        }
        memory = ByteBuffer.allocateDirect(FIRST_SLOT + slots * SLOT_BYTES + LINE)
                .alignedSlice(LINE / 2);
        objects = new Object[slots];
        mask = slots - 1;
        link();
    }

    /** Goes once around with every access: the first one of its kind in a process links classes, for which an agent would have to wait. */
    private void link() {
        claim(0);
        commit(null);
        next();
        advance();
        release();
        LONGS.set(memory, WRITTEN, 0L);
        LONGS.set(memory, WRITTEN_SEEN, 0L);
        LONGS.set(memory, READ, 0L);
        LONGS.setRelease(memory, RELEASED, 0L);
    }

    /** Where slots lie, at the offsets that {@link #claim} and {@link #next} answer. */
    ByteBuffer memory() {
        return memory;
    }

    // ---- the writing thread

    /**
     * Finds a free slot, which {@link #commit} hands over; {@link #NONE} when there are no more than {@code reserve} of them.
     *
     * @param reserve slots to leave to others
     */
    int claim(int reserve) {
        long written = (long) LONGS.get(memory, WRITTEN);
        int usable = mask + 1 - reserve;
        if (written - (long) LONGS.get(memory, RELEASED_SEEN) >= usable) {
            long released = (long) LONGS.getAcquire(memory, RELEASED);
            LONGS.set(memory, RELEASED_SEEN, released);
            if (written - released >= usable) {
                return NONE;
            }
        }
        return offset(written);
    }

    /** Hands the claimed slot over, with an object or null. */
    void commit(Object object) {
        long written = (long) LONGS.get(memory, WRITTEN);
        objects[(int) written & mask] = object;
        LONGS.setRelease(memory, WRITTEN, written + 1);
    }

    // ---- the reading thread

    /** The next slot to read; {@link #NONE} when there is none. */
    int next() {
        long read = (long) LONGS.get(memory, READ);
        if (read == (long) LONGS.get(memory, WRITTEN_SEEN)) {
            long written = (long) LONGS.getAcquire(memory, WRITTEN);
            LONGS.set(memory, WRITTEN_SEEN, written);
            if (read == written) {
                return NONE;
            }
        }
        return offset(read);
    }

    /** Goes on behind the slot that {@link #next} answered, and answers what came with it, null for nothing (hence no Optional: packets have none). */
    Object advance() {
        long read = (long) LONGS.get(memory, READ);
        int slot = (int) read & mask;
        Object object = objects[slot];
        if (object != null) {
            objects[slot] = null;
        }
        LONGS.set(memory, READ, read + 1);
        return object;
    }

    /** Gives back every slot read so far. */
    void release() {
        LONGS.setRelease(memory, RELEASED, (long) LONGS.get(memory, READ));
    }

    private int offset(long cursor) {
        return FIRST_SLOT + ((int) cursor & mask) * SLOT_BYTES;
    }
}
