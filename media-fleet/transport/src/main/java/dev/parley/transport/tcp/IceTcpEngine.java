package dev.parley.transport.tcp;

import dev.parley.transport.udp.RemoteAddress;
import dev.parley.transport.udp.UdpCounters;
import dev.parley.transport.udp.UdpEngine;
import dev.parley.transport.udp.UdpException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP engine that also takes TCP connections on the same port number.
 *
 * <p>A connection has a few seconds to prove itself by a valid check, that is, to be kept; then it lives as long as its
 * session. While there are connections, {@link #await} looks for their data once a millisecond.
 */
public final class IceTcpEngine implements UdpEngine {
    private static final Logger LOG = LoggerFactory.getLogger(IceTcpEngine.class);
    private static final int MAX_CONNECTIONS = 1024;
    private static final long PROBATION_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int ACCEPTS_AT_ONCE = 16;

    private final UdpEngine udp;
    private final LongSupplier nanoClock;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final List<TcpConnection> connections = new ArrayList<>();
    private Receiver receiver;
    private int budget;

    private IceTcpEngine(UdpEngine udp, LongSupplier nanoClock, ServerSocketChannel server, Selector selector) {
        this.udp = udp;
        this.nanoClock = nanoClock;
        this.server = server;
        this.selector = selector;
    }

    /**
     * Listens beside an open UDP port, which this engine owns from now on.
     *
     * @throws UdpException when the TCP port of the same number is taken
     */
    public static IceTcpEngine open(UdpEngine udp, LongSupplier nanoClock) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            try {
                server.configureBlocking(false);
                server.bind(udp.localAddress());
                Selector selector = Selector.open();
                server.register(selector, SelectionKey.OP_ACCEPT);
                return new IceTcpEngine(udp, nanoClock, server, selector);
            } catch (IOException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UdpException("TCP port " + udp.localAddress() + " could not be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        int count = udp.receive(receiver, limit);
        this.receiver = receiver;
        this.budget = limit;
        try {
            selector.selectNow(this::onReady);
        } catch (IOException e) {
            LOG.debug("the selector of TCP connections failed", e);
        }
        dropUnproven();
        return count + limit - budget;
    }

    private void onReady(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
        } else if (key.attachment() instanceof TcpConnection connection) {
            if (key.isWritable()) {
                connection.flush();
            }
            if (key.isValid() && key.isReadable()) {
                budget -= connection.receive(receiver);
            }
        }
    }

    private void accept() {
        for (int i = 0; i < ACCEPTS_AT_ONCE; i++) {
            SocketChannel channel = null;
            try {
                channel = server.accept();
                if (channel == null) {
                    return;
                }
                budget--;
                if (connections.size() >= MAX_CONNECTIONS) {
                    channel.close();
                    continue;
                }
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                TcpConnection connection = new TcpConnection(channel, key, nanoClock.getAsLong());
                key.attach(connection);
                connections.add(connection);
            } catch (IOException e) {
                LOG.debug("a TCP connection was not taken", e);
                TcpConnection.closeQuietly(channel);
                return;
            }
        }
    }

    /** Closes what never proved itself, and forgets what is closed. */
    private void dropUnproven() {
        if (connections.isEmpty()) {
            return;
        }
        long nowNanos = nanoClock.getAsLong();
        for (int i = connections.size() - 1; i >= 0; i--) {
            TcpConnection connection = connections.get(i);
            if (!connection.isKept() && nowNanos - connection.openedNanos() > PROBATION_NANOS) {
                connection.close();
            }
            if (!connection.isOpen()) {
                connections.remove(i);
            }
        }
    }

    @Override
    public boolean send(RemoteAddress to, ByteBuffer buffer, int offset, int length) {
        return to instanceof TcpAddress tcp
                ? tcp.connection().send(buffer, offset, length)
                : udp.send(to, buffer, offset, length);
    }

    @Override
    public void flush() {
        udp.flush();
    }

    @Override
    public RemoteAddress keep(RemoteAddress address) {
        if (address instanceof TcpAddress tcp) {
            tcp.connection().keep();
            return address;
        }
        return udp.keep(address);
    }

    @Override
    public void release(RemoteAddress address) {
        if (address instanceof TcpAddress tcp) {
            tcp.owner(null);
            tcp.connection().close();
        } else {
            udp.release(address);
        }
    }

    @Override
    public void await(long maxWaitNanos) {
        udp.await(connections.isEmpty() ? maxWaitNanos : Math.min(maxWaitNanos, LONGEST_WAIT_NANOS));
    }

    @Override
    public void wakeup() {
        udp.wakeup();
    }

    @Override
    public InetSocketAddress localAddress() {
        return udp.localAddress();
    }

    @Override
    public String describe() {
        return udp.describe() + ", and TCP";
    }

    /** Of UDP alone. */
    @Override
    public UdpCounters counters() {
        return udp.counters();
    }

    /** How many TCP connections are open. The agent's thread only. */
    public int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        connections.forEach(TcpConnection::close);
        TcpConnection.closeQuietly(server);
        TcpConnection.closeQuietly(selector);
        udp.close();
    }
}
