package dev.parley.transport;

import dev.parley.transport.dtls.DtlsDatagrams;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Everything that goes between a session's virtual thread and the others: received datagrams and messages in, protected
 * datagrams out. All of it bounded; only the session's thread waits. A datagram for which there is no room is dropped, as
 * by a network: DTLS handshakes (RFC 6347 section 4.2.4) and SCTP (RFC 9260 section 6.3) repeat what was lost.
 */
final class SessionMailbox implements DtlsDatagrams {
    /** A message that the session's thread is to send. */
    record Outgoing(int channelId, String text, byte[] binary) {}

    private final LongSupplier nanoClock;
    private final MpscRing<byte[]> datagrams;
    private final MpscRing<Outgoing> messages;
    private final MpscRing<byte[]> outbox;
    private final Tally tally;
    private final Runnable signalAgent;
    private volatile Thread owner;
    private volatile boolean waiting;
    private volatile boolean stopped;

    SessionMailbox(MediaPortSettings settings, LongSupplier nanoClock, Tally tally, Runnable signalAgent) {
        this.nanoClock = nanoClock;
        this.datagrams = new MpscRing<>(settings.inboxDatagrams());
        this.messages = new MpscRing<>(settings.messages());
        this.outbox = new MpscRing<>(settings.outboxDatagrams());
        this.tally = tally;
        this.signalAgent = signalAgent;
    }

    // ---- the agent's and other threads' side

    /** Gives the session's thread a received DTLS datagram, or drops it when too many are waiting. The agent's thread. */
    void offerDatagram(byte[] datagram) {
        if (datagrams.offer(datagram)) {
            wake();
        } else {
            tally.add(Tally.Event.DTLS_INBOX_FULL);
        }
    }

    /** Gives the session's thread a message to send; false when its queue is full. */
    boolean offerMessage(Outgoing message) {
        boolean taken = messages.offer(message);
        wake();
        return taken;
    }

    /** Asks the session's thread to send what it has and end. */
    void stop() {
        stopped = true;
        wake();
    }

    /** The next datagram for the agent to send; null when there is none. */
    byte[] pollOutbox() {
        return outbox.poll();
    }

    private void wake() {
        if (waiting) {
            LockSupport.unpark(owner);
        }
    }

    // ---- the session's thread's side

    /** Makes the calling thread the one that waits here. */
    void adopt() {
        owner = Thread.currentThread();
    }

    boolean isStopped() {
        return stopped;
    }

    boolean hasDatagram() {
        return !datagrams.isEmpty();
    }

    Outgoing pollMessage() {
        return messages.poll();
    }

    /** Has the agent look at this session. */
    void signalAgent() {
        signalAgent.run();
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
    public void send(byte[] source, int offset, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(source, offset, copy, 0, length);
        if (!outbox.offer(copy)) {
            tally.addOutboxFull();
        }
        signalAgent();
    }
}
