package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bursts over real sockets come apart into the packets they were made of, each with the addresses it was sent under. */
class BurstTest {
    private static final int SOURCE = AddressPlan.address(5);
    private static final int DESTINATION = AddressPlan.address(9);

    private record Packet(int length, byte first, int destination, long remote, boolean timed) {}

    private final List<Packet> got = new ArrayList<>();
    private final ReceiveBatch batch = new ReceiveBatch();
    private WireSocket sending;
    private WireSocket receiving;

    @BeforeEach
    void open() throws Exception {
        sending = new WireSocket(0);
        receiving = new WireSocket(0);
    }

    @AfterEach
    void close() {
        sending.close();
        receiving.close();
    }

    private void await(int packets) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (got.size() < packets && System.nanoTime() < deadline) {
            batch.receive(
                    receiving.fd(),
                    (buffer, offset, length, destination, remote, wallNanos) ->
                            got.add(new Packet(length, buffer.get(offset), destination, remote, wallNanos > 0)));
        }
        assertThat(got).hasSize(packets);
    }

    @Test
    void packetsOfEverySizeArriveInOrder() {
        int[] sizes = {1200, 1200, 1200, 700, 1200, 300, 300, 1200};
        BurstSender sender = new BurstSender(sending.fd());
        long remote = (long) DESTINATION << 32 | receiving.port();
        for (int i = 0; i < sizes.length; i++) {
            byte[] packet = new byte[1300];
            packet[0] = (byte) i;
            sender.add(SOURCE, remote, packet, 0, sizes[i]);
        }
        sender.flush();
        await(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            assertThat(got.get(i))
                    .isEqualTo(new Packet(sizes[i], (byte) i, DESTINATION, (long) SOURCE << 32 | sending.port(), true));
        }
        assertThat(sender.failed()).isZero();
    }

    @Test
    void moreThanFitsTogetherIsSentOnTheWay() {
        BurstSender sender = new BurstSender(sending.fd());
        byte[] packet = new byte[1000];
        int count = 2_000;
        for (int i = 0; i < count; i++) {
            sender.add(AddressPlan.address(i % 70), (long) DESTINATION << 32 | receiving.port(), packet, 0, 1000);
        }
        sender.flush();
        await(count);
        assertThat(sender.failed()).isZero();
    }
}
