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
 * Lets an agent's thread run before what can wait - handshakes, compilers, collectors, other processes - where cores are short. Three things are asked of
 * Linux for the calling thread: short slices, so that it takes the core when it wakes, from whoever has longer ones, instead of waiting for theirs to end
 * (sched_setattr(2), Linux 6.12, no privilege); a weight of nine ordinary threads, so that it keeps it ({@code nice -10}, CAP_SYS_NICE or RLIMIT_NICE); and
 * timers that end a nap when it is over, not up to 50 us later (PR_SET_TIMERSLACK of prctl(2), no privilege). What is refused is left as it was. Others get a
 * tenth of the core however much the agent has to do.
 */
final class Precedence {
    /** Weighs nine times an ordinary thread. */
    static final int NICE = -10;
    /** The shortest that the kernel takes; it gives others 0.7 ms to 3 ms. */
    static final long SLICE_NANOS = 100_000;
    /** How late a timer may end so that others end with it; the kernel's own is 50 us. */
    static final long TIMER_SLACK_NANOS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Precedence.class);
    private static final long CALLING_THREAD = 0;
    private static final long SET_TIMER_SLACK = 29;
    private static final long GET_TIMER_SLACK = 30;
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
    record Attributes(int nice, long sliceNanos, long timerSlackNanos) {
        /** For people. */
        String text() {
            String slices = sliceNanos == SLICE_NANOS
                    ? "slices of 0.1 ms"
                    : "the kernel's own slices (shorter ones: Linux 6.12)";
            return "nice " + nice + (nice <= NICE ? "" : " (-10: CAP_SYS_NICE or LimitNICE)") + ", " + slices
                    + ", timers to " + timerSlackNanos / 1_000 + " us";
        }
    }

    /** Loads and links what {@link #take} needs, so that an agent does not wait for it. */
    static void prepare() {
        attributes();
    }

    /** Asks for the calling thread, and answers what it has then; empty where the system does not tell. */
    static Optional<Attributes> take() {
        CALLS.ifPresent(calls -> {
            calls.call(calls.prctlNumber, SET_TIMER_SLACK, TIMER_SLACK_NANOS, 0, 0);
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

    /** The system calls; the C library has functions for the first two only since glibc 2.41. */
    private record Calls(MethodHandle syscall, long setNumber, long getNumber, long prctlNumber) {
        static Optional<Calls> ofThisSystem() {
            if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
                return Optional.empty();
            }
            return switch (System.getProperty("os.arch")) {
                case "amd64", "x86_64" -> calls(314, 315, 157);
                case "aarch64" -> calls(274, 275, 167);
                default -> Optional.empty();
            };
        }

        private static Optional<Calls> calls(long setNumber, long getNumber, long prctlNumber) {
            Linker linker = Linker.nativeLinker();
            FunctionDescriptor type =
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
            return linker.defaultLookup()
                    .find("syscall")
                    .map(address -> linker.downcallHandle(address, type, Linker.Option.firstVariadicArg(1)))
                    .map(handle -> new Calls(handle, setNumber, getNumber, prctlNumber));
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
                        ? Optional.of(new Attributes(
                                attributes.get(JAVA_INT, NICENESS),
                                attributes.get(JAVA_LONG, RUNTIME),
                                call(prctlNumber, GET_TIMER_SLACK, 0, 0, 0)))
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
