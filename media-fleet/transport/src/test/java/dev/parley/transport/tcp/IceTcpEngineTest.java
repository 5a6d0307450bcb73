package dev.parley.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.transport.udp.NioUdpEngine;
import dev.parley.transport.udp.RemoteAddress;
import dev.parley.transport.udp.UdpEngine;
import dev.parley.transport.udp.UdpEngineChoice;
import dev.parley.transport.udp.UdpEngines;
import dev.parley.transport.udp.UdpSettings;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@ParameterizedClass
@MethodSource("dev.parley.transport.udp.EnginesHere#all")
class IceTcpEngineTest {
    private long nowNanos;
    private final IceTcpEngine engine;
    private final List<String> received = new ArrayList<>();
    private RemoteAddress last;

    private final UdpEngine.Receiver receiver = (buffer, offset, length, from) -> {
        received.add(length + " " + buffer.get(offset));
        assertThat(buffer.capacity() - offset - length).isGreaterThanOrEqualTo(UdpEngine.TAIL_ROOM_BYTES);
        last = from;
    };

    IceTcpEngineTest(UdpEngineChoice choice) {
        UdpSettings settings =
                new UdpSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1 << 16, 1 << 16);
        engine = IceTcpEngine.open(UdpEngines.open(choice, settings), () -> nowNanos);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void framesArriveWhereverTheStreamIsCut() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {0, 3, 7, 1, 1, 0});
            awaitReceived(1);
            socket.getOutputStream().write(new byte[] {2, 8, 8, 0, 1, 9});
            awaitReceived(3);
        }
        assertThat(received).containsExactly("3 7", "2 8", "1 9");
    }

    @Test
    void answersTravelOverTheSameConnection() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {0, 1, 5});
            awaitReceived(1);

            assertThat(engine.send(last, ByteBuffer.wrap(new byte[] {0, 4, 5, 6}), 1, 3))
                    .isTrue();

            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(in.readUnsignedShort()).isEqualTo(3);
            assertThat(in.readNBytes(3)).containsExactly(4, 5, 6);
            assertThat(last.port()).isEqualTo(socket.getLocalPort());
        }
    }

    @Test
    void udpGoesOnBesideIt() {
        try (UdpEngine peer = NioUdpEngine.open(
                new UdpSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1 << 16, 1 << 16))) {
            peer.send(new RemoteAddress(engine.localAddress()), ByteBuffer.wrap(new byte[] {42}), 0, 1);
            awaitReceived(1);
        }
        assertThat(received).containsExactly("1 42");
    }

    @Test
    void aConnectionThatProvesNothingIsClosed() throws IOException {
        try (Socket socket = connect()) {
            awaitConnections(1);
            nowNanos += TimeUnit.SECONDS.toNanos(11);
            awaitConnections(0);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aKeptConnectionLivesUntilItIsReleased() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {0, 1, 5});
            awaitReceived(1);
            RemoteAddress kept = engine.keep(last);
            assertThat(kept).isSameAs(last);
            nowNanos += TimeUnit.SECONDS.toNanos(60);
            engine.receive(receiver, 16);
            assertThat(engine.connections()).isEqualTo(1);

            engine.release(kept);

            awaitConnections(0);
            assertThat(engine.send(kept, ByteBuffer.allocate(4), 0, 4)).isFalse();
        }
    }

    @Test
    void aFrameTooLargeClosesTheConnection() throws IOException {
        try (Socket socket = connect()) {
            awaitConnections(1);
            socket.getOutputStream().write(new byte[] {(byte) 0xFF, (byte) 0xFF, 1});
            awaitConnections(0);
        }
        assertThat(received).isEmpty();
    }

    @Test
    void aPeerThatDoesNotReadLosesPacketsAndNothingElse() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {0, 1, 5});
            awaitReceived(1);
            ByteBuffer packet = ByteBuffer.allocate(1200);
            int refused = 0;
            for (int i = 0; i < 10_000; i++) {
                refused += engine.send(last, packet, 0, 1200) ? 0 : 1;
            }
            assertThat(refused).isPositive();

            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < 20; i++) {
                assertThat(in.readUnsignedShort()).isEqualTo(1200);
                in.skipNBytes(1200);
            }
            socket.getOutputStream().write(new byte[] {0, 1, 6});
            awaitReceived(2);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(
                engine.localAddress().getAddress(), engine.localAddress().getPort());
    }

    private void awaitReceived(int count) {
        await().until(() -> {
            engine.receive(receiver, 16);
            return received.size() == count;
        });
    }

    private void awaitConnections(int count) {
        await().until(() -> {
            engine.receive(receiver, 16);
            return engine.connections() == count;
        });
    }
}
