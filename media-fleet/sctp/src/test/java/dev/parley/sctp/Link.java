package dev.parley.sctp;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Two ends joined by a link that loses, delays, reorders and duplicates packets by a seed, on a clock moved by hand:
 * every run of the same seed is the same run.
 */
final class Link {
    /** How bad the link is. */
    record Quality(double loss, double duplication, long delayNanos, long jitterNanos) {
        static final Quality PERFECT = new Quality(0, 0, 1_000_000, 0);
        static final Quality BAD = new Quality(0.1, 0.05, 20_000_000, 15_000_000);
        static final Quality AWFUL = new Quality(0.2, 0.1, 20_000_000, 40_000_000);
    }

    private record Flying(long atNanos, long order, boolean toLeft, byte[] packet) implements Comparable<Flying> {
        @Override
        public int compareTo(Flying other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Recorder leftHeard = new Recorder();
    final Recorder rightHeard = new Recorder();
    DataChannels left;
    final DataChannels right;
    Quality quality;
    Predicate<byte[]> lose = packet -> false;
    long nowNanos = 1_000;
    int packets;

    private final Random random;
    private final PriorityQueue<Flying> flying = new PriorityQueue<>();
    private long order;

    Link(SctpConfig config, Quality quality, long seed) {
        this(config, config, quality, seed);
    }

    Link(SctpConfig leftConfig, SctpConfig rightConfig, Quality quality, long seed) {
        this.quality = quality;
        this.random = new Random(seed);
        this.left = new DataChannels(leftConfig, true, new Random(seed + 1), leftHeard);
        this.right = new DataChannels(rightConfig, false, new Random(seed + 2), rightHeard);
        for (DataChannels end : new DataChannels[] {left, right}) {
            end.negotiate(0, Reliability.RELIABLE);
            end.negotiate(1, Reliability.LOSSY);
        }
    }

    static Link connected(Quality quality, long seed) {
        Link link = new Link(SctpConfig.defaults(), quality, seed);
        link.left.connect(link.nowNanos);
        link.right.connect(link.nowNanos);
        link.runUntil(() -> link.leftHeard.established == 1 && link.rightHeard.established == 1, 60);
        link.runFor(1);
        return link;
    }

    /** Another process takes the left end's place; what flew towards the old one reaches it. */
    void replaceLeft(DataChannels channels, Recorder recorder) {
        left = channels;
        leftHeard = recorder;
    }

    /** Runs until the condition holds; fails the test when it does not within {@code seconds} of link time. */
    void runUntil(BooleanSupplier condition, double seconds) {
        long end = nowNanos + (long) (seconds * 1e9);
        while (!condition.getAsBoolean()) {
            if (!step(end)) {
                throw new AssertionError("not within " + seconds + " s of link time; closed: " + leftHeard.closed + " "
                        + rightHeard.closed + ", texts: " + leftHeard.texts.size() + " " + rightHeard.texts.size());
            }
        }
    }

    /** Runs for a time, whatever happens. */
    void runFor(double seconds) {
        long end = nowNanos + (long) (seconds * 1e9);
        while (step(end)) {
            // The step does the work.
        }
        nowNanos = end;
    }

    private boolean step(long endNanos) {
        launch(leftHeard, false);
        launch(rightHeard, true);
        long next = Math.min(left.nextDeadlineNanos(), right.nextDeadlineNanos());
        if (!flying.isEmpty()) {
            next = Math.min(next, flying.peek().atNanos);
        }
        if (next > endNanos) {
            return false;
        }
        nowNanos = Math.max(nowNanos, next);
        while (!flying.isEmpty() && flying.peek().atNanos <= nowNanos) {
            Flying arrived = flying.remove();
            DataChannels to = arrived.toLeft ? left : right;
            to.receive(arrived.packet, 0, arrived.packet.length, nowNanos);
        }
        left.onTimer(nowNanos);
        right.onTimer(nowNanos);
        return true;
    }

    private void launch(Recorder from, boolean toLeft) {
        byte[] packet;
        while ((packet = from.packets.poll()) != null) {
            packets++;
            int copies = random.nextDouble() < quality.duplication ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                long jitter = quality.jitterNanos == 0 ? 0 : random.nextLong(quality.jitterNanos);
                if (random.nextDouble() >= quality.loss && !lose.test(packet)) {
                    flying.add(new Flying(nowNanos + quality.delayNanos + jitter, order++, toLeft, packet));
                }
            }
        }
    }
}
