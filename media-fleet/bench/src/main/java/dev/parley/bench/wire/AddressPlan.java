package dev.parley.bench.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Which loopback address a transport has: all of 127.0.0.0/8 is this machine's, so that thousands of transports can share a port. */
final class AddressPlan {
    /** Transports at one time. */
    static final int CAPACITY = 1 << 16;

    private static final int LOOPBACK = 127 << 24;
    private static final int USABLE = 254;

    private AddressPlan() {}

    /** The address as a number: 127.1.1.1 is the first; no byte is 0 or 255. */
    static int address(int index) {
        return LOOPBACK | 1 + index / (USABLE * USABLE) << 16 | 1 + index / USABLE % USABLE << 8 | 1 + index % USABLE;
    }

    /** Whose address this is; -1 when it is none of the plan's. */
    static int index(int address) {
        int high = (address >> 16 & 0xFF) - 1;
        int middle = (address >> 8 & 0xFF) - 1;
        int low = (address & 0xFF) - 1;
        if ((address & 0xFF00_0000) != LOOPBACK || high < 0 || !isUsable(middle) || !isUsable(low)) {
            return -1;
        }
        int index = (high * USABLE + middle) * USABLE + low;
        return index < CAPACITY ? index : -1;
    }

    private static boolean isUsable(int number) {
        return number >= 0 && number < USABLE;
    }

    static InetAddress inet(int address) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /**
     * The number of an IPv4 address.
     *
     * @throws IllegalArgumentException for another family
     */
    static int number(InetAddress host) {
        byte[] bytes = host.getAddress();
        if (bytes.length != 4) {
            throw new IllegalArgumentException("this load generator speaks IPv4, not to " + host);
        }
        return (bytes[0] & 0xFF) << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
    }
}
