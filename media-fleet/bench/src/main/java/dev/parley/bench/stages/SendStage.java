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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Sending packets of 1200 bytes to 500 loopback sockets in runs: copied into the engine, given to the kernel, and, as this is the loopback interface, walked
 * up to the receiver's full socket, where they end.
 */
@State(Scope.Thread)
public class SendStage {
    private static final int DESTINATIONS = 500;
    private static final int PACKETS = 1440;
    private static final int FLUSH_DESTINATIONS = 160;
    private static final int BYTES = 1200;

    @Param({"BATCHED", "NIO"})
    private UdpEngineChoice engine;

    @Param({"1", "5", "9", "32"})
    private int run;

    private UdpEngine udp;
    private DatagramChannel[] sockets;
    private final RemoteAddress[] addresses = new RemoteAddress[DESTINATIONS];
    private final ByteBuffer packet = ByteBuffer.allocateDirect(2048);
    private int next;

    @Setup
    public void open() throws IOException {
        udp = UdpEngines.open(engine, UdpSettings.of(Sockets.anyPort()));
        sockets = Sockets.open(DESTINATIONS);
        for (int i = 0; i < DESTINATIONS; i++) {
            addresses[i] = udp.keep(new RemoteAddress((InetSocketAddress) sockets[i].getLocalAddress()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void send() {
        int runs = PACKETS / run;
        for (int i = 0; i < runs; i++) {
            RemoteAddress to = addresses[next];
            next = next + 1 == DESTINATIONS ? 0 : next + 1;
            for (int j = 0; j < run; j++) {
                udp.send(to, packet, 0, BYTES);
            }
            if (i % FLUSH_DESTINATIONS == FLUSH_DESTINATIONS - 1) {
                udp.flush();
            }
        }
        udp.flush();
    }

    @TearDown
    public void close() throws IOException {
        udp.close();
        Sockets.close(sockets);
    }
}
