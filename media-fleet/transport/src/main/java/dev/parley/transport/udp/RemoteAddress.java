package dev.parley.transport.udp;

import java.net.InetSocketAddress;

/**
 * Where a datagram came from and where one goes.
 *
 * <p>An engine may reuse the object it hands to {@link UdpEngine.Receiver} as soon as that call returns; to hold on to an
 * address, {@link UdpEngine#keep} it. A kept address is one object for as long as it is kept, so whom it belongs to stands
 * in it and the packet path needs no map. Belongs to the engine's thread.
 */
public class RemoteAddress {
    private final InetSocketAddress socketAddress;
    private final byte[] address;
    private Object owner;

    /** The address of this socket; it must be resolved. */
    public RemoteAddress(InetSocketAddress socketAddress) {
        this.socketAddress = socketAddress;
        this.address = socketAddress.getAddress().getAddress();
    }

    /** For an engine that has the address in another form and overrides what reads it. */
    RemoteAddress() {
        this.socketAddress = null;
        this.address = null;
    }

    /** The address as the platform names it. */
    public InetSocketAddress socketAddress() {
        return socketAddress;
    }

    /** The 4 or 16 bytes of the address; not to be changed. */
    public byte[] address() {
        return address;
    }

    /** The port, 1 to 65535. */
    public int port() {
        return socketAddress.getPort();
    }

    /** Whoever this address belongs to, or null while it belongs to nobody. */
    public Object owner() {
        return owner;
    }

    /** Gives a kept address to somebody, or with null to nobody. */
    public void owner(Object newOwner) {
        this.owner = newOwner;
    }

    @Override
    public String toString() {
        return socketAddress().getAddress().getHostAddress() + ":" + port();
    }
}
