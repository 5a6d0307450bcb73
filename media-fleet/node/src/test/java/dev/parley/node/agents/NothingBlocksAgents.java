package dev.parley.node.agents;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class in which a media agent's thread waited for anything but the end of its rest: a monitor or lock that another thread held, a sleep, a
 * file, a stream. The virtual machine's flight recorder sees them all, however short, native code aside: there an agent is only in the calls of its port
 * and its ciphers.
 *
 * <p>Three things are left out: an agent's rest, which is its port's {@code await} and nothing else; the loading of a class, which reads a file but once
 * in a process; and the thread's own end, when the machine takes the thread's monitor to tell those who join it.
 *
 * <p>On a test class: {@code @ExtendWith(NothingBlocksAgents.class)}; around a piece of code: {@link #watch}.
 */
public final class NothingBlocksAgents implements BeforeAllCallback, AfterAllCallback {
    private static final String AGENT = "media-agent-";
    private static final List<String> EVENTS = List.of(
            "jdk.JavaMonitorEnter",
            "jdk.JavaMonitorWait",
            "jdk.ThreadPark",
            "jdk.ThreadSleep",
            "jdk.SocketRead",
            "jdk.SocketWrite",
            "jdk.FileRead",
            "jdk.FileWrite",
            "jdk.FileForce");
    private static final int SHOWN_FRAMES = 12;

    private Watch watch;

    /** Code that may wait for what it likes; its agents may not. */
    @FunctionalInterface
    public interface Code {
        /** Runs it. */
        void run() throws Exception;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        watch = new Watch();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Map<String, Integer> seen = watch.end();
        if (!seen.isEmpty()) {
            throw new AssertionError("media agents were blocked:\n" + text(seen));
        }
    }

    /** Runs the code and answers where agents were blocked meanwhile: event and stack, and how often. */
    public static Map<String, Integer> watch(Code code) throws Exception {
        Watch watch = new Watch();
        try {
            code.run();
        } catch (Exception | Error e) {
            watch.end();
            throw e;
        }
        return watch.end();
    }

    private static String text(Map<String, Integer> seen) {
        return seen.entrySet().stream()
                .map(entry -> entry.getValue() + " times " + entry.getKey())
                .collect(Collectors.joining("\n"));
    }

    /** One recording, from its making to its end. */
    private static final class Watch {
        private final RecordingStream stream = new RecordingStream();
        private final Map<String, Integer> seen = new ConcurrentHashMap<>();

        Watch() {
            for (String event : EVENTS) {
                stream.enable(event).withStackTrace().withThreshold(Duration.ZERO);
                stream.onEvent(event, this::onEvent);
            }
            stream.setReuse(false);
            stream.startAsync();
        }

        private void onEvent(RecordedEvent event) {
            String thread = event.getThread() == null ? null : event.getThread().getJavaName();
            if (thread != null && thread.startsWith(AGENT) && !rests(event) && !loadsClass(event) && !ends(event)) {
                seen.merge(describe(event), 1, Integer::sum);
            }
        }

        private static Stream<RecordedFrame> frames(RecordedEvent event) {
            return event.getStackTrace() == null ? Stream.empty() : event.getStackTrace().getFrames().stream();
        }

        private static boolean rests(RecordedEvent event) {
            return frames(event)
                    .anyMatch(frame -> frame.getMethod().getName().equals("await")
                            && frame.getMethod().getType().getName().startsWith("dev.parley.transport.udp."));
        }

        /** Loading a class, or waiting for another thread that initializes it, which the machine does under an {@code int[]}. Both happen once. */
        private static boolean loadsClass(RecordedEvent event) {
            if (List.of("[I", "int[]").contains(monitor(event))) {
                return true;
            }
            return frames(event)
                    .anyMatch(frame -> frame.getMethod().getType().getName().startsWith("jdk.internal.loader."));
        }

        /** After its last frame. */
        private static boolean ends(RecordedEvent event) {
            return frames(event).findAny().isEmpty() && monitor(event).equals(Thread.class.getName());
        }

        /** The class of the monitor waited for; nothing where there is none. */
        private static String monitor(RecordedEvent event) {
            return event.hasField("monitorClass") && event.getClass("monitorClass") != null
                    ? event.getClass("monitorClass").getName()
                    : "";
        }

        private static String describe(RecordedEvent event) {
            return event.getEventType().getName()
                    + frames(event)
                            .limit(SHOWN_FRAMES)
                            .map(frame ->
                                    "\n    at " + frame.getMethod().getType().getName() + "."
                                            + frame.getMethod().getName() + ":" + frame.getLineNumber())
                            .collect(Collectors.joining());
        }

        /** Ends the recording when all that happened until now was looked at. */
        Map<String, Integer> end() {
            stream.stop();
            stream.close();
            return seen;
        }
    }
}
