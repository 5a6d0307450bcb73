package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.srtp.SrtpCrypto;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** DTLS datagrams for which there is no room are lost as on any network: they end no session and cost no message. */
@Timeout(60)
class FullQueuesTest {
    private static final int QUEUE = 16;
    private static final int BURST = 256;
    private static final int MESSAGES = 50;
    private static final long AGENT_IS_LATE_NANOS = 50_000_000;
    private static final MediaPortSettings NARROW = new MediaPortSettings(
            2,
            256,
            QUEUE,
            QUEUE,
            1024,
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(7),
            Duration.ofSeconds(30));

    private final Random random = new Random(1);
    private final CountDownLatch reading = new CountDownLatch(1);
    private final RecordingListener listener = new RecordingListener() {
        /** Keeps the session's thread until the test lets it go on. */
        @Override
        public void text(int channelId, String message) {
            super.text(channelId, message);
            try {
                reading.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    };

    @Test
    void aFloodThatOutrunsTheSessionsThreadCostsNoMessage() throws Exception {
        try (RunningPort running = new RunningPort(NARROW, SrtpCrypto.best());
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            connect(running, peer);
            peer.openChannels(true);
            peer.channels.sendText(DataChannelIds.PARLEY, "0", System.nanoTime());
            await().until(() -> {
                peer.turnChannels();
                return listener.events.contains("text 0 0");
            });

            for (int i = 1; i < MESSAGES; i++) {
                peer.channels.sendText(DataChannelIds.PARLEY, "" + i, System.nanoTime());
            }
            await().until(() -> {
                peer.turnChannels();
                burst(peer);
                return running.port.counters().dtlsInboxFull() > QUEUE;
            });
            reading.countDown();

            await().atMost(Duration.ofSeconds(30)).until(() -> {
                peer.turnChannels();
                return texts().size() == MESSAGES;
            });
            assertThat(texts())
                    .isEqualTo(IntStream.range(0, MESSAGES)
                            .mapToObj(i -> "text 0 " + i)
                            .toList());
            assertThat(listener.events).noneMatch(event -> event.startsWith("closed"));
        }
    }

    @Test
    void aHandshakeCompletesAfterAFlood() throws Exception {
        try (RunningPort running = new RunningPort(NARROW, SrtpCrypto.best());
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            TransportSession session = running.open(peer, DtlsRole.SERVER, listener);
            assertThat(peer.check(session.localCredentials(), true)).isTrue();
            await().until(() -> {
                burst(peer);
                return running.port.counters().dtlsInboxFull() > 0;
            });

            peer.handshake(DtlsRole.CLIENT, RunningPort.IDENTITY.fingerprint());

            await().until(() -> session.state() == SessionState.CONNECTED);
        }
    }

    @Test
    void anAgentThatIsLateCostsNoMessage() throws Exception {
        try (RunningPort running = new RunningPort(NARROW, SrtpCrypto.best());
                LoopbackPeer peer = new LoopbackPeer(running.port.localAddress())) {
            TransportSession session = connect(running, peer);
            peer.openChannels(true);
            await().until(() -> {
                peer.turnChannels();
                return listener.events.contains("open 0 parley");
            });

            List<String> given = new ArrayList<>();
            await().until(() -> {
                // What may be on its way grows with what arrives, until it is more than the queue takes.
                running.onAgent(() -> sendAndBeLate(session, given));
                while (peer.texts.size() < given.size()
                        && running.port.counters().dtlsOutboxFull() == 0) {
                    peer.turnChannels();
                }
                return running.port.counters().dtlsOutboxFull() > 0;
            });

            await().atMost(Duration.ofSeconds(30)).until(() -> {
                peer.turnChannels();
                return peer.texts.size() == given.size();
            });
            assertThat(peer.texts).isEqualTo(given);
            assertThat(listener.events).noneMatch(event -> event.startsWith("closed"));
        }
    }

    private static boolean sendAndBeLate(TransportSession session, List<String> given) {
        for (int i = 0; i < MESSAGES; i++) {
            String text = given.size() + " ".repeat(1000);
            assertThat(session.sendMessage(DataChannelIds.PARLEY, text)).isTrue();
            given.add("0:" + text);
        }
        LockSupport.parkNanos(AGENT_IS_LATE_NANOS);
        return true;
    }

    private TransportSession connect(RunningPort running, LoopbackPeer peer) throws Exception {
        TransportSession session = running.open(peer, DtlsRole.SERVER, listener);
        assertThat(peer.check(session.localCredentials(), true)).isTrue();
        peer.handshake(DtlsRole.CLIENT, RunningPort.IDENTITY.fingerprint());
        await().until(() -> session.state() == SessionState.CONNECTED);
        return session;
    }

    private List<String> texts() {
        return listener.events.stream()
                .filter(event -> event.startsWith("text"))
                .toList();
    }

    /** Records of the connection's epoch that nobody with its keys made. */
    private void burst(LoopbackPeer peer) throws IOException {
        byte[] record = new byte[13 + 100];
        for (int i = 0; i < BURST; i++) {
            random.nextBytes(record);
            record[0] = 23;
            record[1] = (byte) 0xFE;
            record[2] = (byte) 0xFD;
            record[3] = 0;
            record[4] = 1;
            record[11] = 0;
            record[12] = 100;
            peer.send(record, record.length);
        }
    }
}
