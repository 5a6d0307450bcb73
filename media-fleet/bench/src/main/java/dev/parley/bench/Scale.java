package dev.parley.bench;

import java.io.IOException;
import java.util.Optional;

/**
 * Whether a packet costs the same in small rooms and in large ones: the same number of receivers, who get the same packets, are in rooms of one size after the
 * other. Beside that, what it costs in one room of each size alone.
 */
final class Scale {
    /** How far the costs of two sizes may lie apart. */
    private static final double FLAT = 1.15;

    private static final int FEW_RECEIVERS = 50;
    private static final int SECONDS_FOR_FEW = 20;
    private static final int IDLE_SECONDS = 4;

    private final BenchArguments arguments;
    private final MediaServer server;
    private final Crowd crowd;
    private final Optional<NodeProbe> probe;
    private final Report report;
    private final Range perPacketOut = new Range();
    private final Range perPacketHandled = new Range();
    private boolean warm;
    private double best;

    /** The least and the most of some costs. */
    private static final class Range {
        private double least = Double.POSITIVE_INFINITY;
        private double most;

        void add(double nanos) {
            least = Math.min(least, nanos);
            most = Math.max(most, nanos);
        }

        /** Less than nothing means that the idle cost was another while it was measured: no ratio can be told. */
        double ratio() {
            return least > 0 ? most / least : Double.NaN;
        }
    }

    Scale(BenchArguments arguments, MediaServer server, Crowd crowd, Optional<NodeProbe> probe, Report report) {
        this.arguments = arguments;
        this.server = server;
        this.crowd = crowd;
        this.probe = probe;
        this.report = report;
    }

    /** Measures, the largest rooms first: with them the server is warm soonest. Answers the most packets per CPU-second. */
    double run() throws IOException, InterruptedException {
        for (int size : arguments.scale().reversed()) {
            try (Load load = new Load(crowd, new Broadcast(arguments, size), "scale-" + size)) {
                load.join(rooms(size));
                measure(load, size);
            }
        }
        report.tell("cost_ratio_per_packet_out", perPacketOut.ratio(), "");
        report.atMost(FLAT, "flat_cost_ratio", perPacketHandled.ratio(), "");
        return best;
    }

    /** How many rooms of this size hold as many receivers as the largest. */
    private int rooms(int size) {
        return Math.max(1, arguments.scale().getLast() / size);
    }

    private void measure(Load load, int size) throws IOException, InterruptedException {
        double idleCores = idleCores();
        if (!warm) {
            warm = true;
            Flow warming = flow(load, rooms(size));
            warming.warmUp(arguments.warmUpSeconds());
            load.stop();
        }
        Span all = span(load, rooms(size), size);
        double nanos = nanos(all, idleCores);
        report.tell("rooms_of_" + size, rooms(size), "rooms");
        report.tell("packets_out_per_second_at_" + size, all.out() / all.seconds(), "1/s");
        report.tell("cpu_ns_per_packet_out_at_" + size, nanos / all.got(), "ns");
        report.tell("cpu_ns_per_packet_handled_at_" + size, nanos / (all.got() + all.sent()), "ns");
        report.tell("packets_per_cpu_second_at_" + size, all.packetsPerCpuSecond(), "1/s");
        report.tell("run_length_at_" + size, all.out() / all.messagesOut(), "packets");
        report.atMost(0, "loss_ratio_at_" + size, all.lossRatio(size), "");
        perPacketOut.add(nanos / all.got());
        perPacketHandled.add(nanos / (all.got() + all.sent()));
        best = Math.max(best, all.packetsPerCpuSecond());
        Span alone = rooms(size) == 1 ? all : span(load, 1, size);
        report.tell("one_room_cpu_ns_per_packet_out_at_" + size, nanos(alone, idleCores) / alone.got(), "ns");
    }

    private static double nanos(Span span, double idleCores) {
        return (span.cpuSeconds() - idleCores * span.seconds()) * 1e9;
    }

    private Span span(Load load, int rooms, int size) throws IOException, InterruptedException {
        Flow flow = flow(load, rooms);
        flow.run(1000);
        boolean few = (long) rooms * size < FEW_RECEIVERS;
        Span span = flow.measure(few ? Math.max(SECONDS_FOR_FEW, arguments.seconds()) : arguments.seconds());
        load.stop();
        return span;
    }

    private Flow flow(Load load, int rooms) throws IOException, InterruptedException {
        load.play(rooms);
        Flow flow = new Flow(load, crowd, probe);
        flow.await();
        return flow;
    }

    /** What the server takes with everybody in and no media flowing. */
    private double idleCores() throws InterruptedException {
        Thread.sleep(1000);
        ProcessCost from = ProcessCost.of(server.pids());
        Thread.sleep(IDLE_SECONDS * 1000L);
        ProcessCost to = ProcessCost.of(server.pids());
        double cores =
                (to.userSeconds() + to.systemSeconds() - from.userSeconds() - from.systemSeconds()) / IDLE_SECONDS;
        report.tell("idle_cores", cores, "cores");
        return cores;
    }
}
