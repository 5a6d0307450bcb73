package dev.parley.bench.roads;

import dev.parley.transport.udp.RemoteAddress;
import dev.parley.transport.udp.UdpEngine;
import dev.parley.transport.udp.UdpEngineChoice;
import dev.parley.transport.udp.UdpEngines;
import dev.parley.transport.udp.UdpSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A node's own engine: packets are copied into it and put into runs by it. */
final class EngineRoad implements Road {
    private final UdpEngine engine;
    private final RemoteAddress[] addresses = new RemoteAddress[Runs.DESTINATIONS];
    private final ByteBuffer packet = ByteBuffer.allocateDirect(Runs.PACKET_BYTES);
    private final int run;

    private EngineRoad(Runs runs, UdpEngineChoice choice) {
        run = runs.run();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        engine = UdpEngines.open(choice, UdpSettings.of(new InetSocketAddress(loopback, 0)));
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = engine.keep(new RemoteAddress(new InetSocketAddress(loopback, runs.port(i))));
        }
    }

    static Road batched(Runs runs) {
        return new EngineRoad(runs, UdpEngineChoice.BATCHED);
    }

    static Road nio(Runs runs) {
        return new EngineRoad(runs, UdpEngineChoice.NIO);
    }

    @Override
    public int send() {
        for (RemoteAddress to : addresses) {
            for (int i = 0; i < run; i++) {
                engine.send(to, packet, 0, Runs.PACKET_BYTES);
            }
        }
        engine.flush();
        return run * addresses.length;
    }

    @Override
    public void close() {
        engine.close();
    }
}
