package dev.parley.bench.stages;

import dev.parley.transport.udp.RemoteAddress;
import dev.parley.transport.udp.UdpCounters;
import dev.parley.transport.udp.UdpEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** An engine without a socket: the same datagram arrives as often as the benchmark says, and what is sent is gone. */
final class FedEngine implements UdpEngine {
    private final RemoteAddress from =
            new RemoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000));
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(2048);
    private int length;
    private int waiting;
    private long sent;

    /** What arrives from now on; the buffer's bytes from 0 to {@code bytes}. */
    void datagram(ByteBuffer source, int bytes) {
        datagram.put(0, source, 0, bytes);
        length = bytes;
    }

    /** Lets it arrive so many times. */
    void arrive(int times) {
        waiting += times;
    }

    long sent() {
        return sent;
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        int count = Math.min(waiting, limit);
        for (int i = 0; i < count; i++) {
            receiver.datagram(datagram, 0, length, from);
        }
        waiting -= count;
        return count;
    }

    @Override
    public boolean send(RemoteAddress to, ByteBuffer buffer, int offset, int length) {
        sent++;
        return true;
    }

    @Override
    public void flush() {}

    @Override
    public RemoteAddress keep(RemoteAddress address) {
        return address;
    }

    @Override
    public void release(RemoteAddress address) {
        address.owner(null);
    }

    @Override
    public void await(long maxWaitNanos) {}

    @Override
    public void wakeup() {}

    @Override
    public InetSocketAddress localAddress() {
        return from.socketAddress();
    }

    @Override
    public String describe() {
        return "fed";
    }

    @Override
    public UdpCounters counters() {
        return new UdpCounters(0, 0, sent, 0, sent, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {}
}
