package dev.parley.local.supervisor;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one child process is started and known to be ready.
 *
 * @param name for people and for its log
 * @param command program and arguments
 * @param environment added to the supervisor's own
 * @param folder it runs in
 * @param log its output goes there; the run before is kept beside it
 * @param ready how it is known to be ready
 */
record ChildSpec(
        String name, List<String> command, Map<String, String> environment, Path folder, Path log, Ready ready) {
    /** What tells that a process is ready. */
    sealed interface Ready {
        /** The address answers 200. */
        record Answers(URI health) implements Ready {}

        /** A line that starts so stands in its log. */
        record Says(String prefix) implements Ready {}
    }

    ChildSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Where it answers for its health, when it does. */
    Optional<URI> health() {
        return ready instanceof Ready.Answers(URI health) ? Optional.of(health) : Optional.empty();
    }
}
