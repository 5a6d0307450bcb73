package dev.parley.bench.roads;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** All runs as entries of one io_uring, handed over by one system call. */
final class UringRoad implements Road {
    private static final int ENTRIES = 512;

    private final Runs runs;
    private final Arena arena = Arena.ofConfined();
    private final int opcode;
    private final long messages;
    private final int[] fds;
    private final Uring ring;

    private UringRoad(Runs runs, int opcode, boolean connected) throws IOException {
        this.runs = runs;
        this.opcode = opcode;
        messages = runs.messages(arena, !connected).address();
        fds = connected ? runs.connected() : new int[] {runs.sender()};
        ring = new Uring(runs.linux(), ENTRIES);
        ring.registerFiles(fds);
    }

    static Road messages(Runs runs) throws IOException {
        return new UringRoad(runs, Uring.SENDMSG, false);
    }

    static Road connected(Runs runs) throws IOException {
        return new UringRoad(runs, Uring.SENDMSG, true);
    }

    static Road zeroCopy(Runs runs) throws IOException {
        return new UringRoad(runs, Uring.SENDMSG_ZC, false);
    }

    /** With completions of failed messages alone. */
    static Road quiet(Runs runs) throws IOException {
        return new Quiet(runs, false);
    }

    /** As {@link #quiet}; packets of their own without a message header. */
    static Road headless(Runs runs) throws IOException {
        if (runs.run() > 1) {
            throw new IOException("a run needs a message header");
        }
        return new Quiet(runs, true);
    }

    /** Without copies from memory that was pinned once; a run lies side by side, and its socket cuts it. */
    static Road fixed(Runs runs) throws IOException {
        return new Fixed(runs);
    }

    @Override
    public int send() throws IOException {
        for (int i = 0; i < Runs.DESTINATIONS; i++) {
            ring.sendMessage(opcode, fds.length == 1 ? 0 : i, messages + (long) i * Words.MMSGHDR_BYTES);
        }
        Linux.must("io_uring send", ring.submit());
        return runs.packets();
    }

    @Override
    public void close() {
        ring.close();
        runs.closeAll(fds);
        arena.close();
    }

    private static final class Quiet implements Road {
        private final Runs runs;
        private final Arena arena = Arena.ofConfined();
        private final boolean headless;
        private final long messages;
        private final int fd;
        private final Uring ring;

        Quiet(Runs runs, boolean headless) throws IOException {
            this.runs = runs;
            this.headless = headless;
            messages = runs.messages(arena, true).address();
            fd = runs.sender();
            ring = new Uring(runs.linux(), ENTRIES);
            ring.registerFiles(fd);
        }

        @Override
        public int send() throws IOException {
            for (int i = 0; i < Runs.DESTINATIONS; i++) {
                if (headless) {
                    ring.sendQuietly(0, runs.packet(), Runs.PACKET_BYTES, runs.name(i));
                } else {
                    ring.sendMessageQuietly(0, messages + (long) i * Words.MMSGHDR_BYTES);
                }
            }
            Linux.must("io_uring send", ring.submitAll());
            return runs.packets();
        }

        @Override
        public void close() {
            ring.close();
            runs.closeAll(fd);
            arena.close();
        }
    }

    private static final class Fixed implements Road {
        private final Runs runs;
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment memory;
        private final int fd;
        private final Uring ring;

        Fixed(Runs runs) throws IOException {
            this.runs = runs;
            memory = arena.allocate((long) runs.run() * Runs.PACKET_BYTES, 4096);
            fd = runs.sender();
            Linux.must("UDP_SEGMENT", runs.linux().setsockopt(fd, Linux.SOL_UDP, Linux.UDP_SEGMENT, Runs.PACKET_BYTES));
            ring = new Uring(runs.linux(), ENTRIES);
            ring.registerFiles(fd);
            ring.registerBuffer(memory);
        }

        @Override
        public int send() throws IOException {
            for (int i = 0; i < Runs.DESTINATIONS; i++) {
                ring.sendFixed(0, memory.address(), (int) memory.byteSize(), runs.name(i));
            }
            Linux.must("io_uring send", ring.submit());
            return runs.packets();
        }

        @Override
        public void close() {
            ring.close();
            runs.closeAll(fd);
            arena.close();
        }
    }
}
