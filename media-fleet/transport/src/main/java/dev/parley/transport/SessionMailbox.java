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
 *
 * <p>To wake a thread costs more than what most datagrams have it do. So it keeps no timer of its own: the agent {@linkplain #remind reminds} it in
 * passing. And a record that can only acknowledge waits a little for company.
 */
final class SessionMailbox implements DtlsDatagrams {
    /** How long a record that only acknowledges may wait for something that wakes the thread anyway. */
    static final long COMPANY_NANOS = 40_000_000L;

    private static final long NEVER = Long.MAX_VALUE;
    private static final int APPLICATION_DATA = 23;

    /**
     * Shorter than any application record of AES-GCM that carries a DATA chunk: 13 + 8 bytes before and 16 behind (RFC 6347, RFC 5288) a packet of 12 and a
     * chunk of at least 20 (RFC 9260 section 3.3.1).
     */
    private static final int SHORTEST_DATA_BYTES = 13 + 8 + 12 + 20 + 16;

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

    // Written by the session's thread before it waits.
    private volatile long dueNanos = NEVER;
    private volatile boolean acknowledgementsPress = true;

    // The agent's own.
    private long companyUntilNanos = NEVER;

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
    void offerDatagram(byte[] datagram, long nowNanos) {
        if (!datagrams.offer(datagram)) {
            tally.add(Tally.Event.DTLS_INBOX_FULL);
        } else if (acknowledgementsPress || !onlyAcknowledges(datagram)) {
            companyUntilNanos = NEVER;
            wake();
        } else if (companyUntilNanos == NEVER) {
            companyUntilNanos = nowNanos + COMPANY_NANOS;
        }
    }

    private static boolean onlyAcknowledges(byte[] datagram) {
        return datagram.length < SHORTEST_DATA_BYTES && datagram[0] == APPLICATION_DATA;
    }

    /** Wakes the session's thread if the time that it waits for has come. The agent's thread, every few milliseconds. */
    void remind(long nowNanos) {
        boolean enoughCompany = companyUntilNanos <= nowNanos;
        if (enoughCompany) {
            companyUntilNanos = NEVER;
        }
        if (waiting && (enoughCompany || dueNanos <= nowNanos)) {
            LockSupport.unpark(owner);
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

    /**
     * Waits until there is a datagram or a message, or the session is to stop, or the time has come, a few milliseconds more or less.
     *
     * @param deadlineNanos of the clock that {@link #remind} is given, {@code Long.MAX_VALUE} for none
     * @param acknowledgementsPress whether something cannot be sent before an acknowledgement has come
     */
    void awaitWork(long deadlineNanos, boolean acknowledgementsPress) {
        this.acknowledgementsPress = acknowledgementsPress;
        awaitUntil(deadlineNanos, true);
    }

    private void awaitUntil(long deadlineNanos, boolean messagesCount) {
        dueNanos = deadlineNanos;
        waiting = true;
        try {
            // Asked after the word that we wait: who brings something from here on wakes us.
            while (datagrams.isEmpty() && !stopped && !(messagesCount && !messages.isEmpty())) {
                if (deadlineNanos <= nanoClock.getAsLong()) {
                    return;
                }
                LockSupport.park(this);
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
