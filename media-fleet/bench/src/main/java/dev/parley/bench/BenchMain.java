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
        boolean missed = measure(arguments, folder);
        delete(folder);
        return missed;
    }

    private static boolean measure(BenchArguments arguments, Path folder) throws IOException, InterruptedException {
        try (ControlPlane control = new ControlPlane(folder.resolve("keys"));
                MeasuredNode node = MeasuredNode.start(
                        arguments.nodeHome(),
                        folder.resolve("keys"),
                        folder.resolve("node.log"),
                        arguments.receivers(),
                        arguments.agents(),
                        arguments.nodeJava())) {
            Thread stop = new Thread(node::close);
            Runtime.getRuntime().addShutdownHook(stop);
            System.err.printf(
                    "srtp %s; arrival %s; log %s%n",
                    node.srtp(),
                    arguments.burst() ? "burst" : "spread:" + arguments.gap().toMillis() + "ms",
                    folder.resolve("node.log"));
            Report report = new Report(System.out, arguments.profile(), arguments.json());
            MediaServer server = new ParleyServer(node, control);
            try (Crowd crowd = new Crowd(server)) {
                new Run(arguments, profile(arguments), server, crowd, report).run();
            }
            Runtime.getRuntime().removeShutdownHook(stop);
            return report.missed();
        }
    }

    private static Profile profile(BenchArguments arguments) {
        return switch (arguments.profile()) {
            case "meeting" -> new Meeting(arguments);
            case "audio" -> new Audio(arguments);
            default -> new Broadcast(arguments);
        };
    }

    /** A bench that hangs is ended; the shutdown hook ends the node. */
    private static void endAnyway(BenchArguments arguments) {
        long seconds = 120L + arguments.warmUpSeconds() + arguments.seconds() + arguments.receivers() / 5;
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
