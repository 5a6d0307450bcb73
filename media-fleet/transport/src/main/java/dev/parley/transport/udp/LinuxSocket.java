package dev.parley.transport.udp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bound, non-blocking UDP socket of the kernel and its options. */
final class LinuxSocket {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxSocket.class);
    private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int IPPROTO_IP = 0;
    private static final int IP_TOS = 1;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_TCLASS = 67;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int UDP_GRO = 104;

    private final int fd;
    private final int family;
    private final InetSocketAddress localAddress;
    private final boolean segments;
    private final boolean coalesces;

    private LinuxSocket(int fd, int family, InetSocketAddress localAddress, boolean segments, boolean coalesces) {
        this.fd = fd;
        this.family = family;
        this.localAddress = localAddress;
        this.segments = segments;
        this.coalesces = coalesces;
    }

    /**
     * Opens and binds it; a wildcard address takes both families where the machine has both.
     *
     * @throws IOException in the system's words
     */
    static LinuxSocket open(LinuxCalls calls, UdpSettings settings) throws IOException {
        InetAddress host = settings.bind().getAddress();
        boolean isFour = host instanceof Inet4Address && !host.isAnyLocalAddress();
        int family = isFour ? SocketAddressWords.AF_INET : SocketAddressWords.AF_INET6;
        int fd = calls.socket(family, SOCK_DGRAM_NONBLOCK_CLOEXEC);
        if (fd == -LinuxCalls.EAFNOSUPPORT && host instanceof Inet4Address) {
            family = SocketAddressWords.AF_INET;
            fd = calls.socket(family, SOCK_DGRAM_NONBLOCK_CLOEXEC);
        }
        check(fd, "socket");
        try {
            buffer(calls, fd, SO_RCVBUF, SO_RCVBUFFORCE, settings.receiveBufferBytes(), "SO_RCVBUF", "rmem_max");
            buffer(calls, fd, SO_SNDBUF, SO_SNDBUFFORCE, settings.sendBufferBytes(), "SO_SNDBUF", "wmem_max");
            if (family == SocketAddressWords.AF_INET6) {
                check(calls.setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0), "IPV6_V6ONLY");
            }
            mark(calls, fd, family, settings.dscp());
            InetSocketAddress local = bind(calls, fd, family, settings.bind());
            boolean segments = calls.getsockopt(fd, SOL_UDP, UDP_SEGMENT) >= 0;
            boolean coalesces = calls.setsockopt(fd, SOL_UDP, UDP_GRO, 1) == 0;
            return new LinuxSocket(fd, family, local, segments, coalesces);
        } catch (IOException e) {
            calls.close(fd);
            throw e;
        }
    }

    private static void buffer(LinuxCalls calls, int fd, int option, int forced, int wanted, String name, String limit)
            throws IOException {
        check(calls.setsockopt(fd, SOL_SOCKET, option, wanted), name);
        // The kernel doubles what it is asked for and answers the double.
        int got = calls.getsockopt(fd, SOL_SOCKET, option) / 2;
        if (got < wanted && calls.setsockopt(fd, SOL_SOCKET, forced, wanted) == 0) {
            got = calls.getsockopt(fd, SOL_SOCKET, option) / 2;
        }
        BufferWarning.of(name, got, wanted, "net.core." + limit).ifPresent(LOG::warn);
    }

    private static void mark(LinuxCalls calls, int fd, int family, int dscp) throws IOException {
        if (dscp == 0) {
            return;
        }
        check(calls.setsockopt(fd, IPPROTO_IP, IP_TOS, dscp << 2), "IP_TOS");
        if (family == SocketAddressWords.AF_INET6) {
            check(calls.setsockopt(fd, IPPROTO_IPV6, IPV6_TCLASS, dscp << 2), "IPV6_TCLASS");
        }
    }

    private static InetSocketAddress bind(LinuxCalls calls, int fd, int family, InetSocketAddress to)
            throws IOException {
        ByteBuffer name = LinuxCalls.block(SocketAddressWords.BYTES);
        long[] words = SocketAddressWords.of(to, family);
        for (int i = 0; i < words.length; i++) {
            name.putLong(i * Long.BYTES, words[i]);
        }
        long address = LinuxCalls.addressOf(name);
        check(calls.bind(fd, address, SocketAddressWords.lengthOf(family)), "bind");
        check(calls.getsockname(fd, address, SocketAddressWords.BYTES), "getsockname");
        long first = SocketAddressWords.first(name.getLong(0));
        return SocketAddressWords.toSocketAddress(
                first,
                SocketAddressWords.middle(first, name.getLong(8)),
                SocketAddressWords.middle(first, name.getLong(16)),
                SocketAddressWords.last(first, name.getLong(24)));
    }

    private static void check(int answer, String what) throws IOException {
        if (answer < 0) {
            throw new IOException(LinuxCalls.text(-answer) + " (" + what + ")");
        }
    }

    int fd() {
        return fd;
    }

    int family() {
        return family;
    }

    InetSocketAddress localAddress() {
        return localAddress;
    }

    /** Whether the kernel cuts runs into packets (UDP_SEGMENT, Linux 4.18). */
    boolean segments() {
        return segments;
    }

    /** Whether the kernel joins packets to runs (UDP_GRO, Linux 5.0). */
    boolean coalesces() {
        return coalesces;
    }
}
