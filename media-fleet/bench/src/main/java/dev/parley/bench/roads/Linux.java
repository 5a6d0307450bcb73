package dev.parley.bench.roads;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The system calls of these roads on 64-bit Linux. Each answers what the kernel answered, or minus its error number. One thread. */
final class Linux {
    static final int AF_INET = 2;
    static final int AF_XDP = 44;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_RCVBUF = 8;
    static final int SO_BUSY_POLL = 46;
    static final int SO_MAX_PACING_RATE = 47;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_ZEROCOPY = 60;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_ERRQUEUE = 0x2000;
    static final int MSG_ZEROCOPY = 0x400_0000;
    static final int EAGAIN = 11;
    static final int EBUSY = 16;
    static final int ENOBUFS = 105;
    static final int MAP_SHARED = 1;
    static final int MAP_PRIVATE = 2;
    static final int MAP_ANONYMOUS = 0x20;
    static final int MAP_POPULATE = 0x8000;
    static final int MADV_HUGEPAGE = 14;
    static final int MADV_NOHUGEPAGE = 15;

    private static final int READ_WRITE = 3;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = call("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = call("connect", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDTO =
            call("sendto", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            call("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle GETSOCKNAME = call("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDMMSG = call("sendmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle SENDMSG = call("sendmsg", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECVMSG = call("recvmsg", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle MMAP =
            call("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MUNMAP = call("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MADVISE = call("madvise", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle SYSCALL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("syscall"),
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            CAPTURE,
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private final MemorySegment errno = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    private final MemorySegment scratch = Arena.ofAuto().allocate(64, 8);

    private static MethodHandle call(String name, MemoryLayout answer, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(answer, arguments), CAPTURE);
    }

    /** The result of a call that must not fail. */
    static long must(String what, long result) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": " + text(-result));
        }
        return result;
    }

    /** The system's words for an error number. */
    static String text(long errorNumber) {
        try {
            return ((MemorySegment) STRERROR.invokeExact((int) errorNumber))
                    .reinterpret(256)
                    .getString(0);
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

    /** Binds to this port of 127.0.0.1, 0 for any. */
    int bind(int fd, int port) {
        try {
            return answer((int) BIND.invokeExact(
                    errno, fd, Words.sockaddr(scratch, 0, Words.LOOPBACK, port), Words.SOCKADDR_BYTES));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Binds to an address of another kind. */
    int bind(int fd, MemorySegment address) {
        try {
            return answer((int) BIND.invokeExact(errno, fd, address, (int) address.byteSize()));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int connect(int fd, long sockaddr) {
        try {
            return answer((int) CONNECT.invokeExact(errno, fd, sockaddr, Words.SOCKADDR_BYTES));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The port a socket is bound to. */
    int port(int fd) {
        scratch.set(JAVA_INT, 32, Words.SOCKADDR_BYTES);
        try {
            int answer = answer((int) GETSOCKNAME.invokeExact(errno, fd, scratch, scratch.asSlice(32)));
            return answer < 0 ? answer : Words.port(scratch, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int setsockopt(int fd, int level, int option, int value) {
        scratch.set(JAVA_INT, 0, value);
        try {
            return answer((int) SETSOCKOPT.invokeExact(errno, fd, level, option, scratch, Integer.BYTES));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int setsockopt(int fd, int level, int option, MemorySegment value) {
        try {
            return answer((int) SETSOCKOPT.invokeExact(errno, fd, level, option, value, (int) value.byteSize()));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Fills {@code value} with an option. */
    int getsockopt(int fd, int level, int option, MemorySegment value) {
        scratch.set(JAVA_INT, 0, (int) value.byteSize());
        try {
            return answer((int) GETSOCKOPT.invokeExact(errno, fd, level, option, value, scratch));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Tells the kernel that there is something to send, without saying what. */
    long kick(int fd) {
        try {
            return answer((long) SENDTO.invokeExact(errno, fd, 0L, 0L, MSG_DONTWAIT, 0L, 0));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int sendmmsg(int fd, long headers, int count, int flags) {
        try {
            return answer((int) SENDMMSG.invokeExact(errno, fd, headers, count, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    long sendmsg(int fd, long header, int flags) {
        try {
            return answer((long) SENDMSG.invokeExact(errno, fd, header, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    long recvmsg(int fd, long header, int flags) {
        try {
            return answer((long) RECVMSG.invokeExact(errno, fd, header, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Where the kernel mapped so many bytes, to read and to write. */
    long mmap(long bytes, int flags, int fd, long offset) {
        try {
            return answer((long) MMAP.invokeExact(errno, 0L, bytes, READ_WRITE, flags, fd, offset));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int munmap(long address, long bytes) {
        try {
            return answer((int) MUNMAP.invokeExact(errno, address, bytes));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    int madvise(long address, long bytes, int advice) {
        try {
            return answer((int) MADVISE.invokeExact(errno, address, bytes, advice));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A call that the C library has no name for. */
    long syscall(long number, long a, long b, long c, long d, long e, long f) {
        try {
            return answer((long) SYSCALL.invokeExact(errno, number, a, b, c, d, e, f));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
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

    private long answer(long result) {
        return result == -1 ? -(int) ERRNO.get(errno, 0L) : result;
    }

    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a system call could not be made", e);
    }
}
