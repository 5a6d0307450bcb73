package dev.parley.bench;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.Source;
import java.io.IOException;
import java.util.List;

/** One camera to many receivers with one slot each: what a packet costs the node, and whether all get it. */
final class Broadcast {
    private static final String ROOM = "bench";
    private static final int PUBLISHER = 1;
    private static final long QUIET_MILLIS = 300;
    private static final long FLOW_MILLIS = 20_000;
    private static final int FLOWING_PACKETS = 50;

    private final BenchArguments arguments;
    private final MeasuredNode node;
    private final Crowd crowd;
    private final Report report;

    Broadcast(BenchArguments arguments, MeasuredNode node, Crowd crowd, Report report) {
        this.arguments = arguments;
        this.node = node;
        this.crowd = crowd;
        this.report = report;
    }

    void run() throws IOException, InterruptedException {
        ChannelMessage.Want nothing = new ChannelMessage.Want(1, List.of());
        ChannelMessage.Want camera = new ChannelMessage.Want(
                1,
                List.of(new ChannelMessage.WantedSlot(
                        0, ControlPlane.participantId(PUBLISHER), Source.CAMERA, 1280, 720, 0, true)));
        try (NodeProbe probe = new NodeProbe(node.pid())) {
            LightPeer publisher = crowd.join(ROOM, PUBLISHER, new PeerPlan(false, true, 0, 0), nothing);
            long liveBefore = probe.liveBytes();
            long residentBefore = ProcessCost.of(node.pid()).residentBytes();
            long joinStarted = System.nanoTime();
            crowd.joinAll(ROOM, PUBLISHER + 1, arguments.receivers(), new PeerPlan(false, false, 0, 1), camera);
            double joinSeconds = (System.nanoTime() - joinStarted) / 1e9;
            long live = probe.liveBytes() - liveBefore;
            long resident = ProcessCost.of(node.pid()).residentBytes() - residentBefore;
            report.tell("receivers", arguments.receivers(), "participants");
            report.tell("joins_per_second", arguments.receivers() / joinSeconds, "1/s");
            report.atMost(200_000, "bytes_per_participant", (double) live / arguments.receivers(), "B");
            report.tell("resident_bytes_per_participant", (double) resident / arguments.receivers(), "B");
            try (VideoSender sender = new VideoSender(
                    publisher, arguments.packetsPerFrame(), arguments.gap().toNanos())) {
                awaitFlow();
                Thread.sleep(arguments.warmUpSeconds() * 1000L);
                measure(sender, probe);
            }
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

    private Moment quiet(VideoSender sender, NodeProbe probe) throws InterruptedException {
        sender.pause(true);
        Thread.sleep(QUIET_MILLIS);
        return new Moment(
                System.nanoTime(),
                sender.sent(),
                sender.late(),
                crowd.totals(),
                node.numbers(),
                ProcessCost.of(node.pid()),
                probe.allocatedByAgents());
    }

    private void measure(VideoSender sender, NodeProbe probe) throws InterruptedException {
        Moment from = quiet(sender, probe);
        crowd.clearTransit();
        sender.pause(false);
        Thread.sleep(arguments.seconds() * 1000L);
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
        double expected = (double) (to.sent() - from.sent()) * arguments.receivers();
        double[] transit = crowd.transitMillis(0.5, 0.99);

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
        report.atLeast(throughputTarget(), "packets_per_cpu_second", got / cpu, "1/s");
        to.node()
                .find("parley_udp_runs_out_total")
                .ifPresent(runs -> report.tell(
                        "run_length", out / to.node().since(from.node(), "parley_udp_runs_out_total"), "packets"));
        report.atMost(
                0, "allocated_bytes_per_packet", Math.round((to.allocated() - from.allocated()) / (in + out)), "B");
        report.tell("transit_p50_ms", transit[0], "ms");
        if (cpu / seconds <= 0.5) {
            report.atMost(1, "transit_p99_ms", transit[1], "ms");
        } else {
            report.tell("transit_p99_ms", transit[1], "ms");
        }
        report.tell("verified_packets", crowd.transitSamples(), "packets");
        report.atMost(
                0, "unsound_packets", (double) to.got().unsound() - from.got().unsound(), "packets");
        report.atMost(0, "loss_ratio", 1 - got / expected, "");
        report.tell("sends_dropped", to.node().since(from.node(), "parley_udp_sends_dropped_total"), "packets");
        report.tell(
                "other_packets_received", (double) to.got().other() - from.got().other(), "packets");
        report.tell("late_frames", (double) to.late() - from.late(), "frames");
    }

    private double throughputTarget() {
        if (!arguments.burst()) {
            return 300_000;
        }
        return node.srtp().contains("ipsec") ? 500_000 : 400_000;
    }
}
