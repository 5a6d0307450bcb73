package dev.parley.transport;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded queue without locks: any thread offers, one thread polls. Neither ever waits.
 *
 * @param <E> what it carries; never null
 */
final class MpscRing<E> {
    private final AtomicReferenceArray<E> slots;
    private final int mask;
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong polled = new AtomicLong();

    /** A ring for this many elements, rounded up to a power of two. */
    MpscRing(int capacity) {
        int size = Integer.highestOneBit(Math.max(2, capacity * 2 - 1));
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    /** Appends the element, or answers false when the ring is full. */
    boolean offer(E element) {
        long at;
        do {
            at = offered.get();
            if (at - polled.get() > mask) {
                return false;
            }
        } while (!offered.compareAndSet(at, at + 1));
        slots.setRelease((int) at & mask, element);
        return true;
    }

    /** The next element, or null when there is none (yet). One thread only. */
    E poll() {
        long at = polled.get();
        int slot = (int) at & mask;
        E element = slots.getAcquire(slot);
        if (element != null) {
            slots.setRelease(slot, null);
            polled.setRelease(at + 1);
        }
        return element;
    }

    /** Whether nothing was offered that is not polled. */
    boolean isEmpty() {
        return offered.get() == polled.get();
    }
}
