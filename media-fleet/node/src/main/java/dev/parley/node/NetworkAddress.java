package dev.parley.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The address under which others on the network see this machine. */
final class NetworkAddress {
    /** TEST-NET-2 (RFC 5737): only the route to it is looked up, nothing is ever sent. */
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("198.51.100.1", 9);

    private NetworkAddress() {}

    /** The source address of the default route, {@code 127.0.0.1} without one. */
    static String ofThisMachine() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(ELSEWHERE);
            InetAddress address = socket.getLocalAddress();
            return address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        } catch (IOException | UncheckedIOException e) {
            return "127.0.0.1";
        }
    }
}
