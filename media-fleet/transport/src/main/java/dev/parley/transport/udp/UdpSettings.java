package dev.parley.transport.udp;

import java.net.InetSocketAddress;

/**
 * How to open a UDP port.
 *
 * @param bind where; port 0 lets the kernel choose, a wildcard address takes IPv4 and IPv6
 * @param receiveBufferBytes asked of the kernel; less is warned about
 * @param sendBufferBytes asked of the kernel; less is warned about
 * @param dscp what routers are told of the packets' urgency (RFC 2474), 0 to 63; 0 says nothing
 */
public record UdpSettings(InetSocketAddress bind, int receiveBufferBytes, int sendBufferBytes, int dscp) {
    /** About 100 ms of a saturated gigabit port. */
    private static final int DEFAULT_BUFFER_BYTES = 4 << 20;

    /** Checks the mark. */
    public UdpSettings {
        if (dscp < 0 || dscp > 63) {
            throw new IllegalArgumentException("a DSCP is 0 to 63, not " + dscp);
        }
    }

    /** Without a mark. */
    public UdpSettings(InetSocketAddress bind, int receiveBufferBytes, int sendBufferBytes) {
        this(bind, receiveBufferBytes, sendBufferBytes, 0);
    }

    /** The usual buffers at this address. */
    public static UdpSettings of(InetSocketAddress bind) {
        return new UdpSettings(bind, DEFAULT_BUFFER_BYTES, DEFAULT_BUFFER_BYTES);
    }

    /** The same with this mark. */
    public UdpSettings withDscp(int mark) {
        return new UdpSettings(bind, receiveBufferBytes, sendBufferBytes, mark);
    }
}
