package dev.parley.bench.stages;

import dev.parley.transport.udp.RemoteAddress;
import dev.parley.transport.udp.UdpEngine;
import dev.parley.transport.udp.UdpEngineChoice;
import dev.parley.transport.udp.UdpEngines;
import dev.parley.transport.udp.UdpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Taking datagrams of 1200 bytes that wait in the socket, sent one by one by 64 peers whose addresses are kept: system calls, address found, handed over. */
@State(Scope.Thread)
public class ReceiveStage implements UdpEngine.Receiver {
    private static final int PEERS = 64;
    private static final int DATAGRAMS = 256;
    private static final int BYTES = 1200;

    @Param({"BATCHED", "NIO"})
    private UdpEngineChoice engine;

    private UdpEngine udp;
    private DatagramChannel[] peers;
    private InetSocketAddress here;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(BYTES);
    private long owned;

    @Setup
    public void open() throws IOException {
        udp = UdpEngines.open(engine, UdpSettings.of(Sockets.anyPort()));
        here = udp.localAddress();
        peers = Sockets.open(PEERS);
        for (DatagramChannel peer : peers) {
            udp.keep(new RemoteAddress((InetSocketAddress) peer.getLocalAddress()))
                    .owner(this);
            peer.connect(here);
        }
    }

    @Setup(Level.Invocation)
    public void arrive() throws IOException {
        for (int i = 0; i < DATAGRAMS; i++) {
            peers[i % PEERS].write(packet.clear());
        }
    }

    @Benchmark
    @OperationsPerInvocation(DATAGRAMS)
    public long receive() {
        long before = owned;
        int left = DATAGRAMS;
        while (left > 0) {
            int got = udp.receive(this, left);
            if (got == 0) {
                throw new IllegalStateException(left + " datagrams did not arrive");
            }
            left -= got;
        }
        if (owned - before != DATAGRAMS) {
            throw new IllegalStateException("addresses were not found");
        }
        return owned;
    }

    @Override
    public void datagram(ByteBuffer buffer, int offset, int length, RemoteAddress from) {
        if (from.owner() == this) {
            owned++;
        }
    }

    @TearDown
    public void close() throws IOException {
        udp.close();
        Sockets.close(peers);
    }
}
