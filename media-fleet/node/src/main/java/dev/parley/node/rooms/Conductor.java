package dev.parley.node.rooms;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room's one thread: carries out work in the order it came, and a tick in between. Who leaves work takes no lock: media
 * agents are among them. What they have to tell many times a second is no step of its own: it waits in {@link Reports}.
 */
final class Conductor {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);
    private static final int DROP_ABOVE = 10_000;
    private static final long TICK_NANOS = 1_000_000_000L;
    /** However fast reports come, steps and ticks get their turn between so many of an agent. */
    private static final int REPORTS_A_TURN = 1_000;

    private final ConcurrentLinkedQueue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final AtomicLong stepsLeft = new AtomicLong();
    private final String name;
    private final Runnable tick;
    private final LongUnaryOperator settle;
    // The conductor's own.
    private final List<Reports> reports = new ArrayList<>();
    // Written by the conductor alone.
    private volatile long stepsDone;
    private volatile Thread thread;
    private volatile boolean resting;
    private volatile boolean stopped;

    /** What one agent's thread reports; the conductor's thread calls. */
    interface Reports {
        /** Whether there is nothing to tell. */
        boolean isEmpty();

        /** Tells what is next if no more steps than these were left before it; answers whether there was any. */
        boolean tellNext(long stepsDone);
    }

    /**
     * @param tick called about once a second, on the conductor's thread
     * @param settle called after each piece of work with the time, {@link System#nanoTime}; answers after how many nanoseconds it wants to
     *     be called again, whether or not there is work
     */
    Conductor(String name, Runnable tick, LongUnaryOperator settle) {
        this.name = name;
        this.tick = tick;
        this.settle = settle;
    }

    void start() {
        Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        thread = Thread.currentThread();
        long lastTickNanos = System.nanoTime();
        long settled = Long.MAX_VALUE;
        while (!stopped || !work.isEmpty()) {
            Runnable next = work.poll();
            // After the poll: what was reported before this step was left is seen now.
            boolean told = tellReports();
            if (next != null) {
                guarded(next);
                stepsDone++;
            } else if (!told) {
                rest(Math.min(settled, lastTickNanos + TICK_NANOS - System.nanoTime()));
            }
            if (System.nanoTime() - lastTickNanos >= TICK_NANOS) {
                lastTickNanos = System.nanoTime();
                guarded(tick);
            }
            settled = settle();
        }
    }

    private long settle() {
        try {
            return settle.applyAsLong(System.nanoTime());
        } catch (RuntimeException | Error e) {
            LOG.error("{}: settling failed; the room goes on", name, e);
            return TICK_NANOS;
        }
    }

    private boolean tellReports() {
        boolean told = false;
        for (int i = 0; i < reports.size(); i++) {
            Reports each = reports.get(i);
            for (int left = REPORTS_A_TURN; left > 0 && toldNext(each); left--) {
                told = true;
            }
        }
        return told;
    }

    private boolean toldNext(Reports each) {
        try {
            return each.tellNext(stepsDone);
        } catch (RuntimeException | Error e) {
            LOG.error("{}: a report failed; the room goes on", name, e);
            return true;
        }
    }

    private boolean nothingReported() {
        for (int i = 0; i < reports.size(); i++) {
            if (!reports.get(i).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void rest(long nanos) {
        resting = true;
        // After the word that we rest: who leaves work from here on wakes us.
        if (work.isEmpty() && nothingReported()) {
            LockSupport.parkNanos(this, nanos);
        }
        resting = false;
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: a step failed; the room goes on", name, e);
        }
    }

    /** Leaves work that must be done. Any thread; never waits. */
    void post(Runnable step) {
        stepsLeft.incrementAndGet();
        work.add(step);
        wake();
    }

    /** Ends a rest. Any thread; never waits. */
    void wake() {
        if (resting) {
            LockSupport.unpark(thread);
        }
    }

    /** How many steps were left so far. Any thread. */
    long stepsLeft() {
        return stepsLeft.get();
    }

    /** Tells from now on what is reported there. Before {@link #start}, or the conductor's thread. */
    void follow(Reports more) {
        reports.add(more);
    }

    /** Tells no more of what is reported there. The conductor's thread. */
    void unfollow(Reports less) {
        reports.remove(less);
    }

    /** Leaves work that may be dropped when the room is far behind. Any thread; never waits. False when dropped. */
    boolean offer(Runnable step) {
        if (stepsLeft.get() - stepsDone >= DROP_ABOVE) {
            return false;
        }
        post(step);
        return true;
    }

    /**
     * Has something done and waits for it. Any thread but the conductor's own.
     *
     * @throws Refusal the step's own, or {@code UNAVAILABLE} when the room is over or too busy
     */
    <T> T call(Supplier<T> step, Duration patience) {
        if (stopped) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "the room has just ended; try again");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        post(() -> {
            try {
                result.complete(step.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Refusal refusal
                    ? refusal
                    : new IllegalStateException("a call to " + name + " failed", e.getCause());
        } catch (TimeoutException e) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "the room is too busy; try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "the node is stopping");
        }
    }

    /** Ends the thread when what is left is done. */
    void stop() {
        stopped = true;
        post(() -> {});
    }

    boolean stopped() {
        return stopped;
    }
}
