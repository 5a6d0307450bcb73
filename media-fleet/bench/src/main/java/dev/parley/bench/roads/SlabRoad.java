package dev.parley.bench.roads;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Packets are copied into the slots of a slab in turn, and sent from there as messages that the kernel cuts: what the size of the slab and of its pages
 * changes.
 */
final class SlabRoad implements Road {
    private static final int SLOT_BYTES = 2048;
    private static final long HUGE_BYTES = 2 << 20;

    private final Runs runs;
    private final Arena arena = Arena.ofConfined();
    private final int slots;
    private final long mapping;
    private final long mapped;
    private final MemorySegment slab;
    private final MemorySegment packet = arena.allocate(Runs.PACKET_BYTES, 64);
    private final MemorySegment iovecs;
    private final MemorySegment headers;
    private final int fd;
    private int nextSlot;

    private SlabRoad(Runs runs, int slots, int advice) throws IOException {
        this.runs = runs;
        this.slots = slots;
        Linux linux = runs.linux();
        long bytes = (long) slots * SLOT_BYTES;
        mapped = bytes + HUGE_BYTES;
        mapping = Linux.must("mmap of a slab", linux.mmap(mapped, Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS, -1, 0));
        long start = mapping + HUGE_BYTES - 1 & -HUGE_BYTES;
        Linux.must("madvise", linux.madvise(start, bytes, advice));
        slab = MemorySegment.ofAddress(start).reinterpret(bytes);
        for (long at = 0; at < bytes; at += SLOT_BYTES) {
            slab.set(JAVA_BYTE, at, (byte) 1);
        }
        headers = runs.messages(arena, true);
        iovecs = arena.allocate((long) runs.packets() * Words.IOVEC_BYTES, 64);
        for (int i = 0; i < Runs.DESTINATIONS; i++) {
            long firstIovec = iovecs.address() + (long) i * runs.run() * Words.IOVEC_BYTES;
            headers.set(JAVA_LONG, (long) i * Words.MMSGHDR_BYTES + 16, firstIovec);
        }
        fd = runs.sender();
    }

    /** As many slots as the engine has, in pages of 4 KB. */
    static Road smallPages(Runs runs) throws IOException {
        return new SlabRoad(runs, 8192, Linux.MADV_NOHUGEPAGE);
    }

    /** The same in pages of 2 MB, if the kernel has them. */
    static Road hugePages(Runs runs) throws IOException {
        return new SlabRoad(runs, 8192, Linux.MADV_HUGEPAGE);
    }

    /** So few slots that they stay in the second cache. */
    static Road smallSlab(Runs runs) throws IOException {
        return new SlabRoad(runs, 256, Linux.MADV_NOHUGEPAGE);
    }

    @Override
    public int send() throws IOException {
        int perCall = Math.max(1, Math.min(Runs.DESTINATIONS, slots / runs.run()));
        for (int from = 0; from < Runs.DESTINATIONS; from += perCall) {
            int count = Math.min(perCall, Runs.DESTINATIONS - from);
            fill(from, count);
            Linux.must(
                    "sendmmsg",
                    runs.linux()
                            .sendmmsg(
                                    fd,
                                    headers.address() + (long) from * Words.MMSGHDR_BYTES,
                                    count,
                                    Linux.MSG_DONTWAIT));
        }
        return runs.packets();
    }

    private void fill(int from, int count) {
        for (int i = from * runs.run(); i < (from + count) * runs.run(); i++) {
            long at = (long) nextSlot * SLOT_BYTES;
            nextSlot = nextSlot + 1 == slots ? 0 : nextSlot + 1;
            MemorySegment.copy(packet, 0, slab, at, Runs.PACKET_BYTES);
            Words.iovec(iovecs, (long) i * Words.IOVEC_BYTES, slab.address() + at, Runs.PACKET_BYTES);
        }
    }

    @Override
    public void close() {
        runs.closeAll(fd);
        runs.linux().munmap(mapping, mapped);
        arena.close();
    }
}
