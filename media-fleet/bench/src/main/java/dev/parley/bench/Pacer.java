package dev.parley.bench;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/** Sends the packets of many streams when they are due, on one thread of its own. */
final class Pacer implements AutoCloseable {
    /** A frame that begins later than this shows that this machine could not keep the pace. */
    private static final long LATE_NANOS = 5_000_000L;

    private final PriorityQueue<OutgoingStream> streams =
            new PriorityQueue<>(Comparator.comparingLong(OutgoingStream::dueNanos));
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean paused;
    private volatile long sent;
    private volatile long late;
    private long packets;
    private long lateFrames;

    /** Starts sending. */
    Pacer(List<OutgoingStream> streams) {
        this.streams.addAll(streams);
        thread = Thread.ofPlatform().daemon().name("pacer").start(this::run);
    }

    /** Packets sent so far. */
    long sent() {
        return sent;
    }

    /** Frames begun late. */
    long late() {
        return late;
    }

    /** Ends the frames that have begun and begins no other until told otherwise. */
    void pause(boolean value) {
        paused = value;
    }

    private void run() {
        while (running) {
            OutgoingStream next = streams.remove();
            await(next.dueNanos());
            if (!next.betweenFrames()) {
                send(next);
            } else if (paused) {
                next.skipFrame();
            } else {
                if (System.nanoTime() - next.dueNanos() > LATE_NANOS) {
                    late = ++lateFrames;
                }
                send(next);
            }
            streams.add(next);
        }
    }

    private void send(OutgoingStream stream) {
        try {
            stream.send();
            sent = ++packets;
        } catch (IOException | GeneralSecurityException e) {
            if (running) {
                throw new IllegalStateException("a packet could not be sent", e);
            }
        }
    }

    private static void await(long atNanos) {
        for (long left = atNanos - System.nanoTime(); left > 0; left = atNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
