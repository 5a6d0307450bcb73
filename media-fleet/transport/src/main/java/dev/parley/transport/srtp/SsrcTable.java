package dev.parley.transport.srtp;

/** The sources of one session by SSRC: open addressing, no boxing, bounded; grows when half full. */
final class SsrcTable {
    private static final int FIRST_SLOTS = 16;

    private final int capacity;
    private SsrcState[] slots = new SsrcState[FIRST_SLOTS];
    private int size;

    /** Holds at most this many sources. */
    SsrcTable(int capacity) {
        this.capacity = capacity;
    }

    /** The source's state, or null when none was added. */
    SsrcState find(int ssrc) {
        for (int at = start(ssrc); ; at = (at + 1) & (slots.length - 1)) {
            SsrcState state = slots[at];
            if (state == null || state.ssrc == ssrc) {
                return state;
            }
        }
    }

    /** Whether one more source fits. */
    boolean hasRoom() {
        return size < capacity;
    }

    /** Adds a source that {@link #find} did not know; call only when {@link #hasRoom()}. */
    void add(SsrcState state) {
        if (2 * (size + 1) > slots.length) {
            SsrcState[] before = slots;
            slots = new SsrcState[2 * before.length];
            for (SsrcState moved : before) {
                if (moved != null) {
                    place(moved);
                }
            }
        }
        place(state);
        size++;
    }

    private void place(SsrcState state) {
        int at = start(state.ssrc);
        while (slots[at] != null) {
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = state;
    }

    int size() {
        return size;
    }

    private int start(int ssrc) {
        int mixed = ssrc * 0x9E3779B9;
        return (mixed ^ mixed >>> 16) & (slots.length - 1);
    }
}
