package dev.parley.transport.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The UDP engine of every platform: one {@link DatagramChannel}, one system call per datagram, one direct slab. */
public final class NioUdpEngine implements UdpEngine {
    private static final Logger LOG = LoggerFactory.getLogger(NioUdpEngine.class);
    private static final int SLOT_BYTES = 2048;
    private static final int LARGEST_DATAGRAM_BYTES = SLOT_BYTES - TAIL_ROOM_BYTES;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress localAddress;
    private final ByteBuffer received = ByteBuffer.allocateDirect(SLOT_BYTES);
    private final ByteBuffer sending = ByteBuffer.allocateDirect(SLOT_BYTES);
    private final Map<InetSocketAddress, RemoteAddress> kept = new HashMap<>();

    // Written by the agent alone; volatile so that any thread may read.
    private volatile long datagramsIn;
    private volatile long bytesIn;
    private volatile long datagramsOut;
    private volatile long bytesOut;
    private volatile long oversized;
    private volatile long sendsDropped;
    private volatile long sendErrors;
    private volatile long receiveErrors;

    private NioUdpEngine(DatagramChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.localAddress = (InetSocketAddress) channel.getLocalAddress();
    }

    /**
     * Opens the port.
     *
     * @throws UdpException when it cannot be bound
     */
    public static NioUdpEngine open(UdpSettings settings) {
        DatagramChannel channel = null;
        Selector selector = null;
        try {
            channel = DatagramChannel.open();
            channel.configureBlocking(false);
            buffer(channel, StandardSocketOptions.SO_RCVBUF, settings.receiveBufferBytes(), "net.core.rmem_max");
            buffer(channel, StandardSocketOptions.SO_SNDBUF, settings.sendBufferBytes(), "net.core.wmem_max");
            if (settings.dscp() != 0) {
                channel.setOption(StandardSocketOptions.IP_TOS, settings.dscp() << 2);
            }
            channel.bind(settings.bind());
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new NioUdpEngine(channel, selector);
        } catch (IOException e) {
            closeQuietly(channel);
            closeQuietly(selector);
            throw new UdpException("UDP port " + settings.bind() + " could not be opened: " + e.getMessage(), e);
        }
    }

    private static void buffer(DatagramChannel channel, SocketOption<Integer> option, int wanted, String sysctl)
            throws IOException {
        channel.setOption(option, wanted);
        BufferWarning.of(option.name(), channel.getOption(option), wanted, sysctl)
                .ifPresent(LOG::warn);
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        int count = 0;
        while (count < limit) {
            InetSocketAddress from;
            try {
                received.clear();
                from = (InetSocketAddress) channel.receive(received);
            } catch (IOException e) {
                // An ICMP error of an earlier send, most often; the socket itself goes on working.
                receiveErrors++;
                return count;
            }
            if (from == null) {
                return count;
            }
            count++;
            int length = received.position();
            datagramsIn++;
            bytesIn += length;
            if (length > LARGEST_DATAGRAM_BYTES) {
                oversized++;
                continue;
            }
            RemoteAddress address = kept.get(from);
            receiver.datagram(received.clear(), 0, length, address == null ? new RemoteAddress(from) : address);
        }
        return count;
    }

    @Override
    public boolean send(RemoteAddress to, ByteBuffer buffer, int offset, int length) {
        if (length > SLOT_BYTES) {
            sendErrors++;
            return false;
        }
        sending.clear().put(0, buffer, offset, length).limit(length);
        try {
            if (channel.send(sending, to.socketAddress()) == 0) {
                sendsDropped++;
                return false;
            }
            datagramsOut++;
            bytesOut += length;
            return true;
        } catch (IOException e) {
            sendErrors++;
            return false;
        }
    }

    @Override
    public void flush() {
        // Every datagram went out at once.
    }

    @Override
    public RemoteAddress keep(RemoteAddress address) {
        RemoteAddress before = kept.putIfAbsent(address.socketAddress(), address);
        return before == null ? address : before;
    }

    @Override
    public void release(RemoteAddress address) {
        address.owner(null);
        kept.remove(address.socketAddress());
    }

    /** How many addresses are kept. The agent's thread. */
    int keptAddresses() {
        return kept.size();
    }

    @Override
    public void await(long maxWaitNanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(maxWaitNanos);
        if (millis == 0) {
            LockSupport.parkNanos(maxWaitNanos);
            return;
        }
        try {
            selector.select(millis);
            selector.selectedKeys().clear();
        } catch (IOException e) {
            receiveErrors++;
        }
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public String describe() {
        return "NIO: one system call per datagram";
    }

    @Override
    public UdpCounters counters() {
        long out = datagramsOut;
        return new UdpCounters(
                datagramsIn, bytesIn, out, bytesOut, out, 0, oversized, sendsDropped, sendErrors, receiveErrors);
    }

    @Override
    public void close() {
        closeQuietly(channel);
        closeQuietly(selector);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        if (closeable == null) {
            return;
        }
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("closing a UDP port failed", e);
        }
    }
}
