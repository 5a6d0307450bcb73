package dev.parley.transport.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Off-heap memory for expanded keys: equal slots, aligned to a cache line, wiped when given back. Any thread.
 *
 * <p>Slots are kept for the next key instead of freed. To free shared memory, Java stops every thread for a moment; an
 * agent that ends a room of a thousand would stand still for each of them. The memory is bounded by the most keys that
 * were ever in use at once.
 */
final class KeySlots {
    private static final int CACHE_LINE_BYTES = 64;
    private static final int SLOTS_PER_CHUNK = 64;

    private final int slotBytes;
    private final Queue<MemorySegment> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inUse = new AtomicInteger();

    KeySlots(int keyBytes) {
        this.slotBytes = (keyBytes + CACHE_LINE_BYTES - 1) / CACHE_LINE_BYTES * CACHE_LINE_BYTES;
    }

    /** A slot of zeros. */
    Slot take() {
        MemorySegment memory = free.poll();
        while (memory == null) {
            grow();
            memory = free.poll();
        }
        inUse.incrementAndGet();
        return new Slot(memory);
    }

    int inUse() {
        return inUse.get();
    }

    private void grow() {
        MemorySegment chunk = Arena.global().allocate((long) slotBytes * SLOTS_PER_CHUNK, CACHE_LINE_BYTES);
        for (int i = 0; i < SLOTS_PER_CHUNK; i++) {
            free.add(chunk.asSlice((long) i * slotBytes, slotBytes));
        }
    }

    /** One key's memory; running it wipes and gives it back, once. */
    final class Slot implements Runnable {
        private final MemorySegment memory;
        private final AtomicBoolean given = new AtomicBoolean();

        private Slot(MemorySegment memory) {
            this.memory = memory;
        }

        MemorySegment memory() {
            return memory;
        }

        @Override
        public void run() {
            if (given.compareAndSet(false, true)) {
                memory.fill((byte) 0);
                inUse.decrementAndGet();
                free.add(memory);
            }
        }
    }
}
