package dev.parley.bench.roads;

import java.io.PrintStream;

/** Asks the system for what is not measured here, and tells what it says. */
final class Refusals {
    private static final int IORING_SETUP = 425;

    private Refusals() {}

    static void tell(Linux linux, PrintStream out) {
        int udp = linux.socket(Linux.AF_INET, Linux.SOCK_DGRAM);
        tell(out, "socket(AF_XDP)", closing(linux, linux.socket(Linux.AF_XDP, Linux.SOCK_RAW)));
        tell(out, "SO_BUSY_POLL", linux.setsockopt(udp, Linux.SOL_SOCKET, Linux.SO_BUSY_POLL, 50));
        tell(out, "SO_ZEROCOPY", linux.setsockopt(udp, Linux.SOL_SOCKET, Linux.SO_ZEROCOPY, 1));
        tell(out, "SO_MAX_PACING_RATE", linux.setsockopt(udp, Linux.SOL_SOCKET, Linux.SO_MAX_PACING_RATE, 1_000_000));
        // Without its parameters io_uring_setup answers EFAULT where it exists and may be used.
        tell(out, "io_uring_setup without parameters", linux.syscall(IORING_SETUP, 1, 0, 0, 0, 0, 0));
        linux.close(udp);
    }

    private static int closing(Linux linux, int fd) {
        if (fd >= 0) {
            linux.close(fd);
        }
        return fd;
    }

    private static void tell(PrintStream out, String what, long answer) {
        out.println(what + ": " + (answer < 0 ? Linux.text(-answer) : "yes"));
    }
}
