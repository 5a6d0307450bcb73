package dev.parley.transport.srtp;

/** The sources of one session by SSRC: open addressing, no boxing, bounded. */
final class SsrcTable {
    private static final int FIRST_SLOTS = 16;

    private final int capacity;
    private SsrcState[] slots = new SsrcState[FIRST_SLOTS];
    private SsrcState last;
    private int size;

    /** Holds at most this many sources. */
    SsrcTable(int capacity) {
        this.capacity = capacity;
    }

    /** The source's state, or null when none was added. */
    SsrcState find(int ssrc) {
        if (last != null && last.ssrc == ssrc) {
            return last;
        }
        SsrcState found = lookUp(ssrc);
        if (found != null) {
            last = found;
        }
        return found;
    }

    private SsrcState lookUp(int ssrc) {
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
        if (2 * ++size > slots.length) {
            SsrcState[] old = slots;
            slots = new SsrcState[2 * old.length];
            for (SsrcState each : old) {
                if (each != null) {
                    put(each);
                }
            }
        }
        put(state);
    }

    private void put(SsrcState state) {
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
