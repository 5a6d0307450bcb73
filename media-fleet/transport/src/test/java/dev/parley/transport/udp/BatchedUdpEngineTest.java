package dev.parley.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the batched engine does beyond the others. */
@Timeout(120)
class BatchedUdpEngineTest {
    private final ByteBuffer packet = ByteBuffer.allocateDirect(2048);
    private BatchedUdpEngine sender;
    private BatchedUdpEngine receiver;
    private RemoteAddress there;

    @BeforeEach
    void open() {
        assumeTrue(UdpEngines.refusal().isEmpty(), "Linux on x86_64 or aarch64");
        sender = engine();
        receiver = engine();
        there = sender.keep(new RemoteAddress(receiver.localAddress()));
    }

    @AfterEach
    void close() {
        if (sender != null) {
            sender.close();
            receiver.close();
        }
    }

    private static BatchedUdpEngine engine() {
        return BatchedUdpEngine.open(settings());
    }

    private static UdpSettings settings() {
        return new UdpSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4 << 20, 4 << 20);
    }

    @Test
    void aRunToOneReceiverIsOneMessage() {
        BatchedUdpEngine other = engine();
        RemoteAddress elsewhere = sender.keep(new RemoteAddress(other.localAddress()));
        // As a forwarder sends: each packet to every receiver before the next packet.
        for (int i = 0; i < 5; i++) {
            int length = i < 4 ? 1200 : 700;
            sender.send(there, packet, 0, length);
            sender.send(elsewhere, packet, 0, length);
        }
        sender.flush();
        assertThat(sender.counters().messagesOut()).isEqualTo(2);
        assertThat(sender.counters().datagramsOut()).isEqualTo(10);
        assertThat(lengths(5)).containsExactly(1200, 1200, 1200, 1200, 700);
        other.close();
    }

    @Test
    void aRunEndsWhereSizesGrowAtAShorterPacketAndAt64() {
        for (int length : new int[] {100, 101, 101, 50, 50, 0, 7}) {
            sender.send(there, packet, 0, length);
        }
        sender.flush();
        assertThat(lengths(7)).containsExactly(100, 101, 101, 50, 50, 0, 7);
        // 100 | 101 101 50 | 50 | 0 | 7
        assertThat(sender.counters().messagesOut()).isEqualTo(5);

        for (int i = 0; i < 65; i++) {
            sender.send(there, packet, 0, 20);
        }
        sender.flush();
        assertThat(sender.counters().messagesOut()).isEqualTo(7);
        assertThat(lengths(65)).containsOnly(20);
    }

    @Test
    void aRunStaysBelow64Kilobytes() {
        for (int i = 0; i < 60; i++) {
            sender.send(there, packet, 0, 1500);
        }
        sender.flush();
        assertThat(sender.counters().messagesOut()).isEqualTo(2);
        assertThat(lengths(60)).containsOnly(1500);
    }

    @Test
    void moreThanTheSlabHoldsIsSentOnTheWay() {
        int count = 0;
        for (int i = 0; i < 20_000; i++) {
            sender.send(there, packet, 0, 16);
            if (i % 500 == 499 || i > 8190 && i < 8200) {
                count += receiver.receive((buffer, offset, length, from) -> {}, 10_000);
            }
        }
        assertThat(sender.counters().datagramsOut()).isEqualTo(16_384);
        sender.flush();
        assertThat(sender.counters().datagramsOut()).isEqualTo(20_000);
        assertThat(count).isPositive();
    }

    @Test
    void packetsWrittenInPlaceArriveAsThoseThatWereCopied() {
        List<BatchedUdpEngine> receivers = new ArrayList<>();
        List<RemoteAddress> addresses = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            BatchedUdpEngine each = engine();
            receivers.add(each);
            addresses.add(sender.keep(new RemoteAddress(each.localAddress())));
        }
        // More than a cache's worth, so that some are written before the slab begins anew.
        for (int i = 0; i < receivers.size(); i++) {
            for (int n = 0; n < 9; n++) {
                boolean inPlace = (i + n) % 4 != 0;
                ByteBuffer into = inPlace ? sender.outgoing() : packet;
                int at = inPlace ? sender.outgoingOffset() : 0;
                into.putInt(at, 1000 * i + n);
                sender.send(addresses.get(i), into, at, 1200);
            }
        }
        sender.flush();
        for (int i = 0; i < receivers.size(); i++) {
            List<Integer> numbers = new ArrayList<>();
            BatchedUdpEngine each = receivers.get(i);
            while (numbers.size() < 9) {
                each.receive((buffer, offset, length, from) -> numbers.add(buffer.getInt(offset)), 100);
                each.await(TimeUnit.MILLISECONDS.toNanos(10));
            }
            int first = 1000 * i;
            assertThat(numbers)
                    .containsExactly(
                            first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7,
                            first + 8);
            each.close();
        }
        assertThat(sender.counters().messagesOut()).isEqualTo(50);
    }

    @Test
    void anAddressTheSocketCannotReachIsRefusedAndTheRestGoesOn() {
        assertThat(sender.send(new RemoteAddress(new InetSocketAddress("::1", 9)), packet, 0, 10))
                .isFalse();
        sender.send(new RemoteAddress(new InetSocketAddress("255.255.255.255", 9)), packet, 0, 10);
        sender.send(there, packet, 0, 10);
        sender.flush();
        assertThat(lengths(1)).containsExactly(10);
        assertThat(sender.counters().sendErrors()).isEqualTo(2);
    }

    @Test
    void wakeupAndCloseAreForAnyThreadInAnyOrder() throws InterruptedException {
        Thread waker = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 1000; i++) {
                receiver.wakeup();
            }
        });
        for (int i = 0; i < 10; i++) {
            receiver.wakeup();
            receiver.await(TimeUnit.SECONDS.toNanos(20));
        }
        receiver.close();
        receiver.wakeup();
        receiver.close();
        waker.join();
    }

    @Test
    void aWakeupThatFailedDoesNotSilenceTheNextNorHoldUpTheClose() {
        AtomicInteger signals = new AtomicInteger();
        LinuxCalls failsOnce = new LinuxCalls() {
            @Override
            void signal(int eventfd) {
                if (signals.getAndIncrement() == 0) {
                    throw new IllegalStateException("no stack left");
                }
                super.signal(eventfd);
            }
        };
        try (BatchedUdpEngine engine = BatchedUdpEngine.open(settings(), failsOnce)) {
            assertThatThrownBy(engine::wakeup).isInstanceOf(IllegalStateException.class);
            engine.wakeup();
            long before = System.nanoTime();
            engine.await(TimeUnit.SECONDS.toNanos(60));
            assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(40));
        }
        assertThat(signals).hasValue(2);
    }

    @Test
    void nothingIsAllocatedPerPacket() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] sum = {0};
        UdpEngine.Receiver answering = (buffer, offset, length, from) -> {
            sum[0] += length;
            if (from.owner() == null) {
                receiver.keep(from).owner(this);
            }
            receiver.send(from, buffer, offset, length);
        };
        UdpEngine.Receiver counting = (buffer, offset, length, from) -> sum[0] += length;
        roundTrips(20_000, answering, counting);
        sum[0] = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        roundTrips(500_000, answering, counting);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(sum[0]).isEqualTo(1_000_000L * 1200);
        // Two million ends of packets; a compiler that links a call late may cost a few objects once.
        assertThat(allocated).isLessThan(32_768);
    }

    /** So many packets there and as many back, in runs of ten. */
    private void roundTrips(int packets, UdpEngine.Receiver answering, UdpEngine.Receiver counting) {
        for (int done = 0; done < packets; done += 10) {
            for (int i = 0; i < 10; i++) {
                sender.send(there, packet, 0, 1200);
            }
            sender.flush();
            await(receiver, answering, 10);
            receiver.flush();
            await(sender, counting, 10);
        }
    }

    private static void await(UdpEngine engine, UdpEngine.Receiver receiver, int count) {
        int got = 0;
        for (int tries = 0; got < count && tries < 1000; tries++) {
            int now = engine.receive(receiver, 64);
            got += now;
            if (now == 0) {
                engine.await(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private List<Integer> lengths(int count) {
        List<Integer> lengths = new ArrayList<>();
        for (int tries = 0; lengths.size() < count && tries < 50; tries++) {
            receiver.receive((buffer, offset, length, from) -> lengths.add(length), 1000);
            receiver.await(TimeUnit.MILLISECONDS.toNanos(lengths.size() < count ? 100 : 0));
        }
        return lengths;
    }
}
