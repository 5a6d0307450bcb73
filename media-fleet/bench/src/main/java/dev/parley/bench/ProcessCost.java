package dev.parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process has cost up to one moment, from {@code /proc}.
 *
 * <p>Packets on the loopback interface are received in the sender's system call, so most of softirq's work is in the sender's system time already. What the
 * kernel put off to its {@code ksoftirqd} threads is told apart.
 *
 * @param userSeconds in user mode
 * @param systemSeconds in the kernel
 * @param kernelThreadSeconds of all {@code ksoftirqd} threads of the machine
 * @param residentBytes memory in use
 */
record ProcessCost(double userSeconds, double systemSeconds, double kernelThreadSeconds, long residentBytes) {
    /** Linux tells user space times in hundredths of a second on every architecture. */
    private static final double TICKS_PER_SECOND = 100;

    static ProcessCost of(long pid) {
        String[] stat = stat(Path.of("/proc", String.valueOf(pid), "stat"));
        return new ProcessCost(
                Long.parseLong(stat[11]) / TICKS_PER_SECOND,
                Long.parseLong(stat[12]) / TICKS_PER_SECOND,
                kernelThreads(),
                resident(pid));
    }

    /** The fields behind the name, which may hold spaces; the first is the state. */
    private static String[] stat(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(text.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            throw new UncheckedIOException("this bench reads the node's cost from " + file, e);
        }
    }

    private static double kernelThreads() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                            .filter(path -> path.getFileName().toString().matches("\\d+"))
                            .filter(path -> name(path).startsWith("ksoftirqd"))
                            .mapToLong(path -> Long.parseLong(stat(path.resolve("stat"))[12]))
                            .sum()
                    / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm"));
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    private static long resident(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
