package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code local/bench sfu}: exit code 0 when every target is held, 3 when one is missed, 2 for wrong arguments, 1 when it could not measure. */
public final class BenchMain {
    private static final int MISSED = 3;
    private static final int WRONG_ARGUMENTS = 2;

    private BenchMain() {}

    public static void main(String[] given) {
        if (List.of(given).contains("--help") || List.of(given).contains("-h")) {
            System.out.print(BenchArguments.USAGE);
            return;
        }
        BenchArguments arguments;
        try {
            arguments = BenchArguments.parse(List.of(given));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + BenchArguments.USAGE);
            System.exit(WRONG_ARGUMENTS);
            return;
        }
        endAnyway(arguments);
        try {
            System.exit(run(arguments) ? MISSED : 0);
        } catch (IOException | RuntimeException e) {
            System.err.println("the bench failed: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            System.exit(1);
        }
    }

    /** Whether a target was missed. */
    private static boolean run(BenchArguments arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("parley-bench");
        try {
            Report report = new Report(System.out, arguments.profile(), "parley", true, arguments.json());
            double ours = measure(arguments, parley(arguments, folder), report);
            if (!arguments.peer().isEmpty()) {
                compare(arguments, ours, report, Files.createDirectory(folder.resolve("peer")));
            }
            return report.missed();
        } finally {
            delete(folder);
        }
    }

    static MediaServer parley(BenchArguments arguments, Path folder) throws IOException, InterruptedException {
        ControlPlane control = new ControlPlane(folder.resolve("keys"));
        try {
            MeasuredNode node = MeasuredNode.start(
                    arguments.nodeHome(),
                    folder.resolve("keys"),
                    folder.resolve("node.log"),
                    arguments.people(),
                    arguments.agents(),
                    arguments.nodeJava());
            System.err.printf(
                    "srtp %s; arrival %s; log %s%n",
                    node.srtp(),
                    arguments.burst() ? "burst" : "spread:" + arguments.gap().toMillis() + "ms",
                    folder.resolve("node.log"));
            return new ParleyServer(node, control);
        } catch (IOException | InterruptedException | RuntimeException e) {
            control.close();
            throw e;
        }
    }

    /** Packets per CPU-second; ends the server. */
    private static double measure(BenchArguments arguments, MediaServer started, Report report)
            throws IOException, InterruptedException {
        Thread stop = new Thread(started::close);
        Runtime.getRuntime().addShutdownHook(stop);
        try (MediaServer server = started) {
            return new Run(arguments, server, report).run();
        } finally {
            Runtime.getRuntime().removeShutdownHook(stop);
        }
    }

    private static void compare(BenchArguments arguments, double ours, Report report, Path folder)
            throws IOException, InterruptedException {
        String name = arguments.peer();
        PeerServer kind = PeerServer.find(name)
                .orElseThrow(() -> new IOException("there is no server of the name " + name + " to compare with"));
        Report theirs = new Report(System.out, arguments.profile(), name, false, arguments.json());
        double peer = measure(arguments, kind.start(folder), theirs);
        report.atLeast(arguments.roomProfile().ratioTarget(), "ratio_to_" + name, ours / peer, "");
    }

    /** A bench that hangs is ended; the shutdown hook ends the node. */
    private static void endAnyway(BenchArguments arguments) {
        long each = 180L
                + Math.max(30, arguments.warmUpSeconds())
                + arguments.seconds() * (2L + 2L * arguments.scale().size())
                + 40L * arguments.scale().size()
                + arguments.people() / 5;
        long seconds = arguments.peer().isEmpty() ? each : 2 * each;
        Thread.ofPlatform().daemon().name("deadline").start(() -> {
            try {
                Thread.sleep(seconds * 1000);
                System.err.println("the bench did not end within " + seconds + " seconds");
                System.exit(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void delete(Path folder) throws IOException {
        List<Path> found;
        try (Stream<Path> paths = Files.walk(folder)) {
            found = paths.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path path : found) {
            Files.delete(path);
        }
    }
}
