package dev.parley.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** One thread that reads the sockets of many participants and sends their checks and feedback. */
final class WireLoop implements AutoCloseable {
    private static final long SELECT_MILLIS = 5;
    private static final long TURN_NANOS = 10_000_000L;
    private static final long FEEDBACK_TURNS = 10;
    private static final long CONSENT_TURNS = 250;
    private static final int READS_AT_ONCE = 64;

    private final Selector selector;
    private final Thread thread;
    private final List<LightPeer> peers = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
    private final Transit transit = new Transit();
    private volatile boolean running = true;
    private long turn;
    private long rtcp;

    WireLoop(int index) throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().daemon().name("wire-" + index).start(this::run);
    }

    /** From now on this loop reads the participant's socket. */
    void add(LightPeer peer) throws IOException {
        ask(() -> {
                    try {
                        peer.channel().register(selector, SelectionKey.OP_READ, peer);
                        peers.add(peer);
                        return true;
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .join();
    }

    /** Runs a question on the loop's thread, where what it has counted can be read. */
    <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        selector.wakeup();
        return answer;
    }

    /** On the loop's thread, or inside {@link #ask}. */
    Transit transit() {
        return transit;
    }

    /** RTCP packets received. Inside {@link #ask}. */
    long rtcp() {
        return rtcp;
    }

    private void run() {
        long nextTurn = System.nanoTime();
        while (running) {
            try {
                selector.select(key -> read((LightPeer) key.attachment()), SELECT_MILLIS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                long now = System.nanoTime();
                if (now - nextTurn >= 0) {
                    nextTurn = now + TURN_NANOS;
                    turn++;
                    timers();
                }
            } catch (IOException e) {
                System.err.println("reading failed: " + e.getMessage());
            }
        }
    }

    /** Every participant has its own turn, so that their feedback does not come in one heap. */
    private void timers() throws IOException {
        for (int i = 0; i < peers.size(); i++) {
            if ((turn + i) % FEEDBACK_TURNS == 0) {
                peers.get(i).sendFeedback();
            }
            if ((turn + i) % CONSENT_TURNS == 0) {
                peers.get(i).keepConsent();
            }
        }
    }

    private void read(LightPeer peer) {
        try {
            for (int i = 0; i < READS_AT_ONCE; i++) {
                buffer.clear();
                if (!peer.channel().isConnected() || peer.channel().read(buffer) <= 0) {
                    return;
                }
                datagram(peer, buffer.position(), System.nanoTime());
            }
        } catch (IOException e) {
            if (running) {
                System.err.println("a socket failed: " + e.getMessage());
            }
        }
    }

    /** RFC 7983: the first byte tells what it is. */
    private void datagram(LightPeer peer, int length, long nowNanos) {
        int first = buffer.get(0) & 0xFF;
        if (first < 4) {
            peer.checkAnswered();
        } else if (first >= 20 && first < 64) {
            peer.dtls(buffer, length);
        } else if (first >= 128 && first < 192) {
            int type = buffer.get(1) & 0xFF;
            Received received = peer.received();
            if (type >= 192 && type < 224) {
                rtcp++;
            } else if (received != null) {
                received.rtp(buffer, length, nowNanos);
            }
        }
    }

    @Override
    public void close() throws IOException {
        running = false;
        selector.wakeup();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
