package dev.parley.node.overload;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where the machine's processor time went between two looks. Steal and the machine's own use come from Linux's {@code /proc/stat},
 * throttling from a version 2 control group's {@code cpu.stat}; where those are missing they count as nothing.
 */
public final class MachineCpu {
    /** Of the fields behind {@code cpu} in {@code /proc/stat}: user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final int FIELDS = 8;

    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;

    /**
     * Shares of the time since the last look, 0 to 1.
     *
     * @param busy of all processors, by anybody
     * @param own of all processors, by this process
     * @param steal of all processors, given to others by the hypervisor
     * @param throttled of the control group's scheduling periods, cut short by its quota
     */
    public record Shares(double busy, double own, double steal, double throttled) {
        /** Before the first look. */
        static final Shares NONE = new Shares(0, 0, 0, 0);
    }

    private final Path processes;
    private final Path groups;
    private final LongSupplier ownNanos;
    private final int processors;
    private long lastLookNanos;
    private long lastOwnNanos;
    private long[] lastTicks;
    private long[] lastPeriods;

    /**
     * Looks at these places.
     *
     * @param processes where {@code /proc} is
     * @param groups where {@code /sys/fs/cgroup} is
     * @param ownNanos processor time this process has used
     * @param processors how many it may use
     */
    MachineCpu(Path processes, Path groups, LongSupplier ownNanos, int processors, long nowNanos) {
        this.processes = processes;
        this.groups = groups;
        this.ownNanos = ownNanos;
        this.processors = processors;
        this.lastLookNanos = nowNanos;
        this.lastOwnNanos = ownNanos.getAsLong();
        this.lastTicks = ticks();
        this.lastPeriods = periods();
    }

    /** This machine's. */
    public static MachineCpu ofThisMachine() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new MachineCpu(
                Path.of("/proc"),
                Path.of("/sys/fs/cgroup"),
                system::getProcessCpuTime,
                Runtime.getRuntime().availableProcessors(),
                System.nanoTime());
    }

    /** What happened since the last time. */
    Shares look(long nowNanos) {
        long[] ticks = ticks();
        long[] periods = periods();
        long own = ownNanos.getAsLong();
        long all = difference(lastTicks, ticks, 0, FIELDS);
        Shares shares = new Shares(
                share(all - difference(lastTicks, ticks, IDLE, IO_WAIT + 1), all),
                share(own - lastOwnNanos, (nowNanos - lastLookNanos) * processors),
                share(difference(lastTicks, ticks, STEAL, FIELDS), all),
                share(difference(lastPeriods, periods, 1, 2), difference(lastPeriods, periods, 0, 1)));
        lastTicks = ticks;
        lastPeriods = periods;
        lastOwnNanos = own;
        lastLookNanos = nowNanos;
        return shares;
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : Math.clamp((double) part / whole, 0, 1);
    }

    private static long difference(long[] before, long[] after, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += after[i] - before[i];
        }
        return sum;
    }

    /** The first line of {@code /proc/stat}; zeros where there is none. */
    private long[] ticks() {
        long[] ticks = new long[FIELDS];
        List<String> lines = lines(processes.resolve("stat"));
        String[] words =
                lines.isEmpty() ? new String[0] : lines.getFirst().trim().split("\\s+");
        if (words.length > FIELDS && words[0].equals("cpu")) {
            for (int i = 0; i < FIELDS; i++) {
                ticks[i] = number(words[i + 1]);
            }
        }
        return ticks;
    }

    /** Periods, and how many of them were throttled; zeros without a quota. */
    private long[] periods() {
        long[] periods = new long[2];
        Optional<String> group = lines(processes.resolve("self/cgroup")).stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> line.substring("0::/".length()))
                .findFirst();
        if (group.isPresent()) {
            for (String line : lines(groups.resolve(group.get()).resolve("cpu.stat"))) {
                if (line.startsWith("nr_periods ")) {
                    periods[0] = number(line.substring("nr_periods ".length()));
                } else if (line.startsWith("nr_throttled ")) {
                    periods[1] = number(line.substring("nr_throttled ".length()));
                }
            }
        }
        return periods;
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            // Not Linux, or not allowed: then it is not counted.
            return List.of();
        }
    }
}
