package dev.parley.bench.roads;

import java.util.Arrays;
import java.util.Locale;

/**
 * What one road gave at one length of runs.
 *
 * @param road its name
 * @param run packets of a run
 * @param packetsPerCpuSecond the median of its turns
 * @param ratio to the first road of the same turns, which is the median of the ratios turn by turn
 */
record RoadFigure(String road, int run, double packetsPerCpuSecond, double ratio) {
    /** The figure of a road's turns beside those of the road it is held against. */
    static RoadFigure of(String road, int run, double[] turns, double[] against) {
        double[] ratios = new double[turns.length];
        for (int i = 0; i < turns.length; i++) {
            ratios[i] = turns[i] / against[i];
        }
        return new RoadFigure(road, run, median(turns), median(ratios));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
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
