package dev.parley.local.supervisor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What an earlier supervisor left: a running installation, or children that outlived it. */
public final class Leftovers {
    private static final int PATIENCE_SECONDS = 10;

    private Leftovers() {}

    /** Stops what is left over: a part of {@code local/down}. */
    public static void main(String[] arguments) {
        Path root = Path.of(new Arguments(arguments, Set.of(), Set.of("--root")).required("--root"));
        stop(Installation.of(root), System.out::println);
    }

    /** The URL of an installation whose supervisor lives. */
    static Optional<String> runningUrl(Installation installation) {
        return installation
                .upFile()
                .read()
                .filter(up -> living(up).isPresent())
                .map(up -> up.path("url").asString(""));
    }

    /** Stops children whose supervisor was killed. */
    static void stop(Installation installation, Consumer<String> say) {
        installation.upFile().read().ifPresent(up -> {
            for (JsonNode process : up.path("processes")) {
                living(process).ifPresent(handle -> {
                    say.accept("stopping " + process.path("name").asString("") + " (pid " + handle.pid()
                            + "), left over from a run that was killed");
                    end(handle);
                });
            }
            installation.upFile().delete();
        });
    }

    /** The process described, if it lives: the same number may be another one's by now, the same start is not. */
    private static Optional<ProcessHandle> living(JsonNode described) {
        return ProcessHandle.of(described.path("pid").asLong(-1))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> startedAtMillis(handle)
                        == described.path("started_at_millis").asLong(-1));
    }

    /** When a process started, epoch milliseconds; -1 when it is gone. */
    static long startedAtMillis(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
    }

    private static void end(ProcessHandle handle) {
        handle.destroy();
        try {
            handle.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            handle.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new SupervisorException("Process " + handle.pid() + " cannot be waited for: " + e.getCause());
        }
    }
}
