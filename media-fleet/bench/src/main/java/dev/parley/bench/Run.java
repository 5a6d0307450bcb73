package dev.parley.bench;

import dev.parley.bench.wire.Transit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/** A measured run: what a packet costs the node, how long it takes, and whether all arrive. */
final class Run {
    private static final long QUIET_MILLIS = 300;
    private static final long FLOW_MILLIS = 20_000;
    private static final long TURN_MILLIS = 500;
    private static final int FLOWING_PACKETS = 50;

    private final BenchArguments arguments;
    private final Profile profile;
    private final MediaServer server;
    private final Crowd crowd;
    private final Report report;

    Run(BenchArguments arguments, Profile profile, MediaServer server, Crowd crowd, Report report) {
        this.arguments = arguments;
        this.profile = profile;
        this.server = server;
        this.crowd = crowd;
        this.report = report;
    }

    void run() throws IOException, InterruptedException {
        try (NodeProbe probe = server.probe().orElseThrow()) {
            profile.prepare(crowd);
            long liveBefore = probe.liveBytes();
            long residentBefore = ProcessCost.of(server.pids().getFirst()).residentBytes();
            long joinStarted = System.nanoTime();
            List<OutgoingStream> streams = profile.join(crowd);
            double joinSeconds = (System.nanoTime() - joinStarted) / 1e9;
            double live = probe.liveBytes() - liveBefore;
            double resident = ProcessCost.of(server.pids().getFirst()).residentBytes() - residentBefore;
            report.tell("joined", profile.joining(), "participants");
            report.tell("joins_per_second", profile.joining() / joinSeconds, "1/s");
            report.atMost(200_000, "bytes_per_participant", live / profile.joining(), "B");
            report.tell("resident_bytes_per_participant", resident / profile.joining(), "B");
            try (Pacer sender = new Pacer(streams, crowd.wires().sender())) {
                awaitFlow();
                flow(arguments.warmUpSeconds());
                measure(sender, probe);
            }
        }
    }

    private void flow(int seconds) throws InterruptedException {
        for (long left = seconds * 1000L; left > 0; left -= TURN_MILLIS) {
            Thread.sleep(TURN_MILLIS);
            profile.turn();
        }
    }

    private void awaitFlow() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + FLOW_MILLIS * 1_000_000;
        while (crowd.totals().least() < FLOWING_PACKETS) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("media does not reach everybody: " + crowd.totals());
            }
            Thread.sleep(50);
        }
    }

    /** What has been counted everywhere at a moment when nothing is on its way. */
    private record Moment(
            long nanos, long sent, long late, Crowd.Totals got, NodeNumbers node, ProcessCost cost, long allocated) {}

    private Moment quiet(Pacer sender, NodeProbe probe) throws InterruptedException {
        sender.pause(true);
        Thread.sleep(QUIET_MILLIS);
        return new Moment(
                System.nanoTime(),
                sender.sent(),
                sender.late(),
                crowd.totals(),
                server.numbers().orElseThrow(),
                ProcessCost.of(server.pids().getFirst()),
                probe.allocatedByAgents());
    }

    private void measure(Pacer sender, NodeProbe probe) throws InterruptedException {
        Moment from = quiet(sender, probe);
        crowd.clearTransit();
        sender.pause(false);
        flow(arguments.seconds());
        Moment to = quiet(sender, probe);
        tell(from, to);
    }

    private void tell(Moment from, Moment to) {
        double seconds = (to.nanos() - from.nanos()) / 1e9;
        double in = to.node().since(from.node(), "parley_udp_datagrams_in_total");
        double out = to.node().since(from.node(), "parley_udp_datagrams_out_total");
        long got = to.got().media() - from.got().media();
        double user = to.cost().userSeconds() - from.cost().userSeconds();
        double system = to.cost().systemSeconds() - from.cost().systemSeconds();
        double softirq = (to.cost().kernelThreadSeconds() - from.cost().kernelThreadSeconds()) * out / (in + out);
        double cpu = user + system + softirq;
        long promised = profile.expected(to.sent() - from.sent());
        double expected =
                promised >= 0 ? promised : to.got().expected() - from.got().expected();
        Transit transit = to.got().transit();

        report.tell("measured_seconds", seconds, "s");
        report.tell("packets_in", in, "packets");
        report.tell("packets_out", out, "packets");
        report.tell("packets_out_per_second", out / seconds, "1/s");
        report.tell("media_packets_received", got, "packets");
        report.tell(
                "bytes_per_media_packet",
                (double) (to.got().mediaBytes() - from.got().mediaBytes()) / got,
                "B");
        report.tell(
                "numbered_packets_received",
                (double) to.got().numbered() - from.got().numbered(),
                "packets");
        report.tell("cpu_user_seconds", user, "s");
        report.tell("cpu_system_seconds", system, "s");
        report.tell("cpu_softirq_seconds", softirq, "s");
        report.tell("cores_used", cpu / seconds, "cores");
        throughput(got / cpu);
        to.node()
                .find("parley_udp_messages_out_total")
                .ifPresent(runs -> report.tell(
                        "run_length", out / to.node().since(from.node(), "parley_udp_messages_out_total"), "packets"));
        report.atMost(
                0, "allocated_bytes_per_packet", Math.round((to.allocated() - from.allocated()) / (in + out)), "B");
        report.tell("transit_p50_ms", transit.millis(0.5), "ms");
        if (cpu / seconds <= 0.5) {
            report.atMost(1, "transit_p99_ms", transit.millis(0.99), "ms");
        } else {
            report.tell("transit_p99_ms", transit.millis(0.99), "ms");
        }
        report.tell("verified_packets", transit.count(), "packets");
        report.atMost(
                0, "unsound_packets", (double) to.got().unsound() - from.got().unsound(), "packets");
        report.atMost(0, "loss_ratio", 1 - got / expected, "");
        report.tell("sends_dropped", to.node().since(from.node(), "parley_udp_sends_dropped_total"), "packets");
        report.tell(
                "other_packets_received", (double) to.got().other() - from.got().other(), "packets");
        report.tell(
                "machine_load",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "runnable in the last minute, of all processes");
        report.tell("dropped_here", (double) to.got().droppedHere() - from.got().droppedHere(), "packets");
        report.tell("packets_sent", (double) to.sent() - from.sent(), "packets");
        report.tell("late_frames", (double) to.late() - from.late(), "frames");
    }

    private void throughput(double packetsPerCpuSecond) {
        double target = profile.throughputTarget(server.srtp());
        if (Double.isNaN(target)) {
            report.tell("packets_per_cpu_second", packetsPerCpuSecond, "1/s");
        } else {
            report.atLeast(target, "packets_per_cpu_second", packetsPerCpuSecond, "1/s");
        }
    }
}
