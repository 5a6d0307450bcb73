package dev.parley.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A media node in a process of its own, started from its packaged jars and stopped again. */
final class MeasuredNode implements AutoCloseable {
    static final String ID = "bench-node";

    private static final int START_SECONDS = 60;
    private static final Pattern CONTROL = Pattern.compile("control +(\\S+) certificate (\\S+)");
    private static final Pattern METRICS = Pattern.compile("metrics +(http://[^/ ]+)/metrics.*");
    private static final Pattern INCARNATION = Pattern.compile("node +\\S+ incarnation (\\S+) .*");
    private static final Pattern SRTP = Pattern.compile("srtp +(.*)");

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile boolean ready;
    private volatile String controlUrl = "";
    private volatile String fingerprint = "";
    private volatile String metricsUrl = "";
    private volatile String incarnation = "";
    private volatile String srtp = "";

    private MeasuredNode(Process process) {
        this.process = process;
        Thread.ofVirtual().name("node-output").start(this::readOutput);
    }

    /**
     * Starts a node and waits until it is ready.
     *
     * @param home the node module's folder, with {@code target/node.jar} and {@code target/lib}
     * @param keys folder of the keys it trusts
     * @param log where its log goes
     * @throws IOException when it cannot be started or is not ready in time
     */
    static MeasuredNode start(Path home, Path keys, Path log, int participants, int agents, String javaOptions)
            throws IOException, InterruptedException {
        Path jar = home.resolve("target/node.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IOException(jar + " is missing; build it: mvn package -DskipTests -pl media-fleet/node -am");
        }
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(javaOptions.split(" ")));
        command.addAll(List.of("-cp", jar + ":" + home.resolve("target/lib") + "/*", "dev.parley.node.NodeMain"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "KEYS_URI", keys.toUri().toString(),
                        "NODE_ID", ID,
                        "NODE_LEASE", "off",
                        "NODE_CONTROL_PORT", "0",
                        "NODE_METRICS_PORT", "0",
                        "NODE_MEDIA_PORT", "0",
                        "NODE_MEDIA_BIND", "127.0.0.1",
                        "NODE_MEDIA_HOST", "127.0.0.1",
                        "NODE_AGENTS", String.valueOf(agents),
                        "NODE_MAX_PARTICIPANTS", String.valueOf(participants)));
        // Measured is what it does at its limit, which it would refuse to be brought to.
        builder.environment().put("NODE_OVERLOAD", "off");
        MeasuredNode node = new MeasuredNode(builder.start());
        if (!node.started.await(START_SECONDS, TimeUnit.SECONDS) || !node.ready) {
            node.close();
            throw new IOException("the node did not start; its log is " + log);
        }
        return node;
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read(line);
            }
        } catch (IOException e) {
            // The pipe goes with the process.
        } finally {
            started.countDown();
        }
    }

    private void read(String line) {
        Matcher control = CONTROL.matcher(line);
        Matcher metrics = METRICS.matcher(line);
        Matcher name = INCARNATION.matcher(line);
        Matcher crypto = SRTP.matcher(line);
        if (control.matches()) {
            controlUrl = control.group(1);
            fingerprint = control.group(2);
        } else if (metrics.matches()) {
            metricsUrl = metrics.group(1);
        } else if (name.matches()) {
            incarnation = name.group(1);
        } else if (crypto.matches()) {
            srtp = crypto.group(1);
        } else if (line.startsWith("ready ")) {
            ready = true;
            started.countDown();
        }
    }

    long pid() {
        return process.pid();
    }

    String controlUrl() {
        return controlUrl;
    }

    String fingerprint() {
        return fingerprint;
    }

    String incarnation() {
        return incarnation;
    }

    /** What it says about its SRTP provider. */
    String srtp() {
        return srtp;
    }

    /** Its counters and gauges by name, those of several agents added up. */
    NodeNumbers numbers() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(metricsUrl + "/metrics")).build();
        try {
            return NodeNumbers.read(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException("the node does not tell its numbers", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(8, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
    }
}
