package dev.parley.bench.stages;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** Loopback sockets that are bound and never read, or send one datagram when told. */
final class Sockets {
    private static final int SMALL_BUFFER_BYTES = 4096;

    private Sockets() {}

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static DatagramChannel[] open(int count) throws IOException {
        DatagramChannel[] channels = new DatagramChannel[count];
        for (int i = 0; i < count; i++) {
            channels[i] = DatagramChannel.open();
            channels[i].setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER_BYTES);
            channels[i].bind(anyPort());
        }
        return channels;
    }

    static void close(DatagramChannel[] channels) throws IOException {
        for (DatagramChannel channel : channels) {
            channel.close();
        }
    }
}
