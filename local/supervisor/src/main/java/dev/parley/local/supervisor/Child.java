package dev.parley.local.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One child process, kept running until it is stopped. */
final class Child {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration PROBE_EVERY = Duration.ofMillis(50);
    private static final int LOG_TAIL_LINES = 20;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final ChildSpec spec;
    private final Consumer<String> say;
    private final Runnable changed;
    private final Backoff backoff = new Backoff();
    private Process process;
    private long startedNanos;
    private int restarts;
    private boolean stopping;
    private boolean everReady;

    /**
     * @param say tells the person
     * @param changed called when the process was started anew
     */
    Child(ChildSpec spec, Consumer<String> say, Runnable changed) {
        this.spec = spec;
        this.say = say;
        this.changed = changed;
    }

    ChildSpec spec() {
        return spec;
    }

    synchronized long pid() {
        return process.pid();
    }

    synchronized int restarts() {
        return restarts;
    }

    synchronized void start() {
        try {
            Files.createDirectories(spec.log().getParent());
            if (Files.exists(spec.log())) {
                Path former = spec.log().resolveSibling(spec.log().getFileName() + ".1");
                Files.move(spec.log(), former, StandardCopyOption.REPLACE_EXISTING);
            }
            var builder = new ProcessBuilder(ownSession(spec.command()))
                    .directory(spec.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(spec.log().toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(spec.environment());
            process = builder.start();
            startedNanos = System.nanoTime();
        } catch (IOException e) {
            throw new SupervisorException(spec.name() + " cannot be started: " + e.getMessage());
        }
        process.onExit().thenAccept(this::ended);
    }

    /**
     * Waits until it is ready.
     *
     * @throws SupervisorException with the end of its log when it ends first or takes too long
     */
    void awaitReady(Probe probe, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready(probe)) {
            Process current;
            synchronized (this) {
                current = process;
            }
            if (current.waitFor(PROBE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SupervisorException(spec.name() + " ended with code " + current.exitValue() + logTail());
            }
            if (System.nanoTime() > deadline) {
                throw new SupervisorException(
                        spec.name() + " was not ready within " + limit.toSeconds() + " s" + logTail());
            }
        }
        synchronized (this) {
            everReady = true;
        }
    }

    /** Asks it to end, and ends it when it does not. */
    void stop() {
        Process current;
        synchronized (this) {
            stopping = true;
            current = process;
        }
        if (current == null) {
            return;
        }
        current.destroy();
        try {
            if (!current.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                say.accept(spec.name() + " does not stop; ending it");
                current.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            current.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The rest of the first line of the log that starts with {@code prefix}. */
    Optional<String> said(String prefix) {
        try (Stream<String> lines = Files.lines(spec.log())) {
            return lines.filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private boolean ready(Probe probe) {
        return switch (spec.ready()) {
            case ChildSpec.Ready.Answers answers -> probe.healthy(answers.health());
            case ChildSpec.Ready.Says says -> said(says.prefix()).isPresent();
        };
    }

    private void ended(Process ended) {
        Duration wait;
        synchronized (this) {
            if (stopping || !everReady || ended != process) {
                return;
            }
            wait = backoff.after(Duration.ofNanos(System.nanoTime() - startedNanos));
        }
        Thread.ofVirtual().name("restart-" + spec.name()).start(() -> restart(ended.exitValue(), wait));
    }

    private void restart(int exitCode, Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (this) {
            if (stopping) {
                return;
            }
            restarts++;
            say.accept(spec.name() + " ended with code " + exitCode + "; started again (see " + spec.log() + ".1)");
            start();
        }
        changed.run();
    }

    /** In a session of its own, so that Ctrl-C reaches the supervisor alone, which then stops its children in order. */
    private static List<String> ownSession(List<String> command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        var whole = new ArrayList<String>();
        whole.add(SETSID.toString());
        whole.addAll(command);
        return whole;
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(spec.log());
            List<String> tail = lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
            return ". The end of " + spec.log() + ":\n  " + String.join("\n  ", tail);
        } catch (IOException | UncheckedIOException e) {
            return ". Its log " + spec.log() + " cannot be read";
        }
    }
}
