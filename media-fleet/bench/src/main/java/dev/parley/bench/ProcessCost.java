package dev.parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What processes have cost up to one moment, from {@code /proc}.
 *
 * <p>Packets on the loopback interface are received in the sender's system call: the softirq that carries a packet to its receiver's socket runs on the
 * sender's time. A kernel without CONFIG_IRQ_TIME_ACCOUNTING has it in the process's system time already, and the sum of user and system time is the
 * scheduler's exact one. A kernel with it takes softirq out of the process's time; then the machine's softirq time counts, by the share of the packets that
 * the processes sent. Both add what the kernel put off to its {@code ksoftirqd} threads, by the same share.
 *
 * @param userSeconds in user mode
 * @param systemSeconds in the kernel
 * @param softirqSeconds of the whole machine, as far as it is in no process's time
 * @param residentBytes memory in use
 */
record ProcessCost(double userSeconds, double systemSeconds, double softirqSeconds, long residentBytes) {
    /** Linux tells user space times in hundredths of a second on every architecture. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int SOFTIRQ_OF_MACHINE = 7;
    private static final boolean APART = softirqIsApart();

    static ProcessCost of(List<Long> pids) {
        double user = 0;
        double system = 0;
        long resident = 0;
        for (long pid : pids) {
            String[] stat = stat(Path.of("/proc", String.valueOf(pid), "stat"));
            user += Long.parseLong(stat[11]) / TICKS_PER_SECOND;
            system += Long.parseLong(stat[12]) / TICKS_PER_SECOND;
            resident += resident(pid);
        }
        return new ProcessCost(user, system, APART ? softirqOfMachine() : kernelThreads(), resident);
    }

    /** Whether this kernel takes softirq out of the time of the process it interrupts. */
    private static boolean softirqIsApart() {
        Path boot = Path.of("/boot/config-" + System.getProperty("os.version"));
        Path own = Path.of("/proc/config.gz");
        try {
            String config = "";
            if (Files.isReadable(own)) {
                try (var unpacked = new GZIPInputStream(Files.newInputStream(own))) {
                    config = new String(unpacked.readAllBytes(), StandardCharsets.ISO_8859_1);
                }
            } else if (Files.isReadable(boot)) {
                config = Files.readString(boot);
            }
            return config.contains("CONFIG_IRQ_TIME_ACCOUNTING=y");
        } catch (IOException e) {
            return false;
        }
    }

    /** The fields behind the name, which may hold spaces; the first is the state. */
    private static String[] stat(Path file) {
        try {
            String text = Files.readString(file);
            return text.substring(text.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            throw new UncheckedIOException("this bench reads the server's cost from " + file, e);
        }
    }

    private static double softirqOfMachine() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            return lines.filter(line -> line.startsWith("cpu "))
                    .mapToDouble(line -> Long.parseLong(line.split(" +")[SOFTIRQ_OF_MACHINE]) / TICKS_PER_SECOND)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
