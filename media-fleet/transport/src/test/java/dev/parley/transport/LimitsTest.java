package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.ice.IceCredentials;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.udp.MemoryUdpEngine;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What does not fit is refused or ends its session; nothing else suffers. Single-threaded, on a hand-moved clock. */
@Timeout(60)
class LimitsTest {
    private static final InetSocketAddress STRANGER = new InetSocketAddress("127.0.0.1", 4000);

    private final MemoryUdpEngine engine = new MemoryUdpEngine();
    private final RecordingListener listener = new RecordingListener();
    private final MediaPort port = new MediaPort(
            new MediaPortSettings(
                    2,
                    16,
                    4,
                    4,
                    4,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30)),
            engine,
            RunningPort.IDENTITY,
            SrtpCrypto.best(),
            new SecureRandom(),
            () -> 0);

    @Test
    void aFullPortRefusesOneMoreSessionUntilOneEnds() {
        TransportSession first = open();
        open();
        assertThatThrownBy(this::open).isInstanceOf(TransportException.class).hasMessageContaining("2 sessions");

        first.close(CloseReason.LOCAL, "");
        port.doWork(1);

        assertThat(open().state()).isEqualTo(SessionState.NEW);
    }

    @Test
    void aClosedPortOpensNoSession() {
        port.close();
        assertThatThrownBy(this::open).isInstanceOf(TransportException.class).hasMessageContaining("closed");
    }

    @Test
    void tooManyWaitingMessagesEndTheSession() {
        TransportSession session = open();
        for (int i = 0; i < 4; i++) {
            assertThat(session.sendMessage(DataChannelIds.PARLEY, "message " + i))
                    .isTrue();
        }

        assertThat(session.sendMessage(DataChannelIds.PARLEY, "one too many")).isFalse();
        port.doWork(1);

        assertThat(listener.events).containsExactly("closed OVERLOADED");
        assertThat(port.counters().sessions()).isZero();
    }

    @Test
    void garbageIsCountedAndDropped() {
        open();
        engine.arrive(STRANGER, new byte[0]);
        engine.arrive(STRANGER, new byte[] {(byte) 200, 1, 2, 3});
        engine.arrive(STRANGER, new byte[] {0, 1, 0, 0});
        engine.arrive(STRANGER, new byte[] {22, 1, 2, 3});
        engine.arrive(STRANGER, new byte[] {(byte) 0x80, 96, 0, 0});

        assertThat(port.doWork(1)).isPositive();

        PortCounters counters = port.counters();
        assertThat(counters.unknownDatagrams()).isEqualTo(2);
        assertThat(counters.stunMalformed()).isEqualTo(1);
        assertThat(counters.dtlsHeld()).isEqualTo(1);
        assertThat(counters.mediaUnknownAddress()).isEqualTo(1);
        assertThat(counters.failures()).isZero();
        assertThat(engine.sent()).isEmpty();
        assertThat(engine.keptAddresses()).isZero();
    }

    @Test
    void nothingIsSentBeforeThereAreKeys() {
        TransportSession session = open();
        port.doWork(1);

        assertThat(session.sendRtp(ByteBuffer.allocate(100), 0, 20)).isFalse();
        assertThat(session.sendRtcp(ByteBuffer.allocate(100), 0, 20)).isFalse();
        assertThat(engine.sent()).isEmpty();
    }

    private TransportSession open() {
        return port.open(
                new SessionRequest(
                        IceCredentials.generate(new SecureRandom()),
                        RunningPort.IDENTITY.fingerprint(),
                        DtlsRole.SERVER),
                listener);
    }
}
