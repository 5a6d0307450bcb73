package dev.parley.local.load;

import dev.parley.contracts.Wire;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The functions' part of {@code local/bench start}: exit code 0 when each answers its first event in time, 3 when one does not, 2 for wrong
 * arguments.
 */
public final class StartBench {
    private static final double PLAIN_TARGET_MS = 900;
    private static final double CACHED_TARGET_MS = 450;
    /** Or what was compiled in training is compiled again before it is known to be needed; in training too, or the cache has to hold it. */
    private static final List<String> NO_REPLAY = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTReplayTraining");

    private static final String METRIC = "function_first_response_ms";
    private final StartArguments arguments;
    private final Report report;
    private final Path folder;
    private final Map<String, String> environment;
    private final FirstEvents events;

    private StartBench(StartArguments arguments, Stores stores, Path folder) {
        this.arguments = arguments;
        this.report = new Report("start", arguments.json());
        this.folder = folder;
        this.environment = PackagedEnvironment.over(stores, folder);
        this.events = new FirstEvents(arguments.root(), Settings.of(stores.values()));
    }

    /** Runs it. @param given see {@link StartArguments#USAGE} */
    public static void main(String[] given) {
        Bench.main(given, StartArguments.USAGE, StartArguments::parse, StartBench::measured);
    }

    private static boolean measured(StartArguments arguments) throws IOException {
        try (Scratch scratch = Scratch.make("parley-start");
                Stores stores = Stores.temporary()) {
            return new StartBench(arguments, stores, scratch.folder()).run();
        }
    }

    private boolean run() throws IOException {
        List<String> functions = arguments.functions().isEmpty() ? FirstEvents.functions() : arguments.functions();
        for (String function : functions) {
            // Once before it counts: the database's schema, the files in the page cache.
            Path cache = train(function);
            List<String> cached = new ArrayList<>(List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on"));
            cached.addAll(NO_REPLAY);
            report(function, median(function, PackagedFunction.Manner.PLAIN, List.of()), PLAIN_TARGET_MS);
            report(function + " aot", median(function, PackagedFunction.Manner.CONTAINER, cached), CACHED_TARGET_MS);
            report(function + " restored", restored(function), null);
        }
        return report.held();
    }

    /** Writes a cache after the function's golden events were answered, as a container's build would. */
    private Path train(String function) throws IOException {
        Path cache = folder.resolve(function + ".aot");
        Path log = folder.resolve(function + ".train.log");
        List<String> options = new ArrayList<>(List.of("-XX:AOTCacheOutput=" + cache));
        options.addAll(NO_REPLAY);
        try (PackagedFunction packaged = new PackagedFunction(
                arguments.root(), function, environment, log, PackagedFunction.Manner.CONTAINER, options)) {
            for (byte[] event : events.all(function)) {
                packaged.invoke(event);
            }
            // Who signs in is registered by now.
            check(function, packaged.invoke(events.first(function)), log);
        }
        if (!Files.exists(cache)) {
            throw new IllegalStateException("No AOT cache was written:\n" + Files.readString(log));
        }
        return cache;
    }

    /** How long it took, by the clock and in processor time. */
    private record Took(double wallMillis, double processorMillis) {
        static Took by(PackagedFunction packaged) {
            return new Took(
                    packaged.sinceStart().toNanos() / 1e6,
                    packaged.processorTime().toNanos() / 1e6);
        }

        Took since(Took before) {
            return new Took(wallMillis - before.wallMillis, processorMillis - before.processorMillis);
        }

        static Took middle(List<Took> all) {
            return new Took(
                    middle(all.stream().map(Took::wallMillis)),
                    middle(all.stream().map(Took::processorMillis)));
        }

        private static double middle(Stream<Double> values) {
            List<Double> sorted = values.sorted().toList();
            return sorted.get(sorted.size() / 2);
        }
    }

    private void report(String profile, Took took, Double target) {
        report.line(profile, METRIC, took.wallMillis(), "ms", target);
        report.line(profile, "processor_ms", took.processorMillis(), "ms", null);
    }

    private Took median(String function, PackagedFunction.Manner manner, List<String> options) throws IOException {
        List<Took> took = new ArrayList<>();
        for (int run = 0; run < arguments.runs(); run++) {
            byte[] event = events.first(function);
            Path log = folder.resolve(function + ".log");
            try (PackagedFunction packaged =
                    new PackagedFunction(arguments.root(), function, environment, log, manner, options)) {
                byte[] reply = packaged.invoke(event);
                took.add(Took.by(packaged));
                check(function, reply, log);
            }
        }
        return Took.middle(took);
    }

    /** From the end of the wait that a snapshot is taken in; copying memory back is the host's business and not in it. */
    private Took restored(String function) throws IOException {
        List<Took> took = new ArrayList<>();
        for (int run = 0; run < arguments.runs(); run++) {
            Path log = folder.resolve(function + ".log");
            try (PackagedFunction packaged = new PackagedFunction(
                    arguments.root(), function, environment, log, PackagedFunction.Manner.SNAPSHOT, List.of())) {
                packaged.awaitSnapshot();
                byte[] event = events.first(function);
                Took before = Took.by(packaged);
                packaged.restore();
                byte[] reply = packaged.invoke(event);
                took.add(Took.by(packaged).since(before));
                check(function, reply, log);
            }
        }
        return Took.middle(took);
    }

    /** A refusal is not what is measured, and comes sooner. */
    private static void check(String function, byte[] reply, Path log) throws IOException {
        int status = Wire.json().readTree(reply).path("statusCode").asInt(200);
        if (status < 200 || status >= 300) {
            throw new IllegalStateException(
                    function + " answered " + new String(reply, StandardCharsets.UTF_8) + "\n" + Files.readString(log));
        }
    }
}
