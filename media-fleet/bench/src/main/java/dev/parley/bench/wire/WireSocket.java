package dev.parley.bench.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One UDP socket of all this machine's IPv4 addresses; others may share its port. */
final class WireSocket implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int NAME_BYTES = 16;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int RECEIVE_BUFFER = 64 << 20;
    private static final int SEND_BUFFER = 8 << 20;
    private static final int ENOUGH = 4 << 20;

    private final int fd;
    private final int port;

    /** Opens it on this port, 0 for any. */
    WireSocket(int port) throws IOException {
        fd = WireCalls.socket(AF_INET, SOCK_DGRAM_CLOEXEC);
        try {
            WireCalls.setsockopt(fd, ControlMessages.SOL_SOCKET, SO_REUSEPORT, 1);
            buffer(SO_RCVBUFFORCE, SO_RCVBUF, RECEIVE_BUFFER);
            buffer(SO_SNDBUFFORCE, SO_SNDBUF, SEND_BUFFER);
            WireCalls.setsockopt(fd, ControlMessages.IPPROTO_IP, ControlMessages.IP_PKTINFO, 1);
            WireCalls.setsockopt(fd, ControlMessages.SOL_UDP, ControlMessages.UDP_GRO, 1);
            WireCalls.setsockopt(fd, ControlMessages.SOL_SOCKET, ControlMessages.SO_TIMESTAMPNS, 1);
            WireCalls.setsockopt(fd, ControlMessages.SOL_SOCKET, ControlMessages.SO_RXQ_OVFL, 1);
            this.port = bound(port);
        } catch (IOException e) {
            WireCalls.close(fd);
            throw e;
        }
    }

    private void buffer(int forced, int option, int bytes) throws IOException {
        try {
            WireCalls.setsockopt(fd, ControlMessages.SOL_SOCKET, forced, bytes);
        } catch (IOException e) {
            WireCalls.setsockopt(fd, ControlMessages.SOL_SOCKET, option, bytes);
        }
    }

    private int bound(int wanted) throws IOException {
        ByteBuffer name = WireCalls.block(NAME_BYTES);
        name.putShort(0, (short) AF_INET).putShort(2, Short.reverseBytes((short) wanted));
        WireCalls.bind(fd, WireCalls.addressOf(name), NAME_BYTES);
        WireCalls.getsockname(fd, WireCalls.addressOf(name), NAME_BYTES);
        return Short.toUnsignedInt(Short.reverseBytes(name.getShort(2)));
    }

    /** Empty, or what is wrong with the receive buffer. */
    String warning() throws IOException {
        // The kernel doubles what it is asked for and answers the double.
        int got = WireCalls.getsockopt(fd, ControlMessages.SOL_SOCKET, SO_RCVBUF) / 2;
        return got >= ENOUGH
                ? ""
                : "the receive buffer is " + got + " bytes: packets may be lost here, not at the server (dropped_here"
                        + " counts them). Raise net.core.rmem_max to " + ENOUGH + " or more, or run as root.";
    }

    int fd() {
        return fd;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        WireCalls.close(fd);
    }
}
