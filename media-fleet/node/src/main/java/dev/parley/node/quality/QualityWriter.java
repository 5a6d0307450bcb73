package dev.parley.node.quality;

import dev.parley.node.rooms.QualityKeeper;
import dev.parley.platform.nodes.QualityLog;
import dev.parley.platform.nodes.QualityMinute;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes minutes of rooms to the store, one after the other, the oldest first. While the store does not answer they wait, for half an hour and
 * {@link #MOST_WAITING} minutes of people at most; what is older or more is dropped and counted. One virtual thread writes; rooms only leave
 * what they have.
 */
public final class QualityWriter implements QualityKeeper, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QualityWriter.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 60 * SECOND_NANOS;
    private static final long GIVE_UP_NANOS = 1_800 * SECOND_NANOS;
    /** For what is being written, and again for what is left. */
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    /** A person's minute takes about 800 bytes of memory. */
    static final int MOST_WAITING = 20_000;

    /** A minute that waits. */
    private record Waiting(QualityMinute minute, String name, long sinceNanos) {}

    private final QualityLog log;
    private final String writer;
    private final LongSupplier nanoClock;
    private final Thread thread;
    private final LongAdder written = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int people;
    private long minutes;
    private int failures;
    private long pausedUntilNanos;
    private volatile boolean running = true;

    /**
     * A writer that {@link #start} starts.
     *
     * @param writer the node's process, unlike any other that ever was: letters, digits and {@code . _ -}, 81 at most
     * @param nanoClock {@code System::nanoTime} but in tests
     */
    public QualityWriter(QualityLog log, String writer, LongSupplier nanoClock) {
        this.log = log;
        this.writer = writer;
        this.nanoClock = nanoClock;
        this.thread = Thread.ofVirtual().name("quality").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (running) {
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return;
            }
            step();
        }
    }

    @Override
    public synchronized void keep(QualityMinute minute) {
        waiting.add(new Waiting(minute, writer + "." + minutes++, nanoClock.getAsLong()));
        people += minute.people().size();
        while (people > MOST_WAITING) {
            drop();
        }
    }

    /** Writes what waits, until the store fails; then not before a pause is over. Package-visible for tests. */
    void step() {
        Waiting next;
        while ((next = next()) != null) {
            try {
                log.write(next.minute(), next.name());
                done(next);
            } catch (RuntimeException e) {
                failed(e);
                return;
            }
        }
    }

    private synchronized Waiting next() {
        long now = nanoClock.getAsLong();
        while (!waiting.isEmpty() && now - waiting.peek().sinceNanos() >= GIVE_UP_NANOS) {
            drop();
        }
        return failures > 0 && pausedUntilNanos - now > 0 ? null : waiting.peek();
    }

    private void drop() {
        Waiting oldest = waiting.remove();
        people -= oldest.minute().people().size();
        dropped.increment();
    }

    private synchronized void done(Waiting one) {
        failures = 0;
        written.increment();
        if (waiting.peek() == one) {
            waiting.remove();
            people -= one.minute().people().size();
        } else {
            // It was counted as dropped while it was on its way.
            dropped.decrement();
        }
    }

    private synchronized void failed(RuntimeException failure) {
        if (failures++ == 0) {
            LOG.warn("how connections do cannot be written now: {}", failure.toString());
        }
        pausedUntilNanos =
                nanoClock.getAsLong() + Math.min(LONGEST_PAUSE_NANOS, SECOND_NANOS << Math.min(failures - 1, 6));
    }

    /** Minutes of rooms that were written. */
    public long written() {
        return written.sum();
    }

    /** Minutes of rooms that were given up, for age or number. */
    public long dropped() {
        return dropped.sum();
    }

    /** Minutes of rooms that wait to be written. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Writes what waits, at once and for three seconds at most, and stops. */
    @Override
    public void close() {
        running = false;
        thread.interrupt();
        Thread last = Thread.ofVirtual().name("quality-last").unstarted(this::writeAll);
        try {
            // Two never write the same minute.
            if (thread.getState() == Thread.State.NEW || thread.join(GOODBYE)) {
                last.start();
                last.join(GOODBYE);
                last.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (waiting() > 0) {
            LOG.warn("{} minutes of how connections did are lost", waiting());
        }
    }

    private void writeAll() {
        synchronized (this) {
            failures = 0;
        }
        step();
    }
}
