package dev.parley.bench;

import java.io.IOException;
import java.util.Optional;

/** One server under the load that was asked for: what a packet costs it, how long it takes, and whether all arrive. */
final class Run {
    static final int MOST_PEOPLE_AT_HALF_LOAD = 1500;

    private static final double HALF = 0.5;
    private static final int CALIBRATION_SECONDS = 4;
    private static final int IDLE_SECONDS = 4;
    /** The last one who comes needs a moment, too. */
    private static final double ENOUGH_OF_RATE = 0.95;

    private final BenchArguments arguments;
    private final MediaServer server;
    private final Report report;

    Run(BenchArguments arguments, MediaServer server, Report report) {
        this.arguments = arguments;
        this.server = server;
        this.report = report;
    }

    /** Measures; answers packets per CPU-second. */
    double run() throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(server)) {
            Optional<NodeProbe> probe = server.probe();
            try {
                return arguments.scale().isEmpty()
                        ? rooms(crowd, probe)
                        : new Scale(arguments, server, crowd, probe, report).run();
            } finally {
                if (probe.isPresent()) {
                    probe.get().close();
                }
            }
        }
    }

    private double rooms(Crowd crowd, Optional<NodeProbe> probe) throws IOException, InterruptedException {
        Profile profile = arguments.roomProfile();
        try (Load load = new Load(crowd, profile, "bench")) {
            join(crowd, load, probe);
            double idleBytes = idleBytesPerSecond(probe);
            load.play(arguments.rooms());
            Flow flow = new Flow(load, crowd, probe);
            flow.await();
            flow.warmUp(arguments.warmUpSeconds());
            if (arguments.profile().equals("churn")) {
                return churn(crowd, load, flow);
            }
            if (arguments.halfLoad()) {
                halve(load, flow);
            }
            Span span = flow.measure(arguments.seconds());
            Figures figures = new Figures(report, profile, server, arguments.halfLoad());
            figures.cost(span, idleBytes);
            figures.arrivals(span);
            return span.packetsPerCpuSecond();
        }
    }

    /** Joins everybody, and tells what an idle participant takes of the server's memory. */
    private void join(Crowd crowd, Load load, Optional<NodeProbe> probe) throws IOException, InterruptedException {
        // What a server makes once, for its first participant, is not the others' cost.
        crowd.join(Broadcast.viewer("first", Broadcast.PUBLISHER + 1)).close();
        double liveBefore = live(probe);
        long residentBefore = ProcessCost.of(server.pids()).residentBytes();
        long begin = System.nanoTime();
        int joined = load.join(arguments.rooms());
        double seconds = (System.nanoTime() - begin) / 1e9;
        double live = live(probe) - liveBefore;
        double resident = ProcessCost.of(server.pids()).residentBytes() - residentBefore;
        report.tell("joined", joined, "participants");
        report.tell("rooms", arguments.rooms(), "rooms");
        report.tell("set_up_joins_per_second", joined / seconds, "1/s");
        if (probe.isPresent()) {
            report.atMost(200_000, "bytes_per_participant", live / joined, "B");
        }
        report.tell("resident_bytes_per_participant", resident / joined, "B");
    }

    private static double live(Optional<NodeProbe> probe) throws IOException {
        return probe.isPresent() ? probe.get().liveBytes() : Double.NaN;
    }

    /** What the agents allocate with everybody in and no media flowing: for quality reports, checks and the data channels' heartbeats. */
    private static double idleBytesPerSecond(Optional<NodeProbe> probe) throws InterruptedException {
        if (probe.isEmpty()) {
            return Double.NaN;
        }
        long from = System.nanoTime();
        double before = probe.get().allocatedByAgents();
        Thread.sleep(IDLE_SECONDS * 1000L);
        return (probe.get().allocatedByAgents() - before) * 1e9 / (System.nanoTime() - from);
    }

    /** Sets the number of rooms to what takes half of one core. */
    private void halve(Load load, Flow flow) throws IOException, InterruptedException {
        Span span = flow.measure(CALIBRATION_SECONDS);
        int wanted = (int) Math.max(1, Math.floor(load.playing() * HALF / span.coresUsed()));
        int people = arguments.receivers() / arguments.rooms();
        int rooms = Math.min(wanted, Math.max(1, MOST_PEOPLE_AT_HALF_LOAD / people));
        System.err.printf(
                "half load: %d rooms took %.2f cores, so %d rooms%n", load.playing(), span.coresUsed(), rooms);
        load.stop();
        if (rooms > load.rooms()) {
            load.join(rooms - load.rooms());
        }
        load.play(rooms);
        flow.await();
        flow.warmUp(arguments.warmUpSeconds());
        report.tell("half_load_rooms", rooms, "rooms");
    }

    private double churn(Crowd crowd, Load load, Flow flow) throws IOException, InterruptedException {
        int rate = arguments.joinsPerSecond();
        String room = Load.roomName("bench", 0);
        Churning churning = new Churning(crowd, room, arguments.receivers() + Broadcast.PUBLISHER + 1);
        flow.warmUpJoins(churning, rate, arguments.warmUpSeconds());
        double own = ChurningCost.ownSeconds();
        Span before = flow.measure(Math.max(2, arguments.seconds() / 2));
        double ownBefore = ChurningCost.ownSeconds() - own;
        Moment begin = flow.begin();
        churning.begin();
        churning.run(rate, arguments.seconds());
        Span during = flow.end(begin);
        double ownDuring = ChurningCost.ownSeconds() - own - ownBefore;
        var cost = new ChurningCost(before, ownBefore, during, ownDuring, churning.joins());
        report.atLeast(ENOUGH_OF_RATE * rate, "joins_per_second", churning.joinsPerSecond(), "1/s");
        report.atMost(0, "failed_joins", churning.failures(), "joins");
        report.tell("join_p50_ms", churning.joinMillis(0.5), "ms");
        report.tell("join_p99_ms", churning.joinMillis(0.99), "ms");
        report.tell("node_cpu_ms_per_join", cost.serverMillis(), "ms");
        report.tell("generator_cpu_ms_per_join", cost.generatorMillis(), "ms");
        report.tell("transit_p99_before_ms", before.to().got().transit().millis(0.99), "ms");
        report.tell("cores_used_before", before.coresUsed(), "cores");
        new Figures(report.withoutTargets(), load.profile(), server, false).cost(during, 0);
        new Figures(report, load.profile(), server, false).arrivals(during);
        return during.packetsPerCpuSecond();
    }
}
