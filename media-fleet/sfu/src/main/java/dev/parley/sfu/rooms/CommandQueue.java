package dev.parley.sfu.rooms;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A bounded queue that any thread offers to and one thread polls; neither ever waits. */
final class CommandQueue {
    private final AtomicReferenceArray<Runnable> slots;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();

    CommandQueue(int capacity) {
        slots = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
    }

    /** Any thread. False when the queue is full. */
    boolean offer(Runnable command) {
        while (true) {
            long at = tail.get();
            // The head moves on after its slot is empty: below this bound the slot is free.
            if (at - head.get() >= slots.length()) {
                return false;
            }
            if (tail.compareAndSet(at, at + 1)) {
                slots.setRelease((int) at & mask, command);
                return true;
            }
        }
    }

    /** The agent's thread. Null when nothing is ready. */
    Runnable poll() {
        long at = head.get();
        int slot = (int) at & mask;
        Runnable command = slots.getAcquire(slot);
        if (command != null) {
            slots.setRelease(slot, null);
            head.setRelease(at + 1);
        }
        return command;
    }
}
