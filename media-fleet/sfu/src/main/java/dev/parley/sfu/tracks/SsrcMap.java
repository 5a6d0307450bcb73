package dev.parley.sfu.tracks;

/** A map from SSRC to something, without boxing: open addressing with linear probing, at most half full. */
public final class SsrcMap<T> {
    private long[] keys = new long[32];
    private Object[] values = new Object[32];
    private int size;

    /** The value of an SSRC; null when it has none (on the packet path, hence no Optional). */
    @SuppressWarnings("unchecked")
    public T get(long ssrc) {
        int slot = slot(ssrc);
        return (T) values[slot];
    }

    /** Sets the value of an SSRC. */
    public void put(long ssrc, T value) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int slot = slot(ssrc);
        if (values[slot] == null) {
            size++;
        }
        keys[slot] = ssrc;
        values[slot] = value;
    }

    /** Takes an SSRC out; ignored when it is not in. */
    public void remove(long ssrc) {
        int slot = slot(ssrc);
        if (values[slot] == null) {
            return;
        }
        values[slot] = null;
        size--;
        // Entries behind the hole may have been pushed past it: put each of them again.
        int next = slot + 1 & keys.length - 1;
        while (values[next] != null) {
            Object moved = values[next];
            values[next] = null;
            int to = slot(keys[next]);
            keys[to] = keys[next];
            values[to] = moved;
            next = next + 1 & keys.length - 1;
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private int slot(long ssrc) {
        int mask = keys.length - 1;
        int slot = (int) (ssrc * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (values[slot] != null && keys[slot] != ssrc) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    public int size() {
        return size;
    }
}
