package dev.parley.transport.ice;

/**
 * A map from {@code long} keys other than 0: open addressing, no boxing, grows when half full.
 *
 * @param <V> the values; never null
 */
public final class LongMap<V> {
    private long[] keys = new long[64];
    private Object[] values = new Object[64];
    private int size;

    /** The value of this key, or null. */
    public V get(long key) {
        int at = find(keys, key);
        @SuppressWarnings("unchecked") // only put() writes values, and it takes V
        V value = (V) values[at];
        return value;
    }

    /** Sets the value of this key. */
    public void put(long key, V value) {
        if (key == 0) {
            throw new IllegalArgumentException("0 stands for no key");
        }
        int at = find(keys, key);
        if (keys[at] == 0) {
            keys[at] = key;
            size++;
        }
        values[at] = value;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    /** Removes this key, if it is there. */
    public void remove(long key) {
        int hole = find(keys, key);
        if (keys[hole] == 0) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        // Closes the hole so that no probe sequence is cut (Knuth, The Art of Computer Programming, 6.4, algorithm R).
        for (int at = hole + 1 & mask; keys[at] != 0; at = at + 1 & mask) {
            int home = start(keys[at], mask);
            if ((at - home & mask) >= (at - hole & mask)) {
                keys[hole] = keys[at];
                values[hole] = values[at];
                hole = at;
            }
        }
        keys[hole] = 0;
        values[hole] = null;
    }

    /** How many keys there are. */
    public int size() {
        return size;
    }

    private void grow() {
        long[] moreKeys = new long[keys.length * 2];
        Object[] moreValues = new Object[keys.length * 2];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                int at = find(moreKeys, keys[i]);
                moreKeys[at] = keys[i];
                moreValues[at] = values[i];
            }
        }
        keys = moreKeys;
        values = moreValues;
    }

    private static int find(long[] keys, long key) {
        int mask = keys.length - 1;
        int at = start(key, mask);
        while (keys[at] != 0 && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    private static int start(long key, int mask) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }
}
