package dev.parley.node.overload;

import dev.parley.node.agents.MediaAgent;
import dev.parley.node.agents.MediaAgents;
import dev.parley.node.rooms.Load;
import dev.parley.platform.nodes.Admission;
import dev.parley.transport.udp.UdpCounters;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the agents and the machine once a second, and tells what the meter makes of it. */
public final class LoadWatch implements Load, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadWatch.class);
    private static final long EVERY_MILLIS = 1_000;

    private final List<MediaAgent> agents;
    private final OverloadLimits limits;
    private final MachineCpu cpu;
    private final StressMeter meter;
    private final long[] packetsBefore;
    private final Thread thread;
    private long lastNanos;
    private volatile MachineCpu.Shares shares = MachineCpu.Shares.NONE;

    /** A watch that {@link #start} starts. */
    public LoadWatch(MediaAgents agents, OverloadLimits limits, MachineCpu cpu) {
        this.agents = agents.all();
        this.limits = limits;
        this.cpu = cpu;
        this.lastNanos = System.nanoTime();
        this.meter = new StressMeter(limits, lastNanos);
        this.packetsBefore = new long[this.agents.size()];
        this.thread = Thread.ofPlatform().daemon().name("load-watch").unstarted(this::run);
    }

    /** Starts looking. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (true) {
            try {
                Thread.sleep(EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            try {
                look(System.nanoTime());
            } catch (RuntimeException e) {
                // A number that stands still would let in, or keep out, for ever.
                LOG.error("looking at the load failed", e);
            }
        }
    }

    private void look(long nowNanos) {
        MachineCpu.Shares now = cpu.look(nowNanos);
        LoadSample sample = new LoadSample(
                agents.stream().mapToDouble(MediaAgent::duty).max().orElse(0),
                agents.stream().mapToDouble(MediaAgent::duty).average().orElse(0),
                packets(nowNanos),
                now.own(),
                now.steal(),
                now.throttled(),
                agents.stream()
                        .mapToLong(MediaAgent::recentLongestCycleNanos)
                        .max()
                        .orElse(0));
        shares = now;
        Admission before = meter.admission();
        meter.add(sample, nowNanos);
        if (meter.admission() != before) {
            tell(sample);
        }
    }

    /** The busiest agent's packets since the last look, as a share of what it is trusted with. */
    private double packets(long nowNanos) {
        double seconds = Math.max(1e-3, (nowNanos - lastNanos) / 1e9);
        lastNanos = nowNanos;
        long most = 0;
        for (int i = 0; i < packetsBefore.length; i++) {
            UdpCounters udp = agents.get(i).port().counters().udp();
            long packets = udp.datagramsIn() + udp.datagramsOut();
            most = Math.max(most, packets - packetsBefore[i]);
            packetsBefore[i] = packets;
        }
        return most / seconds / limits.agentPackets();
    }

    private void tell(LoadSample sample) {
        String numbers = String.format(
                Locale.ROOT,
                "stress %.2f: busiest agent %.2f, mean %.2f, packets %.2f, cpu %.2f, steal %.2f, throttled %.2f,"
                        + " longest cycle %.1f ms",
                meter.stress(),
                sample.busiestDuty(),
                sample.meanDuty(),
                sample.packets(),
                sample.cpu(),
                sample.steal(),
                sample.throttled(),
                sample.longestCycleNanos() / 1e6);
        switch (meter.admission()) {
            case OPEN -> LOG.info("open: everybody is let in again, {}", numbers);
            case GUARDED -> LOG.warn("guarded: no new rooms, {}", numbers);
            case FULL -> LOG.warn("full: nobody new is let in, {}", numbers);
        }
    }

    @Override
    public double stress() {
        return meter.stress();
    }

    @Override
    public Admission admission() {
        return meter.admission();
    }

    /** Where processor time went in the last second. Any thread. */
    public MachineCpu.Shares cpu() {
        return shares;
    }

    /** Stops looking. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
