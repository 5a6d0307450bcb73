package dev.parley.bench.roads;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Whole Ethernet frames handed to a network interface past the kernel's IP stack (AF_XDP). The frames lie ready; a road that were taken would have to write
 * their headers and find their routes too. Sending needs no program in the kernel.
 */
final class XdpRoad implements Road {
    private static final int SOL_XDP = 283;
    private static final int MMAP_OFFSETS = 1;
    private static final int TX_RING = 3;
    private static final int UMEM_REG = 4;
    private static final int FILL_RING = 5;
    private static final int COMPLETION_RING = 6;
    private static final int COPY = 1 << 1;
    private static final int ZERO_COPY = 1 << 2;
    private static final long TX_AT = 0x8000_0000L;
    private static final long COMPLETION_AT = 0x1_8000_0000L;
    private static final int OFFSETS_BYTES = 128;
    private static final int TX_OFFSETS = 32;
    private static final int COMPLETION_OFFSETS = 96;
    private static final int RING = 2048;
    private static final int FRAME_ROOM = 2048;
    private static final int DESCRIPTOR_BYTES = 16;
    private static final VarHandle INT = JAVA_INT.varHandle();

    private final Runs runs;
    private final Linux linux;
    private final Arena arena = Arena.ofConfined();
    private final int fd;
    private final MemorySegment offsets = arena.allocate(OFFSETS_BYTES, 8);
    private final MemorySegment sending;
    private final MemorySegment completed;
    private int produced;
    private int done;

    private XdpRoad(Runs runs, int flags) throws IOException {
        this.runs = runs;
        linux = runs.linux();
        fd = (int) Linux.must("socket(AF_XDP)", linux.socket(Linux.AF_XDP, Linux.SOCK_RAW));
        MemorySegment frames = arena.allocate((long) Runs.DESTINATIONS * FRAME_ROOM, 4096);
        byte[] from = Veth.near().getHardwareAddress();
        byte[] to = Veth.far().getHardwareAddress();
        for (int i = 0; i < Runs.DESTINATIONS; i++) {
            Frame.write(
                    frames.asSlice((long) i * FRAME_ROOM, FRAME_ROOM),
                    from,
                    to,
                    Veth.HERE,
                    Veth.THERE,
                    runs.port(i),
                    Runs.PACKET_BYTES);
        }
        MemorySegment memory = arena.allocate(32, 8);
        memory.set(JAVA_LONG, 0, frames.address());
        memory.set(JAVA_LONG, 8, frames.byteSize());
        memory.set(JAVA_INT, 16, FRAME_ROOM);
        Linux.must("XDP_UMEM_REG", linux.setsockopt(fd, SOL_XDP, UMEM_REG, memory));
        Linux.must("XDP_UMEM_FILL_RING", linux.setsockopt(fd, SOL_XDP, FILL_RING, RING));
        Linux.must("XDP_UMEM_COMPLETION_RING", linux.setsockopt(fd, SOL_XDP, COMPLETION_RING, RING));
        Linux.must("XDP_TX_RING", linux.setsockopt(fd, SOL_XDP, TX_RING, RING));
        Linux.must("XDP_MMAP_OFFSETS", linux.getsockopt(fd, SOL_XDP, MMAP_OFFSETS, offsets));
        sending = map(TX_AT, offset(TX_OFFSETS, 2) + (long) RING * DESCRIPTOR_BYTES);
        completed = map(COMPLETION_AT, offset(COMPLETION_OFFSETS, 2) + (long) RING * Long.BYTES);
        MemorySegment address = arena.allocate(16, 8);
        address.set(JAVA_SHORT, 0, (short) Linux.AF_XDP);
        address.set(JAVA_SHORT, 2, (short) flags);
        address.set(JAVA_INT, 4, Veth.near().getIndex());
        Linux.must("bind of AF_XDP" + (flags == ZERO_COPY ? " with XDP_ZEROCOPY" : ""), linux.bind(fd, address));
    }

    static Road copied(Runs runs) throws IOException {
        return new XdpRoad(runs, COPY);
    }

    static Road zeroCopy(Runs runs) throws IOException {
        return new XdpRoad(runs, ZERO_COPY);
    }

    /** Of a ring: 0 the producer's index, 1 the consumer's, 2 the entries. */
    private long offset(int ring, int which) {
        return offsets.get(JAVA_LONG, ring + (long) which * Long.BYTES);
    }

    private MemorySegment map(long at, long bytes) throws IOException {
        long address = Linux.must("mmap of a ring", linux.mmap(bytes, Linux.MAP_SHARED | Linux.MAP_POPULATE, fd, at));
        return MemorySegment.ofAddress(address)
                .reinterpret(bytes, arena, mapped -> linux.munmap(mapped.address(), bytes));
    }

    @Override
    public int send() throws IOException {
        for (int i = 0; i < runs.packets(); i++) {
            if (produced - done == RING) {
                push();
            }
            long at = offset(TX_OFFSETS, 2) + (long) (produced++ & RING - 1) * DESCRIPTOR_BYTES;
            sending.set(JAVA_LONG, at, (long) (i / runs.run()) * FRAME_ROOM);
            sending.set(JAVA_INT, at + 8, Frame.HEADER_BYTES + Runs.PACKET_BYTES);
            sending.set(JAVA_INT, at + 12, 0);
        }
        while (produced != done) {
            push();
        }
        return runs.packets();
    }

    /** Has the kernel send some frames, and takes back those that are sent. */
    private void push() throws IOException {
        INT.setRelease(sending, offset(TX_OFFSETS, 0), produced);
        long answer = linux.kick(fd);
        if (answer != -Linux.EAGAIN && answer != -Linux.EBUSY && answer != -Linux.ENOBUFS) {
            Linux.must("sendto on AF_XDP", answer);
        }
        done = (int) INT.getAcquire(completed, offset(COMPLETION_OFFSETS, 0));
        INT.setRelease(completed, offset(COMPLETION_OFFSETS, 1), done);
    }

    @Override
    public void close() {
        arena.close();
        linux.close(fd);
    }
}
