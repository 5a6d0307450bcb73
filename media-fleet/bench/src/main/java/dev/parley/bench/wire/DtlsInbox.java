package dev.parley.bench.wire;

import dev.parley.transport.dtls.DtlsDatagrams;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** DTLS datagrams between the thread that reads the socket and the one that owns the connection. */
public final class DtlsInbox implements DtlsDatagrams {
    private static final int CAPACITY = 256;

    private final LightTransport transport;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private boolean nudged;

    DtlsInbox(LightTransport transport) {
        this.transport = transport;
    }

    /** Any thread: a datagram has come. Dropped when too many wait, as a network would. */
    void add(byte[] datagram) {
        lock.lock();
        try {
            if (waiting.size() < CAPACITY) {
                waiting.add(datagram);
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Any thread: ends the wait of the thread that owns the connection. */
    public void nudge() {
        lock.lock();
        try {
            nudged = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is a datagram or a nudge, and answers whether there is one.
     *
     * @throws IOException when the thread was interrupted
     */
    public boolean await(long nanos) throws IOException {
        lock.lock();
        try {
            long left = nanos;
            while (waiting.isEmpty() && !nudged && left > 0) {
                left = arrived.awaitNanos(left);
            }
            nudged = false;
            return !waiting.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("told to stop", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int receive(byte[] target, int offset, int capacity, int timeoutMillis) throws IOException {
        if (!await(TimeUnit.MILLISECONDS.toNanos(timeoutMillis))) {
            return -1;
        }
        lock.lock();
        try {
            byte[] datagram = waiting.remove();
            int length = Math.min(capacity, datagram.length);
            System.arraycopy(datagram, 0, target, offset, length);
            return length;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(byte[] source, int offset, int length) {
        transport.send(source, offset, length);
    }
}
