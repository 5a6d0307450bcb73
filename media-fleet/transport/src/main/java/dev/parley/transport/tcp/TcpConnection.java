package dev.parley.transport.tcp;

import dev.parley.transport.udp.UdpEngine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection with datagrams in frames (RFC 4571). What the peer does not take in time is dropped, whole frames at
 * a time, as a network would. Belongs to the agent's thread.
 */
final class TcpConnection {
    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);
    private static final int LENGTH_BYTES = 2;
    private static final int MAX_FRAME_BYTES = 2048 - UdpEngine.TAIL_ROOM_BYTES;
    private static final int IN_BYTES = 16 << 10;

    /** About a third of a second at 3 Mb/s; more would be latency, not help. */
    private static final int OUT_BYTES = 128 << 10;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final TcpAddress address;
    private final long openedNanos;
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
    private final ByteBuffer slot = ByteBuffer.allocateDirect(MAX_FRAME_BYTES + UdpEngine.TAIL_ROOM_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT_BYTES);
    private boolean kept;

    TcpConnection(SocketChannel channel, SelectionKey key, long openedNanos) throws IOException {
        this.channel = channel;
        this.key = key;
        this.openedNanos = openedNanos;
        this.address = new TcpAddress((InetSocketAddress) channel.getRemoteAddress(), this);
    }

    long openedNanos() {
        return openedNanos;
    }

    /** A valid check came over it. */
    void keep() {
        kept = true;
    }

    boolean isKept() {
        return kept;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Reads what is there and hands over the whole frames in it; answers how many. */
    int receive(UdpEngine.Receiver receiver) {
        int frames = 0;
        try {
            if (channel.read(in) < 0) {
                close();
                return 0;
            }
        } catch (IOException e) {
            close();
            return 0;
        }
        in.flip();
        while (in.remaining() >= LENGTH_BYTES) {
            int length = in.getShort(in.position()) & 0xFFFF;
            if (length > MAX_FRAME_BYTES) {
                LOG.debug("a TCP peer sent a frame of {} bytes", length);
                close();
                return frames;
            }
            if (in.remaining() < LENGTH_BYTES + length) {
                break;
            }
            slot.put(0, in, in.position() + LENGTH_BYTES, length);
            in.position(in.position() + LENGTH_BYTES + length);
            frames++;
            receiver.datagram(slot, 0, length, address);
        }
        in.compact();
        return frames;
    }

    /** Frames and sends; false when the connection is closed or its peer is too slow. */
    boolean send(ByteBuffer buffer, int offset, int length) {
        if (!channel.isOpen() || out.remaining() < LENGTH_BYTES + length) {
            return false;
        }
        out.putShort((short) length);
        out.put(out.position(), buffer, offset, length).position(out.position() + length);
        flush();
        return channel.isOpen();
    }

    /** Writes what the socket takes now, and asks to be told when it takes more. */
    void flush() {
        try {
            out.flip();
            channel.write(out);
            out.compact();
            key.interestOps(out.position() == 0 ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } catch (IOException e) {
            close();
        }
    }

    void close() {
        closeQuietly(channel);
    }

    static void closeQuietly(AutoCloseable closeable) {
        if (closeable == null) {
            return;
        }
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("closing a TCP socket failed", e);
        }
    }
}
