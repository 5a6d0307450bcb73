package dev.parley.bench.roads;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * An io_uring without a library: one thread fills entries, hands them over with one system call, and reads what became of them. Completions are worked off in
 * that call (DEFER_TASKRUN), so no other thread takes part.
 */
final class Uring implements AutoCloseable {
    static final int SENDMSG = 9;
    static final int SEND = 26;
    static final int SEND_ZC = 47;
    static final int SENDMSG_ZC = 48;

    private static final int SETUP = 425;
    private static final int ENTER = 426;
    private static final int REGISTER = 427;
    private static final int REGISTER_BUFFERS = 0;
    private static final int REGISTER_FILES = 2;
    private static final int CQ_SIZE = 1 << 3;
    private static final int SUBMIT_ALL = 1 << 7;
    private static final int SINGLE_ISSUER = 1 << 12;
    private static final int DEFER_TASKRUN = 1 << 13;
    private static final int GET_EVENTS = 1;
    private static final int FIXED_FILE = 1;
    private static final int SKIP_SUCCESS = 1 << 6;
    private static final int FIXED_BUFFER = 1 << 2;
    private static final int MORE = 1 << 1;
    private static final long RINGS_AT = 0;
    private static final long ENTRIES_AT = 0x1000_0000;
    private static final int PARAMS_BYTES = 120;
    private static final int SQ_OFFSETS = 40;
    private static final int CQ_OFFSETS = 80;
    private static final VarHandle INT = JAVA_INT.varHandle();

    private final Linux linux;
    private final Arena arena = Arena.ofConfined();
    private final int fd;
    private final MemorySegment rings;
    private final MemorySegment entries;
    private final int sqTail;
    private final int cqHead;
    private final int cqTail;
    private final int cqes;
    private final int sqMask;
    private final int cqMask;
    private int tail;
    private int filled;
    private int outstanding;
    /** Minus an error number, or 0. */
    private int failed;

    Uring(Linux linux, int size) throws IOException {
        this.linux = linux;
        MemorySegment params = arena.allocate(PARAMS_BYTES, 8);
        params.set(JAVA_INT, 4, 4 * size);
        params.set(JAVA_INT, 8, CQ_SIZE | SUBMIT_ALL | SINGLE_ISSUER | DEFER_TASKRUN);
        fd = (int) Linux.must("io_uring_setup", linux.syscall(SETUP, size, params.address(), 0, 0, 0, 0));
        int sqEntries = params.get(JAVA_INT, 0);
        int cqEntries = params.get(JAVA_INT, 4);
        int array = params.get(JAVA_INT, SQ_OFFSETS + 24);
        cqes = params.get(JAVA_INT, CQ_OFFSETS + 20);
        long ringBytes = Math.max(array + 4L * sqEntries, cqes + (long) Words.CQE_BYTES * cqEntries);
        rings = map(RINGS_AT, ringBytes);
        entries = map(ENTRIES_AT, (long) Words.SQE_BYTES * sqEntries);
        sqTail = params.get(JAVA_INT, SQ_OFFSETS + 4);
        sqMask = rings.get(JAVA_INT, params.get(JAVA_INT, SQ_OFFSETS + 8));
        cqHead = params.get(JAVA_INT, CQ_OFFSETS);
        cqTail = params.get(JAVA_INT, CQ_OFFSETS + 4);
        cqMask = rings.get(JAVA_INT, params.get(JAVA_INT, CQ_OFFSETS + 8));
        for (int i = 0; i < sqEntries; i++) {
            rings.set(JAVA_INT, array + 4L * i, i);
        }
    }

    private MemorySegment map(long offset, long bytes) throws IOException {
        long address =
                Linux.must("mmap of a ring", linux.mmap(bytes, Linux.MAP_SHARED | Linux.MAP_POPULATE, fd, offset));
        return MemorySegment.ofAddress(address)
                .reinterpret(bytes, arena, mapped -> linux.munmap(mapped.address(), bytes));
    }

    /** Makes sockets known by index. */
    void registerFiles(int... fds) throws IOException {
        MemorySegment numbers = arena.allocateFrom(JAVA_INT, fds);
        Linux.must(
                "io_uring_register of sockets",
                linux.syscall(REGISTER, fd, REGISTER_FILES, numbers.address(), fds.length, 0, 0));
    }

    /** Pins memory once for all sends from it; it is buffer 0. */
    void registerBuffer(MemorySegment memory) throws IOException {
        MemorySegment iovec = arena.allocate(Words.IOVEC_BYTES, 8);
        Words.iovec(iovec, 0, memory.address(), memory.byteSize());
        Linux.must(
                "io_uring_register of a buffer",
                linux.syscall(REGISTER, fd, REGISTER_BUFFERS, iovec.address(), 1, 0, 0));
    }

    /** Adds a message to send through a registered socket. */
    void sendMessage(int opcode, int file, long header) {
        entry(opcode, FIXED_FILE, file, 0, header, 1, 0);
    }

    /** The same, but nothing is said of it unless it fails: only with {@link #submitAll}. */
    void sendMessageQuietly(int file, long header) {
        entry(SENDMSG, FIXED_FILE | SKIP_SUCCESS, file, 0, header, 1, 0);
    }

    /** Adds a packet without a message header: only with {@link #submitAll}. */
    void sendQuietly(int file, long address, int bytes, long sockaddr) {
        entry(SEND, FIXED_FILE | SKIP_SUCCESS, file, sockaddr, address, bytes, Words.SOCKADDR_BYTES);
    }

    /** Adds a send of bytes in the registered buffer, without a copy. */
    void sendFixed(int file, long address, int bytes, long sockaddr) {
        long at = entry(SEND_ZC, FIXED_FILE, file, sockaddr, address, bytes, Words.SOCKADDR_BYTES);
        entries.set(JAVA_SHORT, at + 2, (short) FIXED_BUFFER);
    }

    private long entry(int opcode, int flags, int file, long second, long first, int length, int nameLength) {
        long at = (long) (tail++ & sqMask) * Words.SQE_BYTES;
        entries.set(JAVA_LONG, at, opcode | (long) flags << 8 | (long) file << 32);
        entries.set(JAVA_LONG, at + 8, second);
        entries.set(JAVA_LONG, at + 16, first);
        entries.set(JAVA_LONG, at + 24, length | (long) Linux.MSG_DONTWAIT << 32);
        entries.set(JAVA_LONG, at + 32, 0);
        entries.set(JAVA_LONG, at + 40, (long) nameLength << 32);
        entries.set(JAVA_LONG, at + 48, 0);
        entries.set(JAVA_LONG, at + 56, 0);
        filled++;
        outstanding++;
        return at;
    }

    /**
     * Hands the added entries over and waits until all are done, their memory let go of.
     *
     * @return 0, or minus the error number of one that did not succeed
     */
    int submit() throws IOException {
        INT.setRelease(rings, (long) sqTail, tail);
        failed = 0;
        while (outstanding > 0) {
            long taken = Linux.must("io_uring_enter", linux.syscall(ENTER, fd, filled, outstanding, GET_EVENTS, 0, 0));
            filled -= (int) taken;
            takeCompletions();
        }
        return failed;
    }

    /**
     * Hands the quietly added entries over. Each is done within the call, as none may wait.
     *
     * @return 0, or minus the error number of one that did not succeed
     */
    int submitAll() throws IOException {
        INT.setRelease(rings, (long) sqTail, tail);
        failed = 0;
        while (filled > 0) {
            filled -= (int) Linux.must("io_uring_enter", linux.syscall(ENTER, fd, filled, 0, 0, 0, 0));
        }
        takeCompletions();
        outstanding = 0;
        return failed;
    }

    private void takeCompletions() {
        int head = rings.get(JAVA_INT, cqHead);
        int end = (int) INT.getAcquire(rings, (long) cqTail);
        while (head != end) {
            long at = cqes + (long) (head & cqMask) * Words.CQE_BYTES;
            failed = Math.min(failed, rings.get(JAVA_INT, at + 8));
            // A send without a copy completes twice: when it is on its way, and when its memory is free again.
            if ((rings.get(JAVA_INT, at + 12) & MORE) == 0) {
                outstanding--;
            }
            head++;
        }
        INT.setRelease(rings, (long) cqHead, head);
    }

    @Override
    public void close() {
        arena.close();
        linux.close(fd);
    }
}
