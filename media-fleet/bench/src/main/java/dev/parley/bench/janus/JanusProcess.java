package dev.parley.bench.janus;

import java.io.File;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Janus in a process of its own, with a configuration of its own; one that runs as a service of this machine is left alone. */
final class JanusProcess implements AutoCloseable {
    private static final long START_NANOS = 20_000_000_000L;
    private static final long RETRY_MILLIS = 100;
    private static final long STOP_SECONDS = 8;

    private final Process process;
    private final URI api;
    private final InetAddress address;
    private final Path log;

    private JanusProcess(Process process, URI api, InetAddress address, Path log) {
        this.process = process;
        this.api = api;
        this.address = address;
        this.log = log;
    }

    /** The program, when it is installed. */
    static Optional<Path> program() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .map(folder -> Path.of(folder, "janus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts Janus and waits until it answers.
     *
     * @param folder an existing folder for its configuration and its log
     * @param eventLoops threads that serve all participants; 0 gives each a thread of its own
     * @throws IOException when it is not installed, cannot be started, or does not answer in time
     */
    static JanusProcess start(Path folder, int eventLoops) throws IOException, InterruptedException {
        Path program = program()
                .orElseThrow(
                        () -> new IOException("Janus is not installed; on Debian and Ubuntu: sudo apt install janus"));
        InetAddress address = mediaAddress();
        JanusSettings settings = new JanusSettings(address.getHostAddress(), freePort(), eventLoops);
        settings.write(folder);
        Path log = folder.resolve("janus.log");
        Process process = new ProcessBuilder(program.toString(), "--configs-folder", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        JanusProcess server = new JanusProcess(process, URI.create("ws://127.0.0.1:" + settings.port()), address, log);
        try {
            server.awaitAnswer();
            return server;
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_NANOS;
        while (true) {
            try {
                openSession().close();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    throw new IOException("Janus did not start; its log is " + log, e);
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    /** The first IPv4 address of this machine that is not of the loopback interface. */
    private static InetAddress mediaAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .filter(address -> !address.isLoopbackAddress())
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "Janus takes no media on the loopback interface, and this machine has no other IPv4 address"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A session of its WebSocket interface. */
    JanusSession openSession() throws IOException, InterruptedException {
        return JanusSession.open(api);
    }

    /** Where it takes media, and the only place of this machine that it sends media to. */
    InetAddress address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** What it says of itself goes here. */
    Path log() {
        return log;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
