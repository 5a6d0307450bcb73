package dev.parley.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a join costs in CPU time: what was used while people came and went, less what was used in as long a time in which nobody did. What a visitor is sent
 * until he leaves is in it.
 *
 * @param before a time in which nobody came
 * @param ownBefore CPU-seconds of the load generator in that time
 * @param during the time in which they came and went
 * @param ownDuring CPU-seconds of the load generator in that time
 * @param joins how many came
 */
record ChurningCost(Span before, double ownBefore, Span during, double ownDuring, long joins) {
    private static final double MILLIS = 1000;

    /** CPU-seconds of this process so far. */
    static double ownSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    /** Milliseconds of the server's CPU time, softirq included. */
    double serverMillis() {
        return millis(before.cpuSeconds(), during.cpuSeconds());
    }

    /** Milliseconds of the load generator's CPU time. */
    double generatorMillis() {
        return millis(ownBefore, ownDuring);
    }

    private double millis(double secondsBefore, double secondsDuring) {
        return (secondsDuring - secondsBefore * during.seconds() / before.seconds()) * MILLIS / joins;
    }
}
