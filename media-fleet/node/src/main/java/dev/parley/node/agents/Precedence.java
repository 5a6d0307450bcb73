package dev.parley.node.agents;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives an agent's thread precedence over all that can wait - handshakes, compilers, collectors, other processes - and timers that
 * end when they should. Both are asked of Linux for the calling thread alone: {@code setpriority(2)}, which needs CAP_SYS_NICE, and
 * {@code PR_SET_TIMERSLACK}. What is refused is left as it was; packets then wait for up to a time slice when cores are short.
 */
final class Precedence {
    /** Weighs nine times an ordinary thread where cores are short. */
    static final int NICE = -10;

    private static final Logger LOG = LoggerFactory.getLogger(Precedence.class);
    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final long TIMER_SLACK_NANOS = 1_000;

    private Precedence() {}

    /** Asks for the calling thread; answers whether it was given precedence. */
    static boolean take() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            return false;
        }
        try {
            call("prctl", PR_SET_TIMERSLACK, TIMER_SLACK_NANOS);
            return call("setpriority", PRIO_PROCESS, CALLING_THREAD, NICE) == 0;
        } catch (Throwable e) {
            LOG.debug("no precedence for {}", Thread.currentThread().getName(), e);
            return false;
        }
    }

    private static int call(String name, int option, long value) throws Throwable {
        MethodHandle function = function(
                name, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
        return (int) function.invokeExact(option, value);
    }

    private static int call(String name, int which, int who, int value) throws Throwable {
        MethodHandle function = function(
                name,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        return (int) function.invokeExact(which, who, value);
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> address = linker.defaultLookup().find(name);
        return linker.downcallHandle(address.orElseThrow(), descriptor);
    }
}
