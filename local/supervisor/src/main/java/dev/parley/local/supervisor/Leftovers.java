package dev.parley.local.supervisor;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What an earlier supervisor left: a running installation, or children that outlived it. */
final class Leftovers {
    private static final int PATIENCE_SECONDS = 10;

    private Leftovers() {}

    /** The URL of an installation whose supervisor lives. */
    static Optional<String> runningUrl(Installation installation) {
        return installation
                .upFile()
                .read()
                .filter(up -> parley(up.path("pid").asLong(-1)).isPresent())
                .map(up -> up.path("url").asString(""));
    }

    /** Stops children whose supervisor was killed. */
    static void stop(Installation installation, Consumer<String> say) {
        installation.upFile().read().ifPresent(up -> {
            for (JsonNode process : up.path("processes")) {
                parley(process.path("pid").asLong(-1)).ifPresent(handle -> {
                    say.accept("stopping " + process.path("name").asString("") + " (pid " + handle.pid()
                            + "), left over from a run that was killed");
                    end(handle);
                });
            }
            installation.upFile().delete();
        });
    }

    private static Optional<ProcessHandle> parley(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .commandLine()
                        .map(line -> line.contains("dev.parley."))
                        .orElse(false));
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
