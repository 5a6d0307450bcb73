package dev.parley.node.overload;

import dev.parley.platform.nodes.Admission;

/**
 * Makes one number of many, smooths it and decides by it whom the node lets in. Time is a parameter. One thread adds, any reads.
 *
 * <p>What the node itself does is its load: the largest of duty, packets and, at a discount, processor time. What the machine takes
 * away makes that load weigh more: with a fifth of the time stolen, a load of 0.6 is a stress of 0.75. So an idle node on a busy
 * machine is not called full, and a loaded one is called full before its packets are late.
 *
 * <p>Stress rises in seconds and falls slowly, since people refused once too early come back, and people let in too early stay.
 * A state ends only well below where it began: noise narrower than the gap never makes it flap.
 */
public final class StressMeter {
    static final double RISE_SECONDS = 2;
    static final double FALL_SECONDS = 8;

    /**
     * How much an idle agent relieves the busiest one: rooms that are there cannot use it, new ones can. At a quarter, one
     * saturated agent of two fills the node, one of many keeps new rooms away.
     */
    private static final double RELIEF = 0.25;

    /** Compiling and handshakes use all processors for seconds without a packet being late; alone they never fill a node. */
    private static final double CPU_WEIGHT = 0.8;

    /** A cycle of 20 ms is as long as an audio packet: whatever came meanwhile is late. */
    private static final double LATE_FROM_NANOS = 20e6;

    private static final double LATE_FULLY_NANOS = 200e6;
    private static final double LATE_WEIGHT = 0.25;

    /** However bad the machine, half of it counts as ours: load alone decides below. */
    private static final double MOST_LOST = 0.5;

    private static final double LONGEST_STEP_SECONDS = 10;

    private final OverloadLimits limits;
    private long lastNanos;
    private volatile double stress;
    private volatile Admission admission = Admission.OPEN;

    /** An idle node's. */
    public StressMeter(OverloadLimits limits, long nowNanos) {
        this.limits = limits;
        this.lastNanos = nowNanos;
    }

    /** Takes what was seen since the last time. */
    public void add(LoadSample sample, long nowNanos) {
        double seconds = Math.clamp((nowNanos - lastNanos) / 1e9, 0, LONGEST_STEP_SECONDS);
        lastNanos = nowNanos;
        double now = momentary(sample);
        double towards = 1 - Math.exp(-seconds / (now > stress ? RISE_SECONDS : FALL_SECONDS));
        double smoothed = stress + (now - stress) * towards;
        stress = smoothed;
        admission = limits.enforced() ? next(smoothed) : Admission.OPEN;
    }

    /** Stress of this moment alone, 0 to 1. */
    static double momentary(LoadSample sample) {
        double duty = sample.busiestDuty() - (sample.busiestDuty() - sample.meanDuty()) * RELIEF;
        double load = Math.max(duty, Math.max(sample.packets(), sample.cpu() * CPU_WEIGHT));
        double late = (sample.longestCycleNanos() - LATE_FROM_NANOS) / (LATE_FULLY_NANOS - LATE_FROM_NANOS);
        double lost = sample.steal() + sample.throttled() + Math.clamp(late, 0, 1) * LATE_WEIGHT;
        return Math.clamp(load / (1 - Math.clamp(lost, 0, MOST_LOST)), 0, 1);
    }

    private Admission next(double now) {
        Admission reached = above(now, 0);
        Admission held = above(now, limits.gap());
        // Strict at once; lenient only where the limit less the gap would not be strict either.
        return reached.stricter(held.compareTo(admission) < 0 ? held : admission);
    }

    private Admission above(double now, double slack) {
        if (now >= limits.fullAt() - slack) {
            return Admission.FULL;
        }
        return now >= limits.guardAt() - slack ? Admission.GUARDED : Admission.OPEN;
    }

    /** 0 idle, 1 full; smoothed. Any thread. */
    public double stress() {
        return stress;
    }

    /** Whom the node lets in at this stress. Any thread. */
    public Admission admission() {
        return admission;
    }
}
