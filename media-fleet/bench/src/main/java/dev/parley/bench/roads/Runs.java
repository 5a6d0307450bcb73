package dev.parley.bench.roads;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The same work for every road: a run of so many packets of {@value #PACKET_BYTES} bytes to each of {@value #DESTINATIONS} sockets, which on the loopback
 * interface are bound and never read. Message headers are written once, so a road is the kernel's part and the call alone.
 */
final class Runs implements AutoCloseable {
    static final int DESTINATIONS = 500;
    static final int PACKET_BYTES = 1200;
    /** The longest run: a message has at most 65,507 bytes. */
    static final int LONGEST = 54;

    private static final int FIRST_REMOTE_PORT = 20_000;
    private static final int SLOT_BYTES = 2048;
    private static final int RECEIVE_BUFFER_BYTES = 4096;

    private final Linux linux;
    private final Arena arena = Arena.ofConfined();
    private final int run;
    private final int address;
    private final int[] receivers;
    private final MemorySegment names = arena.allocate((long) DESTINATIONS * Words.SOCKADDR_BYTES, 64);
    private final MemorySegment controls = arena.allocate(Words.CONTROL_BYTES, 64);
    private final MemorySegment slab;
    private final MemorySegment iovecs;

    private Runs(Linux linux, int run, int address, int... receivers) throws IOException {
        this.linux = linux;
        this.run = run;
        this.address = address;
        this.receivers = receivers;
        slab = arena.allocate((long) run * SLOT_BYTES, 4096);
        iovecs = arena.allocate((long) run * Words.IOVEC_BYTES, 64);
        for (int i = 0; i < run; i++) {
            Words.iovec(iovecs, (long) i * Words.IOVEC_BYTES, slab.address() + (long) i * SLOT_BYTES, PACKET_BYTES);
        }
        Words.segment(controls, 0, PACKET_BYTES);
        for (int i = 0; i < DESTINATIONS; i++) {
            int port = receivers.length == 0 ? FIRST_REMOTE_PORT + i : linux.port(receivers[i]);
            Words.sockaddr(names, (long) i * Words.SOCKADDR_BYTES, address, port);
        }
    }

    /** Runs to sockets of this machine. */
    static Runs loopback(Linux linux, int run) throws IOException {
        int[] receivers = new int[DESTINATIONS];
        for (int i = 0; i < DESTINATIONS; i++) {
            receivers[i] = (int) Linux.must("socket", linux.socket(Linux.AF_INET, Linux.SOCK_DGRAM));
            linux.setsockopt(receivers[i], Linux.SOL_SOCKET, Linux.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            Linux.must("bind", linux.bind(receivers[i], 0));
        }
        return new Runs(linux, run, Words.LOOPBACK, receivers);
    }

    /** Runs to ports of another machine, IPv4 address high byte first. */
    static Runs remote(Linux linux, int run, int address) throws IOException {
        return new Runs(linux, run, address);
    }

    int run() {
        return run;
    }

    /** Packets of one run to everybody. */
    int packets() {
        return run * DESTINATIONS;
    }

    /** Where the address of a destination is. */
    long name(int destination) {
        return names.address() + (long) destination * Words.SOCKADDR_BYTES;
    }

    /** Where a packet is. */
    long packet() {
        return slab.address();
    }

    int port(int destination) {
        return Words.port(names, (long) destination * Words.SOCKADDR_BYTES);
    }

    /** One message for each destination, all of the same packets; without names for sockets that are connected. */
    MemorySegment messages(Arena owner, boolean named) {
        MemorySegment headers = owner.allocate((long) DESTINATIONS * Words.MMSGHDR_BYTES, 64);
        for (int i = 0; i < DESTINATIONS; i++) {
            Words.mmsghdr(
                    headers,
                    (long) i * Words.MMSGHDR_BYTES,
                    named ? name(i) : 0,
                    iovecs.address(),
                    run,
                    run > 1 ? controls.address() : 0);
        }
        return headers;
    }

    /** A socket to send from. */
    int sender() throws IOException {
        int fd = (int) Linux.must("socket", linux.socket(Linux.AF_INET, Linux.SOCK_DGRAM));
        linux.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_SNDBUFFORCE, 4 << 20);
        if (address == Words.LOOPBACK) {
            Linux.must("bind", linux.bind(fd, 0));
        }
        return fd;
    }

    /** A socket for each destination, connected to it. */
    int[] connected() throws IOException {
        int[] fds = new int[DESTINATIONS];
        for (int i = 0; i < DESTINATIONS; i++) {
            fds[i] = (int) Linux.must("socket", linux.socket(Linux.AF_INET, Linux.SOCK_DGRAM));
            Linux.must("connect", linux.connect(fds[i], name(i)));
        }
        return fds;
    }

    Linux linux() {
        return linux;
    }

    void closeAll(int... fds) {
        for (int fd : fds) {
            linux.close(fd);
        }
    }

    @Override
    public void close() {
        closeAll(receivers);
        arena.close();
    }
}
