package dev.parley.node.agents;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an agent's thread run before what can wait - handshakes, compilers, collectors, other processes - where cores are short. Two things are asked of
 * Linux, for the calling thread alone (sched_setattr(2)): short slices, so that the thread takes the core when it wakes, from whoever has longer ones, instead
 * of waiting for theirs to end (Linux 6.12, no privilege); and a weight of three ordinary threads, so that it keeps it ({@code nice -5}, CAP_SYS_NICE or
 * RLIMIT_NICE). What is refused is left as it was. Others get a quarter of the core however much the agent has to do.
 */
final class Precedence {
    /** Weighs three times an ordinary thread. */
    static final int NICE = -5;
    /** The shortest that the kernel takes; it gives others 0.7 ms to 3 ms. */
    static final long SLICE_NANOS = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Precedence.class);
    private static final long CALLING_THREAD = 0;
    private static final int ORDINARY = 0;
    /** SCHED_FLAG_RESET_ON_FORK: threads that an agent happens to start, as for a session, get neither. */
    private static final long NOT_INHERITED = 1;

    // struct sched_attr as of Linux 3.14, which every later one takes.
    private static final int ATTRIBUTES_BYTES = 48;
    private static final int SIZE = 0;
    private static final int POLICY = 4;
    private static final int FLAGS = 8;
    private static final int NICENESS = 16;
    private static final int RUNTIME = 24;

    private static final Optional<Calls> CALLS = Calls.ofThisSystem();

    private Precedence() {}

    /**
     * How the kernel treats a thread.
     *
     * @param sliceNanos 0 where it does not tell
     */
    record Attributes(int nice, long sliceNanos) {
        /** For people. */
        String text() {
            String slices = sliceNanos == SLICE_NANOS
                    ? "slices of 0.1 ms"
                    : "the kernel's own slices (shorter ones: Linux 6.12)";
            return "nice " + nice + (nice <= NICE ? "" : " (-5: CAP_SYS_NICE or LimitNICE)") + ", " + slices;
        }
    }

    /** Loads and links what {@link #take} needs, so that an agent does not wait for it. */
    static void prepare() {
        attributes();
    }

    /** Asks for the calling thread, and answers what it has then; empty where the system does not tell. */
    static Optional<Attributes> take() {
        CALLS.ifPresent(calls -> {
            if (!calls.set(NICE)) {
                calls.set(attributes().map(Attributes::nice).orElse(0));
            }
        });
        return attributes();
    }

    /** What the calling thread has; empty where the system does not tell. */
    static Optional<Attributes> attributes() {
        return CALLS.flatMap(Calls::get);
    }

    /** The two system calls, which the C library has functions for only since glibc 2.41. */
    private record Calls(MethodHandle syscall, long setNumber, long getNumber) {
        static Optional<Calls> ofThisSystem() {
            if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
                return Optional.empty();
            }
            return switch (System.getProperty("os.arch")) {
                case "amd64", "x86_64" -> calls(314, 315);
                case "aarch64" -> calls(274, 275);
                default -> Optional.empty();
            };
        }

        private static Optional<Calls> calls(long setNumber, long getNumber) {
            Linker linker = Linker.nativeLinker();
            FunctionDescriptor type =
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
            return linker.defaultLookup()
                    .find("syscall")
                    .map(address -> linker.downcallHandle(address, type, Linker.Option.firstVariadicArg(1)))
                    .map(handle -> new Calls(handle, setNumber, getNumber));
        }

        boolean set(int nice) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, JAVA_LONG.byteAlignment());
                attributes.set(JAVA_INT, SIZE, ATTRIBUTES_BYTES);
                attributes.set(JAVA_INT, POLICY, ORDINARY);
                attributes.set(JAVA_LONG, FLAGS, NOT_INHERITED);
                attributes.set(JAVA_INT, NICENESS, nice);
                attributes.set(JAVA_LONG, RUNTIME, SLICE_NANOS);
                return call(setNumber, CALLING_THREAD, attributes.address(), 0, 0) == 0;
            }
        }

        Optional<Attributes> get() {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, JAVA_LONG.byteAlignment());
                return call(getNumber, CALLING_THREAD, attributes.address(), ATTRIBUTES_BYTES, 0) == 0
                        ? Optional.of(
                                new Attributes(attributes.get(JAVA_INT, NICENESS), attributes.get(JAVA_LONG, RUNTIME)))
                        : Optional.empty();
            }
        }

        private long call(long number, long first, long second, long third, long fourth) {
            try {
                return (long) syscall.invokeExact(number, first, second, third, fourth);
            } catch (Throwable e) {
                LOG.warn("a system call could not be made", e);
                return -1;
            }
        }
    }
}
