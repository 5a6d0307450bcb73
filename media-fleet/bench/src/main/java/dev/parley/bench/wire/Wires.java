package dev.parley.bench.wire;

import dev.parley.transport.dtls.DtlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The sockets of many transports and the one thread that reads them. Every transport has a loopback address of its own and all share a port; the address a
 * datagram was sent to tells whose it is.
 *
 * <p>The thread naps between looks instead of being woken by each datagram: a wake-up would cost the server that sends, as its system time. Times of arrival
 * are the kernel's (SO_TIMESTAMPNS), so that neither the nap nor a busy reader lengthens them.
 */
public final class Wires implements AutoCloseable {
    private static final int SOCKETS = 4;
    private static final long NAP_NANOS = 100_000;
    private static final long TURN_NANOS = 10_000_000L;
    private static final long FEEDBACK_TURNS = 10;
    private static final long CONSENT_TURNS = 250;
    private static final int READS_AT_ONCE = 16;
    private static final int LARGEST_PACKET = 2048;
    private static final int ANSWER_SECONDS = 30;
    private static final int PORTS = 1 << 16;

    private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
    private final List<WireSocket> sockets = new ArrayList<>();
    private final long[] dropped = new long[SOCKETS];
    private final AtomicReferenceArray<LightTransport> byIndex = new AtomicReferenceArray<>(AddressPlan.CAPACITY);
    private final AtomicReferenceArray<LightTransport> byRemotePort = new AtomicReferenceArray<>(PORTS);
    private final List<LightTransport> transports = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ReceiveBatch batch = new ReceiveBatch();
    private final ReceiveBatch.Receiver receiver = this::packet;
    private final byte[] sample = new byte[LARGEST_PACKET];
    private final byte[] feedback = new byte[LARGEST_PACKET];
    private final ByteBuffer feedbackBuffer = ByteBuffer.wrap(feedback);
    private final Transit transit = new Transit();
    private final BurstSender control;
    private final BurstSender feedbackSender;
    private final Thread thread;
    private volatile boolean running = true;
    private int nextIndex;
    private long wallToNanoTime;
    private long turn;
    private long rtcp;
    private long strangers;

    /** Opens the sockets and starts reading; warns on stderr when their buffers are small. */
    public Wires() throws IOException {
        int port = 0;
        for (int i = 0; i < SOCKETS; i++) {
            WireSocket socket = new WireSocket(port);
            port = socket.port();
            sockets.add(socket);
        }
        if (!sockets.getFirst().warning().isEmpty()) {
            System.err.println(sockets.getFirst().warning());
        }
        control = new BurstSender(sockets.getFirst().fd());
        feedbackSender = sender();
        thread = Thread.ofPlatform().daemon().name("wires").start(this::run);
    }

    /** A new transport, being read from now on. Any thread. */
    public LightTransport open() {
        LightTransport transport = register();
        tasks.add(() -> transports.add(transport));
        return transport;
    }

    /**
     * A new transport at an address of this machine that others have, too: for a server that does not send to loopback addresses. The port a datagram comes
     * from tells whose it is, so the server must have a port for each of its transports. Any thread.
     */
    public LightTransport openAt(InetAddress host) {
        LightTransport transport = new LightTransport(this, LightTransport.SHARED, AddressPlan.number(host));
        tasks.add(() -> transports.add(transport));
        return transport;
    }

    /** From now on what this port sends to a shared address is the transport's. */
    void expect(LightTransport transport, long remote) {
        if (transport.index() == LightTransport.SHARED) {
            byRemotePort.set((int) (remote & 0xFFFF), transport);
        }
    }

    private synchronized LightTransport register() {
        for (int tries = 0; tries < AddressPlan.CAPACITY; tries++) {
            int index = nextIndex++ % AddressPlan.CAPACITY;
            if (byIndex.get(index) == null) {
                LightTransport transport = new LightTransport(this, index, AddressPlan.address(index));
                byIndex.set(index, transport);
                return transport;
            }
        }
        throw new IllegalStateException("more than " + AddressPlan.CAPACITY + " transports");
    }

    void remove(LightTransport transport) {
        boolean here = transport.index() == LightTransport.SHARED
                ? byRemotePort.compareAndSet((int) (transport.remote() & 0xFFFF), transport, null)
                : byIndex.compareAndSet(transport.index(), transport, null);
        if (here) {
            tasks.add(() -> transports.remove(transport));
        }
    }

    /** A sender for one more thread. */
    public BurstSender sender() {
        return new BurstSender(sockets.getFirst().fd());
    }

    /** Any thread: one datagram, at once. */
    void send(int source, long remote, byte[] bytes, int offset, int length) {
        synchronized (control) {
            control.add(source, remote, bytes, offset, length);
            control.flush();
        }
    }

    DtlsIdentity identity() {
        return identity;
    }

    int port() {
        return sockets.getFirst().port();
    }

    /** Where samples are counted unless told otherwise. Inside {@link #ask}. */
    public Transit transit() {
        return transit;
    }

    /** Room for one packet, of the reading thread. */
    byte[] sample() {
        return sample;
    }

    void countRtcp() {
        rtcp++;
    }

    /** RTCP packets received. Inside {@link #ask}. */
    public long rtcp() {
        return rtcp;
    }

    /** Packets for nobody: mostly for those who have left. Inside {@link #ask}. */
    public long strangers() {
        return strangers;
    }

    /** Packets that these sockets had no room for: lost here, not at the server. Inside {@link #ask}. */
    public long dropped() {
        long sum = 0;
        for (long one : dropped) {
            sum += one;
        }
        return sum;
    }

    /** CPU time of the reading thread so far. Any thread. */
    public long cpuNanos() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
    }

    /** Runs a question on the reading thread, where what it has counted can be read. */
    public <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("what was received could not be read", e);
        }
    }

    private void run() {
        WireCalls.sleepExactly();
        long nextTurn = System.nanoTime();
        while (running) {
            readAll();
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            long now = System.nanoTime();
            if (now - nextTurn >= 0) {
                nextTurn = now + TURN_NANOS;
                turn++;
                Instant wall = Instant.now();
                wallToNanoTime = System.nanoTime() - (wall.getEpochSecond() * 1_000_000_000L + wall.getNano());
                timers();
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    private void readAll() {
        for (int i = 0; i < SOCKETS; i++) {
            int reads = 0;
            int messages;
            do {
                messages = batch.receive(sockets.get(i).fd(), receiver);
                if (messages > 0 && batch.dropped() != 0) {
                    dropped[i] = Integer.toUnsignedLong(batch.dropped());
                }
            } while (messages == ReceiveBatch.MESSAGES && ++reads < READS_AT_ONCE);
        }
    }

    private void packet(ByteBuffer buffer, int offset, int length, int destination, long remote, long wallNanos) {
        int index = AddressPlan.index(destination);
        LightTransport transport = index < 0 ? byRemotePort.get((int) (remote & 0xFFFF)) : byIndex.get(index);
        if (transport == null || length == 0) {
            strangers++;
            return;
        }
        long now = wallNanos == 0 || wallToNanoTime == 0 ? System.nanoTime() : wallNanos + wallToNanoTime;
        transport.datagram(buffer, offset, length, remote, now);
    }

    /** Every transport has its own turn, so that their feedback does not come in one heap. */
    private void timers() {
        for (int i = 0; i < transports.size(); i++) {
            if ((turn + i) % FEEDBACK_TURNS == 0) {
                transports.get(i).sendFeedback(feedbackSender, feedback, feedbackBuffer);
            }
            if ((turn + i) % CONSENT_TURNS == 0) {
                transports.get(i).keepConsent();
            }
        }
        feedbackSender.flush();
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(WireSocket::close);
    }
}
