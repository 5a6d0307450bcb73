package dev.parley.bench;

import dev.parley.bench.wire.BurstSender;
import dev.parley.bench.wire.LightTransport;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Sends the packets of many streams when they are due, on one thread of its own. What is due at once goes out at once. */
final class Pacer implements AutoCloseable {
    /** A frame that begins later than this shows that this machine could not keep the pace. */
    private static final long LATE_NANOS = 5_000_000L;

    /** A packet must not wait long for those made behind it. */
    private static final int PACKETS_TOGETHER = 32;

    private final PriorityQueue<OutgoingStream> streams =
            new PriorityQueue<>(Comparator.comparingLong(OutgoingStream::dueNanos));
    private final BurstSender sender;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean paused;
    private volatile long sent;
    private volatile long late;
    private long packets;
    private long lateFrames;
    private int gathered;

    /** Starts sending. */
    Pacer(List<OutgoingStream> streams, BurstSender sender) {
        this.streams.addAll(streams);
        this.sender = sender;
        answerKeyFrameRequests(streams);
        thread = Thread.ofPlatform().daemon().name("pacer").start(this::run);
    }

    private static void answerKeyFrameRequests(List<OutgoingStream> streams) {
        Map<LightTransport, List<OutgoingStream>> byTransport =
                streams.stream().collect(Collectors.groupingBy(OutgoingStream::transport));
        byTransport.forEach((transport, own) -> transport.onKeyFrameWanted(ssrc -> {
            for (OutgoingStream stream : own) {
                if (stream.ssrc() == ssrc) {
                    stream.wantKeyFrame();
                }
            }
        }));
    }

    /** Packets sent so far. */
    long sent() {
        return sent;
    }

    /** Frames begun late. */
    long late() {
        return late;
    }

    /** CPU time of its thread so far. */
    long cpuNanos() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
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
            stream.send(sender);
            packets++;
            if (++gathered >= PACKETS_TOGETHER) {
                flush();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a packet could not be encrypted", e);
        }
    }

    private void flush() {
        sender.flush();
        sent = packets;
        gathered = 0;
    }

    private void await(long atNanos) {
        if (gathered > 0 && atNanos - System.nanoTime() > 0) {
            flush();
        }
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
