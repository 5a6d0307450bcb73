package dev.parley.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever engine sends and whatever engine receives: the same bytes come, from the same address, in the same order. */
class EngineEqualityTest {
    private static final int RECEIVERS = 3;
    private static final int PACKETS_PER_ROUND = 90;

    static Stream<Arguments> pairs() {
        return EnginesHere.all().flatMap(sender -> EnginesHere.all().map(receiver -> Arguments.of(sender, receiver)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theSameBytesInTheSameOrder(UdpEngineChoice sends, UdpEngineChoice receives) {
        Random random = new Random(20260101);
        List<UdpEngine> receivers = new ArrayList<>();
        try (UdpEngine sender = open(sends)) {
            List<RemoteAddress> to = new ArrayList<>();
            for (int i = 0; i < RECEIVERS; i++) {
                receivers.add(open(receives));
                to.add(sender.keep(new RemoteAddress(receivers.get(i).localAddress())));
            }
            for (int round = 0; round < 40; round++) {
                Map<Integer, List<ByteBuffer>> sent = new HashMap<>();
                int size = 1 + random.nextInt(1500);
                for (int i = 0; i < PACKETS_PER_ROUND; i++) {
                    // Runs of equal sizes, most of the time, with shorter and longer ones between.
                    if (random.nextInt(4) == 0) {
                        size = 1 + random.nextInt(1500);
                    }
                    byte[] packet = new byte[size];
                    random.nextBytes(packet);
                    int receiver = random.nextInt(RECEIVERS);
                    sent.computeIfAbsent(receiver, key -> new ArrayList<>()).add(ByteBuffer.wrap(packet));
                    assertThat(sender.send(to.get(receiver), ByteBuffer.wrap(packet), 0, size))
                            .isTrue();
                }
                sender.flush();
                for (int i = 0; i < RECEIVERS; i++) {
                    List<ByteBuffer> expected = sent.getOrDefault(i, List.of());
                    assertThat(take(receivers.get(i), expected.size(), sender.localAddress()))
                            .isEqualTo(expected);
                }
            }
            assertThat(sender.counters().datagramsOut()).isEqualTo(40L * PACKETS_PER_ROUND);
            // One message a datagram, or fewer where runs are one message.
            assertThat(sender.counters().messagesOut() == sender.counters().datagramsOut())
                    .isEqualTo(sends == UdpEngineChoice.NIO);
            assertThat(receivers.stream()
                            .mapToLong(each -> each.counters().datagramsIn())
                            .sum())
                    .isEqualTo(40L * PACKETS_PER_ROUND);
            assertThat(receivers.stream()
                            .mapToLong(each -> each.counters().bytesIn())
                            .sum())
                    .isEqualTo(sender.counters().bytesOut());
        } finally {
            receivers.forEach(UdpEngine::close);
        }
    }

    /** Takes so many packets, each time with another limit, and spoils what a receiver may overwrite. */
    private static List<ByteBuffer> take(UdpEngine engine, int count, InetSocketAddress from) {
        List<ByteBuffer> taken = new ArrayList<>();
        for (int tries = 0; taken.size() < count && tries < 200; tries++) {
            int got = engine.receive(
                    (buffer, offset, length, address) -> {
                        byte[] bytes = new byte[length];
                        buffer.get(offset, bytes);
                        taken.add(ByteBuffer.wrap(bytes));
                        assertThat(address.socketAddress()).isEqualTo(from);
                        buffer.put(offset, new byte[length + UdpEngine.TAIL_ROOM_BYTES]);
                    },
                    1 + tries % 7);
            if (got == 0) {
                engine.await(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        return taken;
    }

    private static UdpEngine open(UdpEngineChoice choice) {
        return UdpEngines.open(
                choice, new UdpSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1 << 20, 1 << 20));
    }
}
