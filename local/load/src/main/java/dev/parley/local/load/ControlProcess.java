package dev.parley.local.load;

import dev.parley.contracts.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The control plane as {@code local/up} runs it, in a process and a folder of its own, without rate limits. */
final class ControlProcess implements AutoCloseable {
    private static final String LOG = "control.log";
    private static final int LAST_LINES = 40;
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final Path folder;
    private final Process process;
    private final URI url;

    private ControlProcess(Path folder, Process process, URI url) {
        this.folder = folder;
        this.process = process;
        this.url = url;
    }

    /** @param root the repository's folder, with packaged functions */
    static ControlProcess start(Path root) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("parley-bench");
        Path runFile = folder.resolve("run/control.json");
        Path log = folder.resolve(LOG);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseParallelGC",
                        "-Xmx2g",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.parley.local.supervisor.Control",
                        "--data",
                        folder.toString(),
                        "--template",
                        root.resolve("template.yaml").toString(),
                        "--rate-limits",
                        "off",
                        "--run-file",
                        runFile.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Instant deadline = Instant.now().plus(LONGEST_START);
        while (!isWritten(runFile)) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || Instant.now().isAfter(deadline)) {
                process.destroyForcibly();
                throw new IllegalStateException("The control process did not start:\n" + Files.readString(log));
            }
        }
        return new ControlProcess(
                folder,
                process,
                URI.create(Wire.tree(Files.readString(runFile)).path("url").asString()));
    }

    private static boolean isWritten(Path runFile) throws IOException {
        return Files.exists(runFile) && Files.readString(runFile).strip().endsWith("}");
    }

    URI url() {
        return url;
    }

    /** The end of what it logged, for somebody who wonders what went wrong. */
    String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(LOG));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** What it logged about sockets that ended otherwise than they should. */
    List<String> ofSockets() throws IOException {
        return Files.readAllLines(folder.resolve(LOG)).stream()
                .filter(line -> line.contains("Socket "))
                .toList();
    }

    /** User and system time that the process has taken, seconds. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
