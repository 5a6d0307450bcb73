package dev.parley.node.agents;

import dev.parley.sfu.rooms.SfuAgent;
import dev.parley.transport.MediaPort;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One media agent: its duty cycle serves the port and the rooms, and rests when there was nothing to do. */
public final class MediaAgent implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaAgent.class);
    private static final long LONGEST_REST_NANOS = 50_000_000L;
    private static final long DUTY_WINDOW_NANOS = 1_000_000_000L;
    private static final long LOG_NANOS = 10_000_000_000L;

    private final int index;
    private final MediaPort port;
    private final SfuAgent sfu;
    private final Thread thread;
    private final AtomicInteger rooms = new AtomicInteger();
    private final CompletableFuture<String> precedence = new CompletableFuture<>();
    private volatile boolean running = true;
    private volatile double duty;
    private volatile long longestCycleNanos;
    private volatile long recentLongestCycleNanos;
    private volatile long failures;
    private long lastLogNanos;

    /** An agent on an open port; {@link #start} gives it its thread. */
    public MediaAgent(int index, MediaPort port, SfuAgent sfu) {
        this.index = index;
        this.port = port;
        this.sfu = sfu;
        this.thread = Thread.ofPlatform().name("media-agent-" + index).unstarted(this);
        this.lastLogNanos = System.nanoTime() - LOG_NANOS;
    }

    /** Starts the duty cycle. */
    public void start() {
        Precedence.prepare();
        thread.start();
    }

    @Override
    public void run() {
        precedence.complete(Precedence.take().map(Precedence.Attributes::text).orElse("none on this system"));
        long windowStart = System.nanoTime();
        long busyNanos = 0;
        long longestNanos = 0;
        while (running) {
            long start = System.nanoTime();
            int work = cycle(start);
            long end = System.nanoTime();
            long took = end - start;
            if (work > 0) {
                busyNanos += took;
            }
            longestNanos = Math.max(longestNanos, took);
            if (took > longestCycleNanos) {
                longestCycleNanos = took;
            }
            if (end - windowStart >= DUTY_WINDOW_NANOS) {
                duty = (double) busyNanos / (end - windowStart);
                recentLongestCycleNanos = longestNanos;
                busyNanos = 0;
                longestNanos = 0;
                windowStart = end;
            }
            if (work == 0) {
                long untilDue = sfu.nextDeadlineNanos() - end;
                port.idle(Math.clamp(untilDue, 0, LONGEST_REST_NANOS));
            }
        }
        port.close();
    }

    private int cycle(long nowNanos) {
        try {
            int work = port.doWork(nowNanos) + sfu.doWork(nowNanos);
            port.flush();
            return work;
        } catch (RuntimeException | Error e) {
            // One room's mistake must not end the others, nor leave a node that looks alive without its agent: the
            // agent
            // goes on, and says so at most every ten seconds.
            failures++;
            if (nowNanos - lastLogNanos >= LOG_NANOS) {
                lastLogNanos = nowNanos;
                LOG.error("media agent {} failed in a duty cycle", index, e);
            }
            return 1;
        }
    }

    /** The agent's port. */
    public MediaPort port() {
        return port;
    }

    /** The agent's rooms. After a command call {@link #wake}. */
    public SfuAgent sfu() {
        return sfu;
    }

    /** Ends a rest, so that a command is carried out now. Any thread. */
    public void wake() {
        port.wakeup();
    }

    /** How many rooms live here; kept by whoever opens and ends them. */
    public AtomicInteger rooms() {
        return rooms;
    }

    public int index() {
        return index;
    }

    /** What the agent's thread was given before other threads, for people; waits until it runs. */
    public String precedence() {
        return precedence.join();
    }

    /** Share of the last second spent working, 0 to 1. */
    public double duty() {
        return duty;
    }

    /** Longest duty cycle since the start, in nanoseconds. */
    public long longestCycleNanos() {
        return longestCycleNanos;
    }

    /** Longest duty cycle of the last second, in nanoseconds. */
    public long recentLongestCycleNanos() {
        return recentLongestCycleNanos;
    }

    /** Duty cycles that ended in an unexpected exception. */
    public long failures() {
        return failures;
    }

    /** Stops the duty cycle, closes the port, waits for both. */
    public void stop() throws InterruptedException {
        running = false;
        port.wakeup();
        thread.join(5_000);
    }
}
