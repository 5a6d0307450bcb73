package dev.parley.transport.udp;

/** The kept addresses, found by the kernel's own bytes without making an object. Open addressing; one thread. */
final class AddressTable {
    private BatchedAddress[] cells = new BatchedAddress[256];
    private int size;

    /** The kept address, or null. */
    BatchedAddress get(long first, long second, long third, long fourth) {
        int mask = cells.length - 1;
        for (int i = BatchedAddress.hash(first, second, third, fourth) & mask; ; i = i + 1 & mask) {
            BatchedAddress address = cells[i];
            if (address == null || address.is(first, second, third, fourth)) {
                return address;
            }
        }
    }

    /** The kept object of the same address, or null. */
    BatchedAddress get(BatchedAddress like) {
        return get(like.first(), like.second(), like.third(), like.fourth());
    }

    /** Adds an address that is not there yet. */
    void add(BatchedAddress address) {
        if (2 * (size + 1) > cells.length) {
            BatchedAddress[] before = cells;
            cells = new BatchedAddress[2 * before.length];
            for (BatchedAddress moved : before) {
                if (moved != null) {
                    place(moved);
                }
            }
        }
        place(address);
        size++;
    }

    private void place(BatchedAddress address) {
        int mask = cells.length - 1;
        int i = address.hash() & mask;
        while (cells[i] != null) {
            i = i + 1 & mask;
        }
        cells[i] = address;
    }

    /** Removes this object if it is there. */
    void remove(BatchedAddress address) {
        int mask = cells.length - 1;
        int hole = address.hash() & mask;
        while (cells[hole] != address) {
            if (cells[hole] == null) {
                return;
            }
            hole = hole + 1 & mask;
        }
        size--;
        // What comes behind moves up, unless it stands at or behind its own place already.
        for (int i = hole + 1 & mask; cells[i] != null; i = i + 1 & mask) {
            int home = cells[i].hash() & mask;
            if ((i - home & mask) >= (i - hole & mask)) {
                cells[hole] = cells[i];
                hole = i;
            }
        }
        cells[hole] = null;
    }

    int size() {
        return size;
    }
}
