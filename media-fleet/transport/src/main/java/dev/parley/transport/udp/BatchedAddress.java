package dev.parley.transport.udp;

import java.net.InetSocketAddress;

/** An address as the kernel writes it, with the chain of packets that wait to go there. Named for the platform only when asked. */
final class BatchedAddress extends RemoteAddress {
    static final int NONE = -1;

    private long first;
    private long second;
    private long third;
    private long fourth;
    private InetSocketAddress socketAddress;
    private byte[] address;

    /** Whether it is in the table. */
    boolean kept;
    /** First and last slot waiting for this address. */
    int head = NONE;

    int tail = NONE;

    BatchedAddress(long first, long second, long third, long fourth) {
        set(first, second, third, fourth);
    }

    /** Becomes another address; only of one that is neither kept nor waited for. */
    void set(long first, long second, long third, long fourth) {
        if (!is(first, second, third, fourth)) {
            this.first = first;
            this.second = second;
            this.third = third;
            this.fourth = fourth;
            this.socketAddress = null;
            this.address = null;
        }
        owner(null);
    }

    boolean is(long first, long second, long third, long fourth) {
        return this.first == first && this.third == third && this.second == second && this.fourth == fourth;
    }

    boolean isWaitedFor() {
        return head != NONE;
    }

    long first() {
        return first;
    }

    long second() {
        return second;
    }

    long third() {
        return third;
    }

    long fourth() {
        return fourth;
    }

    int hash() {
        return hash(first, second, third, fourth);
    }

    static int hash(long first, long second, long third, long fourth) {
        long mixed =
                (first ^ Long.rotateLeft(second, 17) ^ Long.rotateLeft(third, 31) ^ fourth) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32);
    }

    @Override
    public InetSocketAddress socketAddress() {
        if (socketAddress == null) {
            socketAddress = SocketAddressWords.toSocketAddress(first, second, third, fourth);
        }
        return socketAddress;
    }

    @Override
    public byte[] address() {
        if (address == null) {
            address = socketAddress().getAddress().getAddress();
        }
        return address;
    }

    @Override
    public int port() {
        return SocketAddressWords.portOf(first);
    }
}
