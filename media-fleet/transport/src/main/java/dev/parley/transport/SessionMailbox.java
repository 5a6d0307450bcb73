package dev.parley.transport;

import dev.parley.transport.dtls.DtlsDatagrams;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Everything that goes between a session's virtual thread and the others: received datagrams and messages in, protected
 * datagrams and notices out. All of it bounded; only the session's thread waits.
 */
final class SessionMailbox implements DtlsDatagrams {
    /** A message that the session's thread is to send. */
    record Outgoing(int channelId, String text, byte[] binary) {}

    private final LongSupplier nanoClock;
    private final MpscRing<byte[]> datagrams;
    private final MpscRing<Outgoing> messages;
    private final MpscRing<Object> outbox;
    private final Runnable signalAgent;
    private volatile Thread owner;
    private volatile boolean waiting;
    private volatile boolean stopped;
    private volatile boolean outboxOverflowed;

    SessionMailbox(MediaPortSettings settings, LongSupplier nanoClock, Runnable signalAgent) {
        this.nanoClock = nanoClock;
        this.datagrams = new MpscRing<>(settings.inboxDatagrams());
        this.messages = new MpscRing<>(settings.messages());
        this.outbox = new MpscRing<>(settings.outboxDatagrams());
        this.signalAgent = signalAgent;
    }

    // ---- the agent's and other threads' side

    /** Gives the session's thread a received DTLS datagram; false when its queue is full. */
    boolean offerDatagram(byte[] datagram) {
        return datagrams.offer(datagram) && woken();
    }

    /** Gives the session's thread a message to send; false when its queue is full. */
    boolean offerMessage(Outgoing message) {
        return messages.offer(message) && woken();
    }

    /** Asks the session's thread to send what it has and end. */
    void stop() {
        stopped = true;
        woken();
    }

    /** The next thing for the agent: a datagram ({@code byte[]}), or a notice; null when there is none. */
    Object pollOutbox() {
        return outbox.poll();
    }

    private boolean woken() {
        if (waiting) {
            LockSupport.unpark(owner);
        }
        return true;
    }

    // ---- the session's thread's side

    /** Makes the calling thread the one that waits here. */
    void adopt() {
        owner = Thread.currentThread();
    }

    boolean isStopped() {
        return stopped;
    }

    boolean hasOutboxOverflowed() {
        return outboxOverflowed;
    }

    boolean hasDatagram() {
        return !datagrams.isEmpty();
    }

    Outgoing pollMessage() {
        return messages.poll();
    }

    /** Gives the agent something; false when it does not keep up. */
    boolean tell(Object notice) {
        boolean taken = outbox.offer(notice);
        signalAgent.run();
        return taken;
    }

    /** Waits until there is a datagram or a message, or the session is to stop, or the time has come. */
    void awaitWork(long deadlineNanos) {
        awaitUntil(deadlineNanos, true);
    }

    private void awaitUntil(long deadlineNanos, boolean messagesCount) {
        waiting = true;
        try {
            while (datagrams.isEmpty() && !stopped && !(messagesCount && !messages.isEmpty())) {
                long left = deadlineNanos - nanoClock.getAsLong();
                if (left <= 0) {
                    return;
                }
                LockSupport.parkNanos(left);
                if (Thread.interrupted()) {
                    stopped = true;
                }
            }
        } finally {
            waiting = false;
        }
    }

    @Override
    public int receive(byte[] target, int offset, int capacity, int timeoutMillis) throws IOException {
        byte[] datagram = datagrams.poll();
        if (datagram == null && timeoutMillis > 0 && !stopped) {
            awaitUntil(nanoClock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis), false);
            datagram = datagrams.poll();
        }
        if (datagram == null) {
            if (stopped) {
                throw new IOException("the session was closed");
            }
            return -1;
        }
        int length = Math.min(datagram.length, capacity);
        System.arraycopy(datagram, 0, target, offset, length);
        return length;
    }

    @Override
    public void send(byte[] source, int offset, int length) throws IOException {
        byte[] copy = new byte[length];
        System.arraycopy(source, offset, copy, 0, length);
        if (!tell(copy)) {
            outboxOverflowed = true;
            throw new IOException("the agent did not take the session's datagrams");
        }
    }
}
