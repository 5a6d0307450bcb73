package dev.parley.transport.udp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A kernel socket address ({@code sockaddr_in}, {@code sockaddr_in6}) as four little-endian numbers, without the parts
 * that say nothing of where it is (flow label, padding).
 */
final class SocketAddressWords {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    /** Room for either kind, in whole numbers. */
    static final int BYTES = 32;

    private static final long LOW_INT = 0xFFFF_FFFFL;

    private SocketAddressWords() {}

    /** Length of the kernel's structure. */
    static int lengthOf(int family) {
        return family == AF_INET ? 16 : 28;
    }

    /** The words of an address on a socket of this family, or null if that socket cannot reach it. */
    static long[] of(InetSocketAddress address, int family) {
        InetAddress host = address.getAddress();
        byte[] bytes = host.getAddress();
        long port = Short.toUnsignedLong(Short.reverseBytes((short) address.getPort()));
        long first = family | port << 16;
        if (family == AF_INET) {
            return host instanceof Inet4Address ? new long[] {first | little(bytes, 0, 4) << 32, 0, 0, 0} : null;
        }
        if (host instanceof Inet4Address) {
            boolean isWildcard = host.isAnyLocalAddress();
            return new long[] {first, 0, isWildcard ? 0 : 0xFFFF_0000L | little(bytes, 0, 4) << 32, 0};
        }
        return new long[] {first, little(bytes, 0, 8), little(bytes, 8, 8), ((Inet6Address) host).getScopeId()};
    }

    /** The first word as it is compared and kept. */
    static long first(long word) {
        return (word & 0xFFFF) == AF_INET ? word : word & LOW_INT;
    }

    /** The second and third words as they are compared and kept. */
    static long middle(long firstWord, long word) {
        return (firstWord & 0xFFFF) == AF_INET ? 0 : word;
    }

    /** The fourth word as it is compared and kept. */
    static long last(long firstWord, long word) {
        return (firstWord & 0xFFFF) == AF_INET ? 0 : word & LOW_INT;
    }

    static int portOf(long first) {
        return Short.toUnsignedInt(Short.reverseBytes((short) (first >>> 16)));
    }

    /** The address as the platform names it; an IPv4 address mapped into IPv6 becomes IPv4 again. */
    static InetSocketAddress toSocketAddress(long first, long second, long third, long fourth) {
        try {
            InetAddress host;
            if ((first & 0xFFFF) == AF_INET) {
                host = InetAddress.getByAddress(bytes(first >>> 32, 0, 4));
            } else {
                byte[] bytes = new byte[16];
                System.arraycopy(bytes(second, 0, 8), 0, bytes, 0, 8);
                System.arraycopy(bytes(third, 0, 8), 0, bytes, 8, 8);
                host = fourth == 0
                        ? InetAddress.getByAddress(bytes)
                        : Inet6Address.getByAddress(null, bytes, (int) fourth);
            }
            return new InetSocketAddress(host, portOf(first));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    private static long little(byte[] bytes, int from, int count) {
        long word = 0;
        for (int i = count - 1; i >= 0; i--) {
            word = word << 8 | Byte.toUnsignedLong(bytes[from + i]);
        }
        return word;
    }

    private static byte[] bytes(long word, int from, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (word >>> 8 * (from + i));
        }
        return bytes;
    }
}
