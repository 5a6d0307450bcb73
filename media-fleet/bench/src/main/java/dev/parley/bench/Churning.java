package dev.parley.bench;

import dev.parley.bench.wire.Received;
import dev.parley.bench.wire.Transit;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * People who come at a steady rate, watch, and leave. A join is the whole of it: exchange of offer and answer, checks, handshake, data channel, want, and
 * ends with the first packet of media.
 */
final class Churning {
    /** Who comes may wait, and stays: so many seconds of comers can be there at once. */
    static final int MOST_AT_ONCE_SECONDS = 30;

    private static final long STAY_MILLIS = 2000;
    private static final long FIRST_MEDIA_SECONDS = 10;

    private final Crowd crowd;
    private final String room;
    private final int firstNumber;
    private final Transit watched = new Transit();
    private final AtomicInteger failures = new AtomicInteger();
    private Transit joins = new Transit();
    private int started;
    private long beganNanos;
    private long lastNanos;

    /** @param firstNumber of the first who comes; all numbers behind it must be free */
    Churning(Crowd crowd, String room, int firstNumber) {
        this.crowd = crowd;
        this.room = room;
        this.firstNumber = firstNumber;
    }

    /** Counts joins from here on; nobody may be coming. */
    void begin() {
        joins = new Transit();
        beganNanos = System.nanoTime();
    }

    /** Lets people come and go; returns when the last one has left. */
    void run(double perSecond, int forSeconds) {
        long begin = System.nanoTime();
        int count = (int) Math.round(perSecond * forSeconds);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                long due = begin + (long) (i * 1e9 / perSecond);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                int number = firstNumber + started++;
                threads.submit(() -> comeAndGo(number));
            }
        }
    }

    private void comeAndGo(int number) {
        long begin = System.nanoTime();
        try (Participant visitor = crowd.join(Broadcast.viewer(room, number))) {
            Received received = visitor.receiving().received();
            received.countIn(watched);
            if (received.first().await(FIRST_MEDIA_SECONDS, TimeUnit.SECONDS)) {
                long took = received.firstNanos() - begin;
                crowd.wires().ask(() -> {
                    joins.add(took);
                    lastNanos = Math.max(lastNanos, received.firstNanos());
                    return true;
                });
                Thread.sleep(STAY_MILLIS);
            } else {
                failed("no media came");
            }
        } catch (IOException | RuntimeException e) {
            failed(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(String why) {
        if (failures.incrementAndGet() <= 3) {
            System.err.println("a join failed: " + why);
        }
    }

    int failures() {
        return failures.get();
    }

    /** Joins that ended with media. */
    long joins() {
        return joins.count();
    }

    /** Joins that ended with media, a second of the time from the first one's beginning to the last one's end. */
    double joinsPerSecond() {
        return joins.count() == 0 ? 0 : joins.count() * 1e9 / (lastNanos - beganNanos);
    }

    /** Time from the offer to the first packet of media. */
    double joinMillis(double share) {
        return joins.millis(share);
    }
}
