package dev.parley.local.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that outlived the JVM which started it (killed with SIGKILL, say). It still holds the data folder, so it is asked to
 * finish before a new one starts: nothing is lost, and the port is ours to choose again.
 */
final class OrphanedDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedDatabase.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private OrphanedDatabase() {}

    /** Stops the server named in the folder's {@code postmaster.pid}, if that process lives and really is a PostgreSQL. */
    static void stop(Path dataFolder) {
        Optional<ProcessHandle> orphan = postmaster(dataFolder);
        if (orphan.isEmpty()) {
            return;
        }
        ProcessHandle process = orphan.get();
        LOG.info("Stopping PostgreSQL {} left over on {}", process.pid(), dataFolder);
        signal("INT", process); // fast shutdown: sessions are cut, transactions rolled back, files closed
        if (!ended(process)) {
            process.destroyForcibly();
            if (!ended(process)) {
                throw new StoresException("PostgreSQL process " + process.pid() + " still holds " + dataFolder
                        + " and does not stop; end it and start again");
            }
        }
    }

    private static Optional<ProcessHandle> postmaster(Path dataFolder) {
        Path lock = dataFolder.resolve("postmaster.pid");
        try {
            if (!Files.exists(lock)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(lock);
            long pid = lines.isEmpty() ? -1 : Long.parseLong(lines.getFirst().strip());
            return ProcessHandle.of(pid).filter(OrphanedDatabase::isPostgres);
        } catch (IOException | NumberFormatException e) {
            LOG.warn("Cannot read {}: {}", lock, e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.endsWith("postgres"))
                .orElse(false);
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new StoresException("Waiting for PostgreSQL " + process.pid() + " failed", e);
        }
    }
}
