package dev.parley.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the batched engine does when the kernel says no, and what it asks of the kernel at the start. */
class RefusedSendsTest {
    private static final int EINVAL = 22;

    private final ByteBuffer packet = ByteBuffer.allocateDirect(2048);

    @BeforeEach
    void onlyWhereItRuns() {
        assumeTrue(UdpEngines.refusal().isEmpty(), "Linux on x86_64 or aarch64");
    }

    /** A kernel that answers every message, or every run, with this error. */
    private static final class Refusing extends LinuxCalls {
        private final int errorNumber;
        private final boolean runsOnly;

        Refusing(int errorNumber, boolean runsOnly) {
            this.errorNumber = errorNumber;
            this.runsOnly = runsOnly;
        }

        @Override
        int sendmmsg(int fd, long headers, int count) {
            long controlLength = MemorySegment.ofAddress(headers)
                    .reinterpret(MessageHeaders.HEADER_BYTES)
                    .get(ValueLayout.JAVA_LONG, 40);
            // As the kernel: what stands before the refused one goes out.
            return !runsOnly || controlLength > 0 ? -errorNumber : super.sendmmsg(fd, headers, 1);
        }
    }

    private static UdpSettings settings() {
        return new UdpSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1 << 18, 1 << 18);
    }

    private void sendTwoRuns(BatchedUdpEngine sender, RemoteAddress there) {
        for (int run = 0; run < 2; run++) {
            for (int i = 0; i < 4; i++) {
                sender.send(there, packet, 0, 500);
            }
            sender.flush();
        }
    }

    @ParameterizedTest
    @CsvSource({LinuxCalls.EIO + ", false", EINVAL + ", true"})
    void aRefusedRunGoesOutPacketByPacket(int errorNumber, boolean stillSegments) {
        try (BatchedUdpEngine sender = BatchedUdpEngine.open(settings(), new Refusing(errorNumber, true));
                BatchedUdpEngine receiver = BatchedUdpEngine.open(settings())) {
            sendTwoRuns(sender, sender.keep(new RemoteAddress(receiver.localAddress())));

            assertThat(sender.counters().datagramsOut()).isEqualTo(8);
            assertThat(sender.counters().bytesOut()).isEqualTo(4000);
            assertThat(sender.counters().messagesOut()).isEqualTo(8);
            assertThat(sender.counters().segmentFallbacks()).isEqualTo(stillSegments ? 2 : 1);
            assertThat(sender.describe().contains("GSO")).isEqualTo(stillSegments);
            int got = 0;
            for (int tries = 0; got < 8 && tries < 50; tries++) {
                got += receiver.receive(
                        (buffer, offset, length, from) -> assertThat(length).isEqualTo(500), 100);
                receiver.await(got < 8 ? TimeUnit.MILLISECONDS.toNanos(100) : 0);
            }
            assertThat(got).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LinuxCalls.EAGAIN, LinuxCalls.ENOBUFS})
    void whatDoesNotFitIsDroppedAndCountedByPacket(int errorNumber) {
        try (BatchedUdpEngine sender = BatchedUdpEngine.open(settings(), new Refusing(errorNumber, false))) {
            sendTwoRuns(sender, sender.keep(new RemoteAddress(sender.localAddress())));
            assertThat(sender.counters().sendsDropped()).isEqualTo(8);
            assertThat(sender.counters().datagramsOut()).isZero();
            assertThat(sender.counters().sendErrors()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "::", "0.0.0.0"})
    void theMarkIsSetOnBothFamilies(String host) throws IOException {
        LinuxCalls calls = new LinuxCalls();
        LinuxSocket socket = LinuxSocket.open(calls, new UdpSettings(new InetSocketAddress(host, 0), 4096, 4096, 46));
        assertThat(calls.getsockopt(socket.fd(), 0, 1)).isEqualTo(46 << 2);
        if (socket.family() == SocketAddressWords.AF_INET6) {
            assertThat(calls.getsockopt(socket.fd(), 41, 67)).isEqualTo(46 << 2);
        }
        calls.close(socket.fd());
    }

    @Test
    void aMarkHasSixBits() {
        assertThatThrownBy(() -> new UdpSettings(new InetSocketAddress(0), 1, 1, 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64");
    }
}
