package dev.parley.bench;

import dev.parley.bench.wire.LightTransport;
import dev.parley.bench.wire.Received;
import dev.parley.bench.wire.Transit;
import dev.parley.bench.wire.Wires;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The participants of a run, and the wires they are on. */
final class Crowd implements AutoCloseable {
    private static final int JOINING_AT_ONCE = 16;

    private final MediaServer server;
    private final Wires wires;

    Crowd(MediaServer server) throws IOException {
        this.server = server;
        wires = new Wires();
    }

    Wires wires() {
        return wires;
    }

    MediaServer server() {
        return server;
    }

    /** Joins one participant. */
    Participant join(Seat seat) throws IOException, InterruptedException {
        return server.join(seat, wires);
    }

    /** Joins many, some at once; in the order of their seats. */
    List<Participant> joinAll(List<Seat> seats) throws IOException, InterruptedException {
        Semaphore joining = new Semaphore(JOINING_AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Participant>> joins = new ArrayList<>();
            for (Seat seat : seats) {
                joining.acquire();
                joins.add(threads.submit(() -> {
                    try {
                        return join(seat);
                    } finally {
                        joining.release();
                    }
                }));
            }
            List<Participant> joined = new ArrayList<>();
            for (Future<Participant> join : joins) {
                joined.add(join.get());
            }
            return joined;
        } catch (ExecutionException e) {
            throw new IOException(
                    "a participant could not join: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * What some have received so far.
     *
     * @param media packets of the slots' streams
     * @param expected how many there should be, going by their sequence numbers
     * @param mediaBytes their bytes, as datagrams
     * @param least packets of the participant with slots that has the fewest
     * @param other packets of retransmissions and probes
     * @param numbered packets with a transport-wide number
     * @param unsound packets that are no RTP or do not verify
     * @param rtcp RTCP packets
     * @param droppedHere packets that reached this machine's sockets and found no room
     * @param transit of the samples since it was cleared
     */
    record Totals(
            long media,
            long expected,
            long mediaBytes,
            long least,
            long other,
            long numbered,
            long unsound,
            long rtcp,
            long droppedHere,
            Transit transit) {}

    Totals totals(Collection<Participant> participants) {
        return wires.ask(() -> {
            long media = 0;
            long mediaBytes = 0;
            long expected = 0;
            long numbered = 0;
            long least = Long.MAX_VALUE;
            long other = 0;
            long unsound = 0;
            for (Participant participant : participants) {
                PeerPlan plan = participant.seat().plan();
                if (plan.audioSlots() + plan.videoSlots() == 0) {
                    continue;
                }
                LightTransport transport = participant.receiving();
                Received received = transport == null ? null : transport.received();
                if (received == null) {
                    least = 0;
                    continue;
                }
                media += received.media();
                expected += received.expected();
                mediaBytes += received.mediaBytes();
                numbered += received.numbered();
                least = Math.min(least, received.media());
                other += received.other();
                unsound += received.unsound();
            }
            return new Totals(
                    media,
                    expected,
                    mediaBytes,
                    least,
                    other,
                    numbered,
                    unsound,
                    wires.rtcp(),
                    wires.dropped(),
                    wires.transit().copy());
        });
    }

    /** Forgets the transit times so far. */
    void clearTransit() {
        wires.ask(() -> {
            wires.transit().clear();
            return true;
        });
    }

    @Override
    public void close() {
        wires.close();
    }
}
