package dev.parley.bench.wire;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The socket calls of 64-bit Linux that a load generator needs. Pointers are numbers; their blocks are held by the callers. */
final class WireCalls {
    private static final int MSG_DONTWAIT = 0x40;
    private static final int PR_SET_TIMERSLACK = 29;
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
    private static final MethodHandle RECVMMSG =
            plain("recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle SENDMMSG =
            plain("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle PRCTL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("prctl"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle STRERROR = plain("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private WireCalls() {}

    private static MethodHandle plain(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
    }

    private static MethodHandle captured(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    /** A zeroed block outside the heap, in the order of this machine. */
    static ByteBuffer block(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Where the block is. */
    static long addressOf(ByteBuffer block) {
        return MemorySegment.ofBuffer(block).address();
    }

    static int socket(int family, int type) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(CAPTURE);
            return checked((int) SOCKET.invokeExact(errno, family, type, 0), errno, "socket");
        } catch (Throwable e) {
            throw refused(e);
        }
    }

    static void bind(int fd, long sockaddr, int length) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(CAPTURE);
            checked((int) BIND.invokeExact(errno, fd, sockaddr, length), errno, "bind");
        } catch (Throwable e) {
            throw refused(e);
        }
    }

    static void getsockname(int fd, long sockaddr, int room) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(CAPTURE);
            MemorySegment length = arena.allocateFrom(JAVA_INT, room);
            checked((int) GETSOCKNAME.invokeExact(errno, fd, sockaddr, length.address()), errno, "getsockname");
        } catch (Throwable e) {
            throw refused(e);
        }
    }

    static void setsockopt(int fd, int level, int option, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(CAPTURE);
            MemorySegment content = arena.allocateFrom(JAVA_INT, value);
            int answer = (int) SETSOCKOPT.invokeExact(errno, fd, level, option, content.address(), Integer.BYTES);
            checked(answer, errno, "socket option " + level + "/" + option);
        } catch (Throwable e) {
            throw refused(e);
        }
    }

    static int getsockopt(int fd, int level, int option) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(CAPTURE);
            MemorySegment content = arena.allocate(JAVA_INT);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            int answer = (int) GETSOCKOPT.invokeExact(errno, fd, level, option, content.address(), length.address());
            checked(answer, errno, "socket option " + level + "/" + option);
            return content.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw refused(e);
        }
    }

    /** How many messages came in; negative when there were none. Never waits. */
    static int recvmmsg(int fd, long headers, int count) {
        try {
            return (int) RECVMMSG.invokeExact(fd, headers, count, MSG_DONTWAIT, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** How many messages went out; negative when the first did not. */
    static int sendmmsg(int fd, long headers, int count) {
        try {
            return (int) SENDMMSG.invokeExact(fd, headers, count, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void close(int fd) {
        try {
            int ignored = (int) CLOSE.invokeExact(fd);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Lets the calling thread's sleeps end on time: the kernel adds 50 us to each otherwise. */
    static void sleepExactly() {
        try {
            int ignored = (int) PRCTL.invokeExact(PR_SET_TIMERSLACK, 1L, 0L, 0L, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int checked(int answer, MemorySegment errno, String what) throws Throwable {
        if (answer >= 0) {
            return answer;
        }
        MemorySegment text = (MemorySegment) STRERROR.invokeExact((int) ERRNO.get(errno, 0L));
        throw new IOException(text.reinterpret(256).getString(0) + " (" + what + ")");
    }

    private static IOException refused(Throwable e) {
        return e instanceof IOException io ? io : new IOException("a system call could not be made", e);
    }

    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a system call could not be made", e);
    }
}
