package dev.parley.transport.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/** The engine without a socket: a test puts datagrams in and takes them out. */
public final class MemoryUdpEngine implements UdpEngine {
    private record Datagram(InetSocketAddress from, byte[] bytes) {}

    private final Queue<Datagram> arriving = new ArrayDeque<>();
    private final Map<InetSocketAddress, RemoteAddress> kept = new HashMap<>();
    private final List<byte[]> sent = new ArrayList<>();

    /** Lets a datagram arrive. */
    public void arrive(InetSocketAddress from, byte[] datagram) {
        arriving.add(new Datagram(from, datagram));
    }

    /** What was sent so far; cleared by the test. */
    public List<byte[]> sent() {
        return sent;
    }

    /** How many addresses are kept. */
    public int keptAddresses() {
        return kept.size();
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        int count = 0;
        Datagram datagram;
        while (count < limit && (datagram = arriving.poll()) != null) {
            ByteBuffer slot = ByteBuffer.allocate(datagram.bytes().length + TAIL_ROOM_BYTES);
            slot.put(0, datagram.bytes());
            RemoteAddress known = kept.get(datagram.from());
            receiver.datagram(
                    slot, 0, datagram.bytes().length, known == null ? new RemoteAddress(datagram.from()) : known);
            count++;
        }
        return count;
    }

    @Override
    public boolean send(RemoteAddress to, ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        sent.add(bytes);
        return true;
    }

    @Override
    public void flush() {}

    @Override
    public RemoteAddress keep(RemoteAddress address) {
        return kept.computeIfAbsent(address.socketAddress(), key -> address);
    }

    @Override
    public void release(RemoteAddress address) {
        address.owner(null);
        kept.remove(address.socketAddress());
    }

    @Override
    public void await(long maxWaitNanos) {
        LockSupport.parkNanos(maxWaitNanos);
    }

    @Override
    public void wakeup() {}

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress("127.0.0.1", 1);
    }

    @Override
    public String describe() {
        return "memory";
    }

    @Override
    public UdpCounters counters() {
        return new UdpCounters(0, 0, sent.size(), 0, sent.size(), 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {}
}
