package dev.parley.transport.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The socket calls of 64-bit Linux. Each answers what the kernel answered, or minus its error number: never throws, never
 * allocates. One object belongs to one thread at a time; {@link #signal} alone is for any thread.
 *
 * <p>Pointers are passed as numbers: every block they point into is held by its owner for as long as the socket lives.
 *
 * <p>Capturing the error number costs an object per call until the last compiler has seen the caller. So the calls of the
 * packet path do without it, and one that failed is made again to learn why: by then it may as well succeed. A receive
 * that failed, which is how an empty socket answers, is made again now and then only.
 */
class LinuxCalls {
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EAFNOSUPPORT = 97;
    static final int ENOBUFS = 105;
    static final int POLLIN = 1;

    /** Of how many receives that brought nothing one is made again to learn why: the others found the socket empty. */
    private static final int ASKED_WHY = 1024;

    private static final int MSG_DONTWAIT = 0x40;
    private static final int EFD_NONBLOCK_CLOEXEC = 0x800 | 0x80000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SOCKET =
            captured("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            captured("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            captured("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle SETSOCKOPT =
            captured("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle GETSOCKOPT =
            captured("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final FunctionDescriptor SENDMMSG_TYPE =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final FunctionDescriptor RECVMMSG_TYPE =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SENDMMSG = plain("sendmmsg", SENDMMSG_TYPE);
    private static final MethodHandle SENDMMSG_CAPTURED = captured("sendmmsg", SENDMMSG_TYPE);
    private static final MethodHandle RECVMMSG = plain("recvmmsg", RECVMMSG_TYPE);
    private static final MethodHandle RECVMMSG_CAPTURED = captured("recvmmsg", RECVMMSG_TYPE);
    private static final MethodHandle PPOLL =
            plain("ppoll", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle EVENTFD =
            captured("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = captured("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            plain("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WRITE =
            plain("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle STRERROR = plain("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MemorySegment ONE = Arena.global().allocateFrom(JAVA_LONG, 1);

    private final MemorySegment errno = Arena.ofAuto().allocate(CAPTURE);
    private final ByteBuffer scratch = block(64);
    private int emptyReceives;
    private final long scratchAddress = addressOf(scratch);

    private static MethodHandle plain(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
    }

    private static MethodHandle captured(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    /** A zeroed block outside the heap, at a multiple of 64, in the order of this machine. */
    static ByteBuffer block(int bytes) {
        // A slice starts in the order of the network again.
        return ByteBuffer.allocateDirect((bytes + 63 & -64) + 64)
                .alignedSlice(64)
                .limit(bytes)
                .slice()
                .order(ByteOrder.nativeOrder());
    }

    /** Where the block is. */
    static long addressOf(ByteBuffer block) {
        return MemorySegment.ofBuffer(block).address();
    }

    /** The system's words for an error number. */
    static String text(int errorNumber) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errorNumber);
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int socket(int family, int type) {
        try {
            return answer((int) SOCKET.invokeExact(errno, family, type, 0));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int bind(int fd, long sockaddr, int length) {
        try {
            return answer((int) BIND.invokeExact(errno, fd, sockaddr, length));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Writes the bound address to {@code sockaddr}, which has room for {@code room} bytes. */
    int getsockname(int fd, long sockaddr, int room) {
        scratch.putInt(0, room);
        try {
            return answer((int) GETSOCKNAME.invokeExact(errno, fd, sockaddr, scratchAddress));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int setsockopt(int fd, int level, int option, int value) {
        scratch.putInt(0, value);
        try {
            return answer((int) SETSOCKOPT.invokeExact(errno, fd, level, option, scratchAddress, Integer.BYTES));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The option's value, which is never negative for those asked here. */
    int getsockopt(int fd, int level, int option) {
        scratch.putInt(0, 0).putInt(8, Integer.BYTES);
        try {
            int answer =
                    answer((int) GETSOCKOPT.invokeExact(errno, fd, level, option, scratchAddress, scratchAddress + 8));
            return answer < 0 ? answer : scratch.getInt(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** How many of the messages went out. */
    int sendmmsg(int fd, long headers, int count) {
        try {
            int done = (int) SENDMMSG.invokeExact(fd, headers, count, MSG_DONTWAIT);
            return done >= 0
                    ? done
                    : answer((int) SENDMMSG_CAPTURED.invokeExact(errno, fd, headers, count, MSG_DONTWAIT));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * How many messages came in. One that failed passes for an empty socket unless its turn has come to be asked why: a
     * socket that is broken stays so, and an empty one is asked all the time.
     */
    int recvmmsg(int fd, long headers, int count) {
        try {
            int done = (int) RECVMMSG.invokeExact(fd, headers, count, MSG_DONTWAIT, 0L);
            if (done >= 0) {
                return done;
            }
            return ++emptyReceives % ASKED_WHY == 0
                    ? answer((int) RECVMMSG_CAPTURED.invokeExact(errno, fd, headers, count, MSG_DONTWAIT, 0L))
                    : -EAGAIN;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** How many of the descriptors are ready; -1 when it was interrupted. */
    int ppoll(long pollfds, int count, long timeoutNanos) {
        scratch.putLong(0, timeoutNanos / 1_000_000_000L).putLong(8, timeoutNanos % 1_000_000_000L);
        try {
            return (int) PPOLL.invokeExact(pollfds, (long) count, scratchAddress, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int eventfd() {
        try {
            return answer((int) EVENTFD.invokeExact(errno, 0, EFD_NONBLOCK_CLOEXEC));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Takes what was signalled on an event descriptor. */
    void drain(int eventfd) {
        try {
            long ignored = (long) READ.invokeExact(eventfd, scratchAddress, 8L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Signals an event descriptor. Any thread. */
    void signal(int eventfd) {
        try {
            long ignored = (long) WRITE.invokeExact(eventfd, ONE.address(), 8L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void close(int fd) {
        try {
            int ignored = (int) CLOSE.invokeExact(errno, fd);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private int answer(int result) {
        return result >= 0 ? result : -(int) ERRNO.get(errno, 0L);
    }

    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a system call could not be made", e);
    }

    /** Whether pointers are 64 bits and numbers little-endian, as everything here takes for granted. */
    static boolean fits() {
        return ValueLayout.ADDRESS.byteSize() == Long.BYTES && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }
}
