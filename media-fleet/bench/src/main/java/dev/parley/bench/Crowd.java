package dev.parley.bench;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.MediaAnswer;
import dev.parley.transport.dtls.DtlsIdentity;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The light participants of a run, and the one loop that reads their sockets. */
final class Crowd implements AutoCloseable {
    private static final int JOINING_AT_ONCE = 8;

    private final MeasuredNode node;
    private final ControlPlane control;
    private final WireLoop loop;
    private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
    private final List<LightPeer> peers = Collections.synchronizedList(new ArrayList<>());

    Crowd(MeasuredNode node, ControlPlane control) throws IOException {
        this.node = node;
        this.control = control;
        loop = new WireLoop(0);
    }

    /** Joins one participant and returns when its data channel is open. */
    LightPeer join(String room, int number, PeerPlan plan, ChannelMessage.Want want)
            throws IOException, InterruptedException {
        LightPeer peer = new LightPeer(plan);
        peers.add(peer);
        MediaAnswer answer = control.open(node, room, number, peer.offer(identity), plan.tracks());
        loop.add(peer);
        peer.connect(identity, NodeAnswer.read(answer.sdp(), plan), loop.transit(), want);
        return peer;
    }

    /** Joins many with the same plan, some at once. */
    void joinAll(String room, int firstNumber, int count, PeerPlan plan, ChannelMessage.Want want)
            throws IOException, InterruptedException {
        Semaphore joining = new Semaphore(JOINING_AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<LightPeer>> joins = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = firstNumber + i;
                joining.acquire();
                joins.add(threads.submit(() -> {
                    try {
                        return join(room, number, plan, want);
                    } finally {
                        joining.release();
                    }
                }));
            }
            for (Future<LightPeer> join : joins) {
                join.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(
                    "a participant could not join: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * What all have received so far.
     *
     * @param media packets of the slots' streams
     * @param expected how many there should be, going by their sequence numbers
     * @param mediaBytes their bytes, as datagrams
     * @param least packets of the participant with slots that has the fewest
     * @param other packets of retransmissions and probes
     * @param numbered packets with a transport-wide number
     * @param unsound packets that are no RTP or do not verify
     * @param rtcp RTCP packets
     */
    record Totals(
            long media,
            long expected,
            long mediaBytes,
            long least,
            long other,
            long numbered,
            long unsound,
            long rtcp) {}

    Totals totals() {
        return ask(() -> {
            long media = 0;
            long mediaBytes = 0;
            long expected = 0;
            long numbered = 0;
            long least = Long.MAX_VALUE;
            long other = 0;
            long unsound = 0;
            for (LightPeer peer : List.copyOf(peers)) {
                Received received = peer.received();
                if (received == null || peer.plan().audioSlots() + peer.plan().videoSlots() == 0) {
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
            return new Totals(media, expected, mediaBytes, least, other, numbered, unsound, loop.rtcp());
        });
    }

    /** Forgets the transit times so far. */
    void clearTransit() {
        ask(() -> {
            loop.transit().clear();
            return true;
        });
    }

    /** @param shares percentiles to tell, as ratios */
    double[] transitMillis(double... shares) {
        return ask(() -> {
            double[] millis = new double[shares.length];
            for (int i = 0; i < shares.length; i++) {
                millis[i] = loop.transit().millis(shares[i]);
            }
            return millis;
        });
    }

    int transitSamples() {
        return ask(() -> loop.transit().count());
    }

    private <T> T ask(java.util.function.Supplier<T> question) {
        try {
            return loop.ask(question).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the receivers could not be read", e);
        }
    }

    @Override
    public void close() throws IOException {
        loop.close();
        for (LightPeer peer : peers) {
            peer.close();
        }
    }
}
