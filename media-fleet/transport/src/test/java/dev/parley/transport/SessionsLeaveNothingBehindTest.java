package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.ice.IceCredentials;
import dev.parley.transport.srtp.KeysInUse;
import dev.parley.transport.srtp.SrtpChoice;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.udp.KeptAddresses;
import dev.parley.transport.udp.UdpCounters;
import dev.parley.transport.udp.UdpEngine;
import dev.parley.transport.udp.UdpEngineChoice;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions that come and go by the ten thousand leave what they found: heap, direct memory, expanded keys, kept addresses, threads, places on the port.
 * Most are opened and closed; some are checked and never shake hands; some connect, exchange media and end from either side.
 */
@Tag("component")
@Timeout(300)
class SessionsLeaveNothingBehindTest {
    private static final int OPENED = 20_000;
    private static final int OPENED_AT_ONCE = 1_000;
    private static final int CHECKED = 200;
    private static final int CONNECTED = 150;

    /** What one session may leave on the heap: less than the smallest object that could stand for one. */
    private static final long BYTES_A_SESSION = 8;

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private final SrtpCrypto crypto = SrtpChoice.best().crypto();

    /** What is in use when no session is there. */
    private record Footprint(long heapBytes, long directBytes, long directBuffers) {
        static Footprint now() {
            var memory = ManagementFactory.getMemoryMXBean();
            // The second takes what the first left to be cleaned.
            memory.gc();
            memory.gc();
            BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .findFirst()
                    .orElseThrow();
            return new Footprint(memory.getHeapMemoryUsage().getUsed(), direct.getMemoryUsed(), direct.getCount());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.parley.transport.udp.EnginesHere#all")
    void roundAfterRoundTheSame(UdpEngineChoice choice) throws Exception {
        UdpEngine engine = RunningPort.engine(choice);
        try (RunningPort running = new RunningPort(MediaPortSettings.defaults(), crypto, engine)) {
            round(running, engine);
            Footprint before = Footprint.now();
            round(running, engine);
            // What is collected is given back by a thread of its own, some time later.
            await().untilAsserted(() -> {
                Footprint after = Footprint.now();
                System.out.printf("%s: %s, then %s%n", choice, before, after);
                assertThat(after.directBytes()).isLessThanOrEqualTo(before.directBytes());
                assertThat(after.directBuffers()).isLessThanOrEqualTo(before.directBuffers());
                assertThat(after.heapBytes() - before.heapBytes())
                        .as("%s then %s", before, after)
                        .isLessThan(BYTES_A_SESSION * (OPENED + CHECKED + CONNECTED));
            });
        }
    }

    @Test
    void aSessionThatIsThereIsSeen() throws Exception {
        UdpEngine engine = RunningPort.engine(UdpEngineChoice.AUTO);
        try (RunningPort running = new RunningPort(MediaPortSettings.defaults(), crypto, engine);
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            TransportSession session = running.open(peer, DtlsRole.SERVER, new RecordingListener());
            check(peer, session);
            peer.handshake(DtlsRole.CLIENT, RunningPort.IDENTITY.fingerprint());

            assertThat(sessionThreads()).hasSize(1);
            assertThat(running.onAgent(() -> KeptAddresses.of(engine))).isEqualTo(1);
            assertThat(running.onAgent(running.port::knownFragments)).isEqualTo(1);
        }
    }

    private void round(RunningPort running, UdpEngine engine) throws Exception {
        for (int opened = 0; opened < OPENED; opened += OPENED_AT_ONCE) {
            openAndClose(running);
        }
        for (int i = 0; i < CHECKED; i++) {
            checkAndClose(running);
        }
        for (int i = 0; i < CONNECTED; i++) {
            connectAndClose(running, i % 2 == 0);
        }
        assertNothingLeft(running, engine);
    }

    private static void openAndClose(RunningPort running) {
        List<TransportSession> sessions = new ArrayList<>();
        for (int i = 0; i < OPENED_AT_ONCE; i++) {
            sessions.add(running.port.open(
                    new SessionRequest(
                            IceCredentials.generate(RANDOM), RunningPort.IDENTITY.fingerprint(), DtlsRole.SERVER),
                    new RecordingListener()));
        }
        sessions.forEach(session -> session.close(CloseReason.LOCAL, ""));
        awaitGone(running);
    }

    private static void checkAndClose(RunningPort running) throws IOException {
        try (LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            TransportSession session = running.open(peer, DtlsRole.SERVER, new RecordingListener());
            check(peer, session);
            peer.move();
            check(peer, session);
            session.close(CloseReason.LOCAL, "");
            awaitGone(running);
        }
    }

    private static void connectAndClose(RunningPort running, boolean byPeer) throws Exception {
        RecordingListener listener = new RecordingListener();
        try (LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            TransportSession session = running.open(peer, DtlsRole.SERVER, listener);
            check(peer, session);
            peer.handshake(DtlsRole.CLIENT, RunningPort.IDENTITY.fingerprint());
            soon().until(() -> session.state() == SessionState.CONNECTED);
            peer.sendRtp(0x1111, 500, 300);
            soon().until(() -> !listener.rtp.isEmpty());
            assertThat(running.onAgent(() -> session.sendRtp(packet(), 0, 200))).isTrue();
            if (byPeer) {
                peer.dtls.close();
            } else {
                session.close(CloseReason.LOCAL, "");
            }
            soon().until(session::hasThreadEnded);
            awaitGone(running);
            peer.sending.close();
            peer.receiving.close();
        }
    }

    /** Checks until one is answered: one that overtakes its session's opening finds nobody, as any other stranger's. */
    private static void check(LoopbackPeer peer, TransportSession session) {
        soon().until(() -> peer.check(session.localCredentials(), true));
    }

    private static ByteBuffer packet() {
        ByteBuffer packet = ByteBuffer.allocate(400);
        return packet.put(0, (byte) 0x80)
                .put(1, (byte) 97)
                .putShort(2, (short) 9)
                .putInt(8, 0x2222);
    }

    private static void awaitGone(RunningPort running) {
        soon().until(() -> running.port.counters().sessions() == 0);
    }

    /** Thousands of waits: each looks often. */
    private static ConditionFactory soon() {
        return await().pollDelay(0, TimeUnit.MILLISECONDS)
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .atMost(20, TimeUnit.SECONDS);
    }

    private void assertNothingLeft(RunningPort running, UdpEngine engine) throws IOException {
        assertThat(KeysInUse.of(crypto)).as("expanded keys").isZero();
        assertThat(running.onAgent(() -> KeptAddresses.of(engine)))
                .as("kept addresses")
                .isZero();
        assertThat(running.onAgent(running.port::knownFragments))
                .as("fragments")
                .isZero();
        UdpCounters udp = running.onAgent(() -> running.port.counters().udp());
        assertThat(udp.sendsDropped() + udp.sendErrors()).isZero();
        // A thread says its last word a moment before it is over.
        await().untilAsserted(() -> assertThat(sessionThreads()).isEmpty());
        assertThat(running.port.counters().failures()).isZero();
    }

    /** The names of sessions' threads that live; the only list of virtual threads there is goes through a file. */
    private List<String> sessionThreads() throws IOException {
        Path dump = folder.resolve("threads.txt");
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        try (var lines = Files.lines(dump)) {
            return lines.filter(line -> line.contains("\"session-")).toList();
        }
    }
}
