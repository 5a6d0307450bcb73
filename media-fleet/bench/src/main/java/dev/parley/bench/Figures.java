package dev.parley.bench;

import dev.parley.bench.wire.Transit;
import java.lang.management.ManagementFactory;

/** Tells what was measured. */
final class Figures {
    /** Less than this many bytes a packet are what one of thousands costs, as when a table grows, or the error of taking the idle time's off. */
    private static final double LEAST_BYTES = 0.2;

    private static final double TRANSIT_MILLIS_AT_HALF_LOAD = 1;

    private final Report report;
    private final Profile profile;
    private final MediaServer server;
    private final boolean halfLoad;

    /** @param halfLoad whether the load is the one at which the transit time has a target */
    Figures(Report report, Profile profile, MediaServer server, boolean halfLoad) {
        this.report = report;
        this.profile = profile;
        this.server = server;
        this.halfLoad = halfLoad;
    }

    /**
     * What it cost the server.
     *
     * @param idleBytesPerSecond what its agents allocate without media, which no packet is the cause of
     */
    void cost(Span span, double idleBytesPerSecond) {
        report.tell("measured_seconds", span.seconds(), "s");
        report.tell("packets_in", span.in(), "packets");
        report.tell("packets_out", span.out(), "packets");
        report.tell("packets_out_per_second", span.out() / span.seconds(), "1/s");
        report.tell("cpu_user_seconds", span.userSeconds(), "s");
        report.tell("cpu_system_seconds", span.systemSeconds(), "s");
        report.tell("cpu_softirq_seconds", span.softirqSeconds(), "s");
        report.tell("cores_used", span.coresUsed(), "cores");
        report.atLeast(
                profile.throughputTarget(server.srtp()), "packets_per_cpu_second", span.packetsPerCpuSecond(), "1/s");
        report.tell("run_length", span.out() / span.messagesOut(), "packets");
        double bytes = span.agentBytesPerPacket(idleBytesPerSecond);
        if (!Double.isNaN(bytes) && profile.onlyPackets()) {
            report.none(LEAST_BYTES, "allocated_bytes_per_packet", Math.max(0, bytes), "B");
        } else if (!Double.isNaN(bytes)) {
            report.tell("allocated_bytes_per_packet", bytes, "B");
        }
        report.tell("process_allocated_bytes_per_packet", span.processBytesPerPacket(), "B");
        report.tell("sends_dropped", span.dropped(), "packets");
    }

    /** What came, and what the generator did. */
    void arrivals(Span span) {
        Crowd.Totals from = span.from().got();
        Crowd.Totals to = span.to().got();
        Transit transit = to.transit();
        report.tell("media_packets_received", span.got(), "packets");
        report.tell("bytes_per_media_packet", (double) (to.mediaBytes() - from.mediaBytes()) / span.got(), "B");
        report.tell("numbered_packets_received", (double) to.numbered() - from.numbered(), "packets");
        report.tell("transit_p50_ms", transit.millis(0.5), "ms");
        report.atMost(
                halfLoad ? TRANSIT_MILLIS_AT_HALF_LOAD : Double.NaN, "transit_p99_ms", transit.millis(0.99), "ms");
        report.tell("verified_packets", transit.count(), "packets");
        report.atMost(0, "unsound_packets", (double) to.unsound() - from.unsound(), "packets");
        report.atMost(0, "loss_ratio", span.lossRatio(profile.receiversOfEach()), "");
        report.tell("other_packets_received", (double) to.other() - from.other(), "packets");
        generator(span);
    }

    private void generator(Span span) {
        Crowd.Totals from = span.from().got();
        Crowd.Totals to = span.to().got();
        report.tell("packets_sent", span.sent(), "packets");
        report.tell("late_frames", (double) span.to().late() - span.from().late(), "frames");
        report.tell("dropped_by_generator", (double) to.droppedHere() - from.droppedHere(), "packets");
        report.tell("generator_cores", span.generatorCores(), "cores");
        report.tell(
                "machine_load",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "runnable in the last minute, of all processes");
    }
}
