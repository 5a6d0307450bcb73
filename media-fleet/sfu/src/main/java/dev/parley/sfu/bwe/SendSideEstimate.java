package dev.parley.sfu.bwe;

import dev.parley.rtp.twcc.TransportFeedbackReader;

/** The bandwidth estimate of one transport; see the package's page for how it decides. */
public final class SendSideEstimate {
    /** The estimate never falls below: a voice and the smallest picture. */
    public static final long MIN_BPS = 100_000;

    private static final double LOSS_HIGH = 0.10;
    private static final double LOSS_LOW = 0.02;
    private static final double DECREASE = 0.85;
    private static final double GROWTH_PER_SECOND = 0.08;
    private static final long LOSS_INTERVAL_NANOS = 300_000_000L;
    private static final int LOSS_PACKETS = 20;
    private static final long HOLD_NANOS = 500_000_000L;
    private static final long PROBE_INTERVAL_NANOS = 2_000_000_000L;
    private static final long PROBE_BACKOFF_NANOS = 10_000_000_000L;
    private static final double FEW = 0.6;
    private static final double NEAR_FULL = 0.15;
    private static final long PACKET_BITS = 8 * 1200;

    private final long maxBps;
    private final SentPackets sent = new SentPackets();
    private final DelayTrend trend = new DelayTrend();
    private final RateMeter offered = new RateMeter();
    private final RateMeter acknowledged = new RateMeter();
    private final ProbeCluster probe = new ProbeCluster();

    private double estimateBps;
    private double fullBps;
    private long increasedAtNanos;
    private long decreasedAtNanos = Long.MIN_VALUE / 2;
    private long lossCheckedAtNanos;
    private int intervalLost;
    private int intervalReported;
    private double loss;
    private boolean feedbackSeen;
    private long nextProbeNanos;
    private boolean started;
    /** Whether a probe is active; beside what else a packet sent needs. */
    private boolean probing;

    /** Starts at {@code startBps} and never exceeds {@code maxBps}. */
    public SendSideEstimate(long startBps, long maxBps) {
        this.estimateBps = startBps;
        this.maxBps = maxBps;
    }

    /** What the path is believed to carry. */
    public long bitrateBps() {
        return (long) estimateBps;
    }

    /** Share of packets lost in the last interval, 0 to 1. */
    public double loss() {
        return loss;
    }

    /** Notes a packet that goes out under a transport-wide number. */
    public void onSent(int transportSequence, int bytes, long nowNanos) {
        long sequence = sent.add(transportSequence, bytes, nowNanos);
        if (probing) {
            probe.onSent(sequence, bytes, nowNanos);
        }
    }

    /** Notes how much was sent, after the packets themselves; those without a number count too. */
    public void onOffered(int bytes, long nowNanos) {
        offered.add(bytes, nowNanos);
    }

    /** Bits per second offered lately. */
    public long offeredBps(long nowNanos) {
        return offered.bitrateBps(nowNanos);
    }

    /** Takes in one feedback packet. */
    public void onFeedback(TransportFeedbackReader feedback, long nowNanos) {
        feedbackSeen = true;
        start(nowNanos);
        long highest = -1;
        while (feedback.next()) {
            int slot = sent.find(feedback.sequenceNumber());
            if (slot < 0) {
                continue;
            }
            highest = Math.max(highest, sent.sequence(slot));
            boolean newlyArrived = feedback.received() && sent.takeArrival(slot);
            if (sent.takeCount(slot)) {
                intervalReported++;
                intervalLost += newlyArrived ? 0 : 1;
            } else if (newlyArrived) {
                intervalLost = Math.max(0, intervalLost - 1);
            }
            if (newlyArrived) {
                acknowledged.add(sent.bytes(slot), nowNanos);
                trend.onPacket(sent.sentNanos(slot), feedback.arrivalNanos());
                probe.onArrival(sent.sequence(slot), sent.bytes(slot), sent.sentNanos(slot), feedback.arrivalNanos());
            }
        }
        judgeProbe(highest, nowNanos);
        judgeDelay(nowNanos);
        judgeLoss(nowNanos);
    }

    /** Takes in the loss a receiver report tells, for transports without transport-wide feedback. */
    public void onReportedLoss(double fraction, long nowNanos) {
        if (!feedbackSeen) {
            start(nowNanos);
            loss = fraction;
            applyLoss(nowNanos);
            if (fraction < LOSS_LOW) {
                grow(nowNanos);
            }
        }
    }

    private void start(long nowNanos) {
        if (!started) {
            started = true;
            increasedAtNanos = nowNanos;
            lossCheckedAtNanos = nowNanos;
            nextProbeNanos = nowNanos;
        }
    }

    private void judgeLoss(long nowNanos) {
        if (nowNanos - lossCheckedAtNanos < LOSS_INTERVAL_NANOS || intervalReported < LOSS_PACKETS) {
            return;
        }
        loss = (double) intervalLost / intervalReported;
        intervalLost = 0;
        intervalReported = 0;
        lossCheckedAtNanos = nowNanos;
        applyLoss(nowNanos);
    }

    private void applyLoss(long nowNanos) {
        if (loss > LOSS_HIGH) {
            set(estimateBps * (1 - 0.5 * loss));
            decreasedAtNanos = nowNanos;
        }
    }

    private void judgeDelay(long nowNanos) {
        switch (trend.signal()) {
            case OVERUSE -> {
                if (nowNanos - decreasedAtNanos > HOLD_NANOS) {
                    onOveruse(nowNanos);
                    decreasedAtNanos = nowNanos;
                }
                increasedAtNanos = nowNanos;
            }
            case UNDERUSE -> increasedAtNanos = nowNanos;
            case NORMAL -> {
                if (loss < LOSS_HIGH && nowNanos - decreasedAtNanos > HOLD_NANOS) {
                    grow(nowNanos);
                } else {
                    increasedAtNanos = nowNanos;
                }
            }
        }
    }

    private void onOveruse(long nowNanos) {
        double arriving = acknowledged.bitrateBps(nowNanos);
        if (arriving == 0 || offered.bitrateBps(nowNanos) < FEW * estimateBps) {
            // We sent far less than the estimate: others fill the path, or its clock stumbled. What arrives tells
            // nothing.
            set(DECREASE * estimateBps);
        } else {
            fullBps = arriving;
            set(Math.min(estimateBps, DECREASE * arriving));
        }
    }

    private void grow(long nowNanos) {
        double seconds = Math.min(1, (nowNanos - increasedAtNanos) * 1e-9);
        increasedAtNanos = nowNanos;
        boolean nearFull = fullBps > 0 && Math.abs(estimateBps - fullBps) < NEAR_FULL * fullBps;
        double step = seconds * (nearFull ? 5 * PACKET_BITS : GROWTH_PER_SECOND * estimateBps);
        double bound = feedbackSeen ? 1.5 * acknowledged.bitrateBps(nowNanos) + 10_000 : maxBps;
        if (estimateBps < bound) {
            set(Math.min(estimateBps + step, bound));
        }
    }

    private void set(double bps) {
        estimateBps = Math.clamp(bps, MIN_BPS, maxBps);
    }

    /**
     * How many bytes of padding to send now.
     *
     * @param wantedBps what would be sent if the path carried everything; probing goes no further than that
     */
    public long paddingBytes(long wantedBps, long nowNanos) {
        if (probe.waitedInVain(nowNanos)) {
            stopProbe();
            nextProbeNanos = nowNanos + PROBE_BACKOFF_NANOS;
        }
        boolean useful = feedbackSeen && wantedBps > estimateBps && estimateBps < maxBps;
        boolean quiet = trend.signal() == DelayTrend.Signal.NORMAL && loss < LOSS_LOW;
        if (!probe.active() && useful && quiet && nowNanos - nextProbeNanos >= 0 && started) {
            probing = true;
            probe.start((long) Math.min(2 * estimateBps, 1.2 * wantedBps), nowNanos);
        }
        return probe.bytesDue(nowNanos);
    }

    private void stopProbe() {
        probing = false;
        probe.stop();
    }

    private void judgeProbe(long highestReported, long nowNanos) {
        if (!probe.complete(highestReported, nowNanos)) {
            return;
        }
        long result = probe.resultBps();
        stopProbe();
        boolean better = result > estimateBps;
        if (better) {
            set(result);
        }
        nextProbeNanos = nowNanos + (better ? PROBE_INTERVAL_NANOS : PROBE_BACKOFF_NANOS);
    }
}
