package dev.parley.transport.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The UDP engine of 64-bit Linux (x86_64, aarch64): many datagrams by one system call each way, and one kernel message for
 * each run of equal-sized packets to one receiver. Nothing is allocated per packet.
 *
 * <p>Sends wait for {@link #flush}: what the kernel refuses then is counted, and {@link #send} has long said yes.
 */
public final class BatchedUdpEngine implements UdpEngine {
    private static final int CLOSED = Integer.MIN_VALUE / 2;
    private static final int POLLFD_BYTES = 8;

    private final LinuxCalls calls;
    private final LinuxSocket socket;
    private final int eventfd;
    private final SendBatch sending;
    private final ReceiveBatch receiving;
    private final AddressTable kept = new AddressTable();
    private final NapRule naps = new NapRule(System.nanoTime());
    private final ByteBuffer pollfds = LinuxCalls.block(2 * POLLFD_BYTES);
    private final long pollfdsAddress = LinuxCalls.addressOf(pollfds);
    private final AtomicBoolean woken = new AtomicBoolean();
    /** Threads that are about to signal; far below zero once the engine is closed. */
    private final AtomicInteger wakers = new AtomicInteger();

    /** The last address given to us that is not ours, and ours for it. */
    private RemoteAddress foreign;

    private BatchedAddress foreignHere;
    private BatchedAddress passing;

    private BatchedUdpEngine(LinuxCalls calls, LinuxSocket socket, int eventfd) {
        this.calls = calls;
        this.socket = socket;
        this.eventfd = eventfd;
        this.sending = new SendBatch(calls, socket.fd(), socket.family(), socket.segments());
        this.receiving = new ReceiveBatch(calls, socket.fd(), socket.family(), this::find);
        pollfds.putInt(0, eventfd).putShort(4, (short) LinuxCalls.POLLIN);
        pollfds.putInt(POLLFD_BYTES, socket.fd()).putShort(POLLFD_BYTES + 4, (short) LinuxCalls.POLLIN);
    }

    /**
     * Opens the port; only where {@link UdpEngines#refusal} has nothing against it.
     *
     * @throws UdpException when it cannot be bound
     */
    public static BatchedUdpEngine open(UdpSettings settings) {
        return open(settings, new LinuxCalls());
    }

    /** The same with the system calls of a test. */
    static BatchedUdpEngine open(UdpSettings settings, LinuxCalls calls) {
        try {
            LinuxSocket socket = LinuxSocket.open(calls, settings);
            int eventfd = calls.eventfd();
            if (eventfd < 0) {
                calls.close(socket.fd());
                throw new IOException(LinuxCalls.text(-eventfd) + " (eventfd)");
            }
            return new BatchedUdpEngine(calls, socket, eventfd);
        } catch (IOException e) {
            throw new UdpException("UDP port " + settings.bind() + " could not be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        return receiving.receive(receiver, limit);
    }

    private BatchedAddress find(long first, long second, long third, long fourth) {
        BatchedAddress known = kept.get(first, second, third, fourth);
        if (known != null) {
            return known;
        }
        if (passing == null || passing.isWaitedFor()) {
            passing = new BatchedAddress(first, second, third, fourth);
        } else {
            passing.set(first, second, third, fourth);
        }
        return passing;
    }

    @Override
    public boolean send(RemoteAddress to, ByteBuffer buffer, int offset, int length) {
        BatchedAddress address = to instanceof BatchedAddress ours ? ours : here(to);
        if (address == null || length > SendBatch.SLOT_BYTES) {
            sending.refuse();
            return false;
        }
        sending.add(address, buffer, offset, length);
        return true;
    }

    @Override
    public ByteBuffer outgoing() {
        return sending.outgoing();
    }

    @Override
    public int outgoingOffset() {
        return sending.nextOffset();
    }

    /** Our object for an address made elsewhere; null when this socket cannot reach it. */
    private BatchedAddress here(RemoteAddress to) {
        if (to == foreign && (foreignHere.kept || kept.get(foreignHere) == null)) {
            return foreignHere;
        }
        long[] words = SocketAddressWords.of(to.socketAddress(), socket.family());
        if (words == null) {
            return null;
        }
        BatchedAddress known = kept.get(words[0], words[1], words[2], words[3]);
        if (known == null) {
            if (foreignHere != null && foreignHere.is(words[0], words[1], words[2], words[3])) {
                known = foreignHere;
            } else {
                // Two objects of one address must not wait side by side: their packets would change places.
                sending.flush();
                known = new BatchedAddress(words[0], words[1], words[2], words[3]);
            }
        }
        foreign = to;
        foreignHere = known;
        return known;
    }

    @Override
    public void flush() {
        sending.flush();
    }

    @Override
    public RemoteAddress keep(RemoteAddress address) {
        BatchedAddress ours = address instanceof BatchedAddress batched ? batched : here(address);
        if (ours == null || ours.kept) {
            return ours == null ? address : ours;
        }
        BatchedAddress known = kept.get(ours);
        if (known != null) {
            return known;
        }
        if (ours == passing) {
            passing = null;
        }
        ours.kept = true;
        kept.add(ours);
        return ours;
    }

    @Override
    public void release(RemoteAddress address) {
        address.owner(null);
        if (address instanceof BatchedAddress ours && ours.kept) {
            ours.kept = false;
            kept.remove(ours);
        }
    }

    @Override
    public void await(long maxWaitNanos) {
        if (maxWaitNanos <= 0 || receiving.hasWaiting()) {
            return;
        }
        long napNanos = naps.napNanos(System.nanoTime(), receiving.received());
        // A nap looks at wakeups alone; datagrams gather meanwhile.
        int watched = napNanos > 0 ? 1 : 2;
        long waitNanos = napNanos > 0 ? Math.min(napNanos, maxWaitNanos) : maxWaitNanos;
        pollfds.putShort(6, (short) 0);
        int ready = calls.ppoll(pollfdsAddress, watched, waitNanos);
        if (ready > 0 && pollfds.getShort(6) != 0) {
            // In this order: a wakeup between the two finds us awake.
            calls.drain(eventfd);
            woken.set(false);
        }
    }

    @Override
    public void wakeup() {
        if (woken.compareAndSet(false, true)) {
            boolean signalled = false;
            // No lock: agents wake each other.
            int before = wakers.getAndIncrement();
            try {
                if (before >= 0) {
                    calls.signal(eventfd);
                }
                signalled = true;
            } finally {
                wakers.getAndDecrement();
                if (!signalled) {
                    // Nobody would signal again, and the agent would sleep through everything to come.
                    woken.set(false);
                }
            }
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    @Override
    public UdpCounters counters() {
        return new UdpCounters(
                receiving.datagramsIn(),
                receiving.bytesIn(),
                sending.datagramsOut(),
                sending.bytesOut(),
                sending.messagesOut(),
                sending.segmentFallbacks(),
                receiving.oversized(),
                sending.sendsDropped(),
                sending.sendErrors(),
                receiving.receiveErrors());
    }

    /** How many addresses are kept. The agent's thread. */
    int keptAddresses() {
        return kept.size();
    }

    @Override
    public String describe() {
        return "batched: recvmmsg" + (socket.coalesces() ? " with GRO" : "") + ", sendmmsg"
                + (sending.isSegmenting() ? " with GSO" : "");
    }

    @Override
    public void close() {
        if (wakers.get() < CLOSED / 2) {
            return;
        }
        while (!wakers.compareAndSet(0, CLOSED)) {
            Thread.onSpinWait();
        }
        calls.close(eventfd);
        calls.close(socket.fd());
    }
}
