package dev.parley.bench.stages;

import dev.parley.transport.srtp.SrtpProvider;
import dev.parley.transport.udp.UdpEngineChoice;
import dev.parley.transport.udp.UdpEngines;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@code local/bench stages [--seconds S] [--json] [REGEX]}: the stages whose name the expression finds, in a Java process of their own each, as a table of
 * nanoseconds and allocated bytes. The smallest of {@value #MEASUREMENTS} short measurements counts: whatever else a machine does only adds to it.
 */
public final class StagesMain {
    private static final int WARM_UP_SECONDS = 3;
    private static final int MEASUREMENTS = 100;
    private static final int MILLIS_PER_SECOND = 1000;
    private static final String USAGE =
            "local/bench stages [--seconds S] [--json] [REGEX]    S: seconds to measure a stage (5)";

    private StagesMain() {}

    public static void main(String[] given) throws RunnerException {
        String include = "";
        int seconds = 5;
        boolean json = false;
        for (int i = 0; i < given.length; i++) {
            switch (given[i]) {
                case "--json" -> json = true;
                case "--seconds" -> seconds = seconds(given, ++i);
                default -> {
                    if (given[i].startsWith("-")) {
                        refuse();
                    }
                    include = given[i];
                }
            }
        }
        Options options = options(include, seconds);
        System.err.println("measuring; each stage takes about " + (WARM_UP_SECONDS + 1 + seconds) + " seconds");
        tell(new Runner(options).run(), json);
    }

    private static int seconds(String[] given, int at) {
        if (at >= given.length || !given[at].matches("[1-9]\\d?")) {
            refuse();
        }
        return Integer.parseInt(given[at]);
    }

    private static void refuse() {
        System.err.println(USAGE);
        System.exit(2);
    }

    private static Options options(String include, int seconds) {
        return new OptionsBuilder()
                .include("dev\\.parley\\.bench\\.stages\\..*" + include)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .warmupIterations(WARM_UP_SECONDS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(MEASUREMENTS)
                .measurementTime(TimeValue.milliseconds(seconds * MILLIS_PER_SECOND / MEASUREMENTS))
                .forks(1)
                .jvmArgsAppend("--enable-native-access=ALL-UNNAMED", "-Xmx1g", "-XX:+UseSerialGC")
                .param("provider", providers())
                .param("engine", engines())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static String[] providers() {
        return Stream.of(SrtpProvider.values())
                .filter(provider -> provider.probe().crypto().isPresent())
                .map(SrtpProvider::name)
                .toArray(String[]::new);
    }

    private static String[] engines() {
        String nio = UdpEngineChoice.NIO.name();
        return UdpEngines.refusal().isPresent()
                ? new String[] {nio}
                : new String[] {UdpEngineChoice.BATCHED.name(), nio};
    }

    private static void tell(Collection<RunResult> results, boolean json) {
        List<StageFigure> figures =
                results.stream().map(StageFigure::of).sorted().toList();
        if (!json) {
            System.out.println(StageFigure.HEADING);
        }
        for (StageFigure figure : figures) {
            System.out.println(json ? figure.json() : figure.row());
        }
    }
}
