package dev.parley.sfu.tracks;

import java.util.Arrays;

/**
 * The packets of all layers of an agent that have arrived and were not forwarded yet. Publishers send a frame's packets in a burst: those
 * that are read together are forwarded together, and the beginning of a frame waits up to {@link #HOLD_NANOS} for the rest if this layer's
 * packets have been coming that close to each other.
 */
public final class Gathering {
    /** The longest that a packet waits for the rest of its frame. */
    public static final long HOLD_NANOS = 150_000;

    /** A layer whose packets come further apart than this gains nothing from waiting. */
    private static final long CLOSE_NANOS = 40_000;

    /** For fewer receivers than this nothing waits. */
    private static final int WORTH_WAITING = 3;

    private final PacketRun run = new PacketRun();
    private Layer[] waiting = new Layer[16];
    private int waitingCount;

    /** Takes in a packet that its layer has kept. */
    public void add(Layer layer, MediaPacket packet, long nowNanos) {
        Gathered gathered = layer.gathered();
        gathered.add(packet, nowNanos);
        if (gathered.count() == PacketRun.MAX_PACKETS) {
            forward(layer, nowNanos);
        } else if (!gathered.waits()) {
            gathered.waits(true);
            if (waitingCount == waiting.length) {
                waiting = Arrays.copyOf(waiting, 2 * waitingCount);
            }
            waiting[waitingCount++] = layer;
        }
    }

    /** Forwards a packet that is not kept and waits for nothing. */
    public void forwardAtOnce(Layer layer, MediaPacket packet, long nowNanos) {
        run.clear();
        run.next().copy(packet);
        run.added();
        layer.track().forward(layer, run, nowNanos);
    }

    /**
     * Forwards what need not wait any longer. What a subscriber throws is thrown on after all layers had their turn.
     *
     * @return how many packets were forwarded
     */
    public int forward(long nowNanos) {
        int forwarded = 0;
        int left = 0;
        RuntimeException failure = null;
        for (int i = 0; i < waitingCount; i++) {
            Layer layer = waiting[i];
            if (holds(layer, nowNanos)) {
                waiting[left++] = layer;
            } else {
                forwarded += layer.gathered().count();
                layer.gathered().waits(false);
                try {
                    forward(layer, nowNanos);
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
        }
        Arrays.fill(waiting, left, waitingCount, null);
        waitingCount = left;
        if (failure != null) {
            throw failure;
        }
        return forwarded;
    }

    private static boolean holds(Layer layer, long nowNanos) {
        Gathered gathered = layer.gathered();
        return gathered.count() > 0
                && !gathered.frameEnded()
                && gathered.meanGapNanos() < CLOSE_NANOS
                && nowNanos - gathered.firstNanos() < HOLD_NANOS
                && layer.track().subscriberCount() >= WORTH_WAITING;
    }

    private void forward(Layer layer, long nowNanos) {
        Gathered gathered = layer.gathered();
        if (!layer.track().shows(layer)) {
            gathered.clear();
            return;
        }
        run.clear();
        for (int i = 0; i < gathered.count(); i++) {
            if (layer.find(gathered.sequence(i), run.next())) {
                run.added();
            }
        }
        gathered.clear();
        if (run.count() > 0 && !layer.track().muted()) {
            layer.track().forward(layer, run, nowNanos);
        }
    }

    /** Drops what waits of a track. */
    public void drop(Track track) {
        for (int i = 0; i < waitingCount; i++) {
            if (waiting[i].track() == track) {
                waiting[i].gathered().clear();
            }
        }
    }

    /** When {@link #forward} is to be called at the latest; {@link Long#MAX_VALUE} when nothing waits. */
    public long nextDeadlineNanos() {
        long deadline = Long.MAX_VALUE;
        for (int i = 0; i < waitingCount; i++) {
            deadline = Math.min(deadline, waiting[i].gathered().firstNanos() + HOLD_NANOS);
        }
        return deadline;
    }
}
