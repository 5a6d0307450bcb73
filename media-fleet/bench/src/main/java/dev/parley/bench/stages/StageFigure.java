package dev.parley.bench.stages;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one stage costs.
 *
 * @param stage its name: the benchmark's class and method, and its parameters
 * @param nanos the smallest measurement of one operation
 * @param allocatedBytes of one operation, on average
 */
record StageFigure(String stage, double nanos, double allocatedBytes) implements Comparable<StageFigure> {
    static final String HEADING = "| stage | ns | B allocated |\n|---|---:|---:|";

    private static final String ALLOCATION = "gc.alloc.rate.norm";
    /** What the measuring itself allocates is spread over many operations and is no number of bytes. */
    private static final double NOTHING = 0.5;

    static StageFigure of(RunResult result) {
        Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
        return new StageFigure(
                name(result.getParams()),
                result.getPrimaryResult().getStatistics().getMin(),
                allocation == null ? Double.NaN : allocation.getScore());
    }

    private static String name(BenchmarkParams params) {
        String[] path = params.getBenchmark().split("\\.");
        String values = params.getParamsKeys().stream()
                .map(key -> key + " " + params.getParam(key))
                .collect(Collectors.joining(", "));
        return name(path[path.length - 2], path[path.length - 1], values);
    }

    /** {@code SrtpStage}, {@code open}, {@code provider jce} is "srtp: open (provider jce)". */
    static String name(String type, String method, String values) {
        String words = words(type.replaceFirst("Stage$", "")) + ": " + words(method);
        return values.isEmpty() ? words : words + " (" + values + ")";
    }

    private static String words(String camels) {
        return camels.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    String row() {
        String bytes = allocatedBytes < NOTHING ? "0" : String.format(Locale.ROOT, "%.0f", allocatedBytes);
        return String.format(
                Locale.ROOT, nanos < 100 ? "| %s | %.1f | %s |" : "| %s | %.0f | %s |", stage, nanos, bytes);
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"bench\":\"stages\",\"profile\":\"%s\",\"server\":\"parley\",\"nanos\":%.2f,\"allocated_bytes\":%.2f}",
                stage,
                nanos,
                allocatedBytes);
    }

    @Override
    public int compareTo(StageFigure other) {
        return Comparator.comparing(StageFigure::stage).compare(this, other);
    }
}
