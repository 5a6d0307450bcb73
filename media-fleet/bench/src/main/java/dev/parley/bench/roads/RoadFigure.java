package dev.parley.bench.roads;

import java.util.Arrays;
import java.util.Locale;

/**
 * What one road gave at one length of runs.
 *
 * @param road its name
 * @param run packets of a run
 * @param packetsPerCpuSecond what its better turns reached, see {@link #better}
 * @param ratio to the first road, turn about with which it was measured
 */
record RoadFigure(String road, int run, double packetsPerCpuSecond, double ratio) {
    /** The figure of a road's turns beside those of the road it is held against. */
    static RoadFigure of(String road, int run, double[] turns, double[] against) {
        double packetsPerCpuSecond = better(turns);
        return new RoadFigure(road, run, packetsPerCpuSecond, packetsPerCpuSecond / better(against));
    }

    /** The value that nine of ten do not exceed: a busy machine takes caches away and makes turns slower, never faster. */
    static double better(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) * 9 / 10];
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"bench\":\"roads\",\"profile\":\"%s\",\"server\":\"parley\",\"run\":%d,\"packets_per_cpu_second\":%.0f,\"ratio\":%.3f}",
                road,
                run,
                packetsPerCpuSecond,
                ratio);
    }

    /** Thousands of packets a CPU-second, and the ratio. */
    String cell() {
        return String.format(Locale.ROOT, "%.0f k (%.2f)", packetsPerCpuSecond / 1000, ratio);
    }
}
