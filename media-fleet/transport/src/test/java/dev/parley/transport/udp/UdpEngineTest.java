package dev.parley.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine must do. */
@ParameterizedClass
@MethodSource("dev.parley.transport.udp.EnginesHere#all")
class UdpEngineTest {
    @Parameter
    UdpEngineChoice choice;

    private final List<String> received = new ArrayList<>();

    private UdpEngine open(String host) {
        return UdpEngines.open(choice, new UdpSettings(new InetSocketAddress(host, 0), 1 << 16, 1 << 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void datagramsTravelAndAreAnsweredToTheirSender(String host) {
        try (UdpEngine one = open(host);
                UdpEngine two = open(host)) {
            one.send(new RemoteAddress(two.localAddress()), ByteBuffer.wrap(new byte[] {9, 1, 2, 3}), 1, 3);
            one.flush();
            receive(two, (buffer, offset, length, from) -> {
                received.add(length + " " + buffer.get(offset));
                two.send(from, buffer, offset + 1, 2);
                two.flush();
            });
            receive(one, (buffer, offset, length, from) -> {
                received.add(length + " " + buffer.get(offset));
                assertThat(from.socketAddress()).isEqualTo(two.localAddress());
            });
        }
        assertThat(received).containsExactly("3 1", "2 2");
    }

    @Test
    void aWildcardPortTakesBothFamilies() {
        try (UdpEngine wildcard = open("::");
                UdpEngine four = open("127.0.0.1");
                UdpEngine six = open("::1")) {
            int port = wildcard.localAddress().getPort();
            four.send(new RemoteAddress(new InetSocketAddress("127.0.0.1", port)), ByteBuffer.allocate(1), 0, 1);
            four.flush();
            receive(wildcard, (buffer, offset, length, from) -> received.add(from.address().length + " bytes"));
            six.send(new RemoteAddress(new InetSocketAddress("::1", port)), ByteBuffer.allocate(1), 0, 1);
            six.flush();
            receive(wildcard, (buffer, offset, length, from) -> received.add(from.address().length + " bytes"));
        }
        assertThat(received).containsExactly("4 bytes", "16 bytes");
    }

    @Test
    void anAddressThatIsKeptStaysOneObjectWithItsOwner() {
        try (UdpEngine one = open("127.0.0.1");
                UdpEngine two = open("127.0.0.1")) {
            List<RemoteAddress> seen = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                one.send(new RemoteAddress(two.localAddress()), ByteBuffer.allocate(4), 0, 4);
                one.flush();
                receive(two, (buffer, offset, length, from) -> {
                    RemoteAddress kept = two.keep(from);
                    seen.add(kept);
                    received.add(String.valueOf(kept.owner()));
                    kept.owner("me");
                });
            }
            assertThat(seen.get(1)).isSameAs(seen.get(0));
            assertThat(received).containsExactly("null", "me");

            two.release(seen.get(0));
            one.send(new RemoteAddress(two.localAddress()), ByteBuffer.allocate(4), 0, 4);
            one.flush();
            receive(two, (buffer, offset, length, from) -> seen.add(from));
            assertThat(seen.get(2)).isNotSameAs(seen.get(0));
            assertThat(seen.get(2).owner()).isNull();
        }
    }

    @Test
    void leavesRoomBehindThePacket() {
        try (UdpEngine one = open("127.0.0.1");
                UdpEngine two = open("127.0.0.1")) {
            one.send(new RemoteAddress(two.localAddress()), ByteBuffer.allocate(1500), 0, 1500);
            one.flush();
            receive(two, (buffer, offset, length, from) -> {
                assertThat(length).isEqualTo(1500);
                assertThat(buffer.capacity() - offset - length).isGreaterThanOrEqualTo(UdpEngine.TAIL_ROOM_BYTES);
            });
        }
    }

    @Test
    void anOversizedDatagramIsCountedAndDropped() {
        try (UdpEngine one = open("127.0.0.1");
                UdpEngine two = open("127.0.0.1")) {
            one.send(new RemoteAddress(two.localAddress()), ByteBuffer.allocate(2040), 0, 2040);
            one.flush();
            two.await(TimeUnit.SECONDS.toNanos(5));
            two.receive((buffer, offset, length, from) -> received.add("never"), 1);
            assertThat(two.counters().oversized()).isEqualTo(1);
        }
        assertThat(received).isEmpty();
    }

    @Test
    void wakeupEndsTheNextWait() {
        try (UdpEngine one = open("127.0.0.1")) {
            one.wakeup();
            long before = System.nanoTime();
            one.await(TimeUnit.SECONDS.toNanos(30));
            assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(20));
        }
    }

    @Test
    void aPortInUseIsSaidPlainly() {
        try (UdpEngine one = open("127.0.0.1")) {
            assertThatThrownBy(() -> UdpEngines.open(choice, UdpSettings.of(one.localAddress())))
                    .isInstanceOf(UdpException.class)
                    .hasMessageContaining(String.valueOf(one.localAddress().getPort()));
        }
    }

    private static void receive(UdpEngine engine, UdpEngine.Receiver receiver) {
        for (int tries = 0; tries < 50; tries++) {
            if (engine.receive(receiver, 1) == 1) {
                return;
            }
            engine.await(TimeUnit.MILLISECONDS.toNanos(100));
        }
        throw new AssertionError("no datagram came");
    }
}
