package dev.parley.transport.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * One UDP port of one agent. Everything but {@link #wakeup} and {@link #counters} belongs to the agent's thread, and
 * nothing but {@link #await} waits.
 */
public interface UdpEngine extends AutoCloseable {
    /** Bytes behind a received packet that its receiver may overwrite, for tags of packets protected in place. */
    int TAIL_ROOM_BYTES = 64;

    /** Room for a packet in {@link #outgoing}. */
    int OUTGOING_BYTES = 2048;

    /** Takes received datagrams. */
    @FunctionalInterface
    interface Receiver {
        /** One datagram; buffer and address are valid until this returns, the bytes may be overwritten. */
        void datagram(ByteBuffer buffer, int offset, int length, RemoteAddress from);
    }

    /** Hands over up to {@code limit} datagrams that have arrived, and answers how many. */
    int receive(Receiver receiver, int limit);

    /**
     * Sends the datagram, or queues it until {@link #flush}; the bytes are taken before this returns.
     *
     * @return false when it was dropped, which is counted
     */
    boolean send(RemoteAddress to, ByteBuffer buffer, int offset, int length);

    /**
     * A buffer in network byte order in which the agent may write the next packet itself, from {@link #outgoingOffset} on, at most
     * {@value #OUTGOING_BYTES} bytes: {@link #send} then need not copy it. Null when this engine has none.
     */
    default ByteBuffer outgoing() {
        return null;
    }

    /** Where in {@link #outgoing} the next packet goes; asked for before each. */
    default int outgoingOffset() {
        return 0;
    }

    /** Sends what {@link #send} queued. */
    void flush();

    /** The lasting object of this address. */
    RemoteAddress keep(RemoteAddress address);

    /** Lets go of an address that {@link #keep} made last; its owner is cleared. */
    void release(RemoteAddress address);

    /** Waits until a datagram is there, {@link #wakeup} is called, or the time is over. */
    void await(long maxWaitNanos);

    /** Ends a running or the next {@link #await}. Any thread. */
    void wakeup();

    /** The address and port it is bound to. */
    InetSocketAddress localAddress();

    /** Its name and ways, for people. Any thread. */
    String describe();

    /** What it has counted so far. Any thread. */
    UdpCounters counters();

    /** Closes the socket. */
    @Override
    void close();
}
