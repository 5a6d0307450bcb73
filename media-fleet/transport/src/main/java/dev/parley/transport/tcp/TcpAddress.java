package dev.parley.transport.tcp;

import dev.parley.transport.udp.RemoteAddress;
import java.net.InetSocketAddress;

/** The address of a peer at the other end of a TCP connection: one object as long as the connection lives. */
final class TcpAddress extends RemoteAddress {
    private final TcpConnection connection;

    TcpAddress(InetSocketAddress socketAddress, TcpConnection connection) {
        super(socketAddress);
        this.connection = connection;
    }

    TcpConnection connection() {
        return connection;
    }

    @Override
    public String toString() {
        return "tcp " + super.toString();
    }
}
