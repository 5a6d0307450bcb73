package dev.parley.transport.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** A connected stream without a socket: a test puts bytes in, and reads find those that came last. */
final class StreamChannel extends SocketChannel {
    private ByteBuffer arrived = ByteBuffer.allocate(0);

    StreamChannel() {
        super(SelectorProvider.provider());
    }

    /** Lets bytes arrive; what was not read before is lost. */
    void arrive(byte[] bytes) {
        arrived = ByteBuffer.wrap(bytes);
    }

    @Override
    public int read(ByteBuffer target) {
        int count = Math.min(target.remaining(), arrived.remaining());
        target.put(target.position(), arrived, arrived.position(), count).position(target.position() + count);
        arrived.position(arrived.position() + count);
        return count;
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException("gathering reads");
    }

    @Override
    public int write(ByteBuffer source) {
        int count = source.remaining();
        source.position(source.limit());
        return count;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException("scattering writes");
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return new InetSocketAddress("127.0.0.1", 4000);
    }

    @Override
    public SocketAddress getLocalAddress() {
        return new InetSocketAddress("127.0.0.1", 4001);
    }

    @Override
    public boolean isConnected() {
        return isOpen();
    }

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public boolean connect(SocketAddress remote) {
        throw new UnsupportedOperationException("it is connected");
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    @Override
    public SocketChannel bind(SocketAddress local) {
        throw new UnsupportedOperationException("it has no socket");
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) {
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        return null;
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public SocketChannel shutdownInput() {
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() {
        return this;
    }

    @Override
    public Socket socket() {
        throw new UnsupportedOperationException("it has no socket");
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        arrived = ByteBuffer.allocate(0);
    }

    @Override
    protected void implConfigureBlocking(boolean block) {}
}
