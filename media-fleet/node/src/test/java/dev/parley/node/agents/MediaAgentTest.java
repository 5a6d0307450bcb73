package dev.parley.node.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.rooms.SfuAgent;
import dev.parley.transport.CloseReason;
import dev.parley.transport.MediaPort;
import dev.parley.transport.MediaPortSettings;
import dev.parley.transport.SessionRequest;
import dev.parley.transport.TransportListener;
import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.ice.IceCredentials;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.udp.NioUdpEngine;
import dev.parley.transport.udp.UdpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MediaAgentTest {
    /** No other test's agent has it. */
    private static final int INDEX = 91;
    /** Counted behind the name in brackets: the 19th field of proc(5). */
    private static final int NICE_FIELD = 16;

    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.generate(random, Instant.now());
    private final MediaAgent agent = new MediaAgent(
            INDEX,
            new MediaPort(
                    MediaPortSettings.defaults(),
                    NioUdpEngine.open(UdpSettings.of(new InetSocketAddress("127.0.0.1", 0))),
                    identity,
                    SrtpCrypto.best(),
                    random,
                    System::nanoTime),
            new SfuAgent(SfuSettings.defaults("node", 0), ByteBuffer.allocate(4096)));

    private void openAndClose(Runnable onClosed) {
        TransportListener listener = new TransportListener() {
            @Override
            public void connected() {}

            @Override
            public void rtp(ByteBuffer buffer, int offset, int length, long nowNanos) {}

            @Override
            public void rtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {}

            @Override
            public void closed(CloseReason reason, String detail) {
                onClosed.run();
            }

            @Override
            public void text(int channelId, String message) {}
        };
        agent.port()
                .open(
                        new SessionRequest(IceCredentials.generate(random), identity.fingerprint(), DtlsRole.SERVER),
                        listener)
                .close(CloseReason.LOCAL, "");
    }

    @Test
    void goesOnServingAfterAnError() throws InterruptedException {
        AtomicInteger closed = new AtomicInteger();
        agent.start();
        openAndClose(() -> {
            closed.incrementAndGet();
            throw new StackOverflowError("too deep");
        });
        await().until(() -> closed.get() == 1);
        openAndClose(closed::incrementAndGet);

        await().until(() -> closed.get() == 2);
        assertThat(agent.failures()).isEqualTo(1);
        agent.stop();
    }

    @Test
    void itsThreadHasThePrecedenceThatItTells() throws InterruptedException, IOException {
        Path tasks = Path.of("/proc/self/task");
        assumeTrue(Files.exists(tasks), "this system has no /proc of threads");
        agent.start();
        String told = agent.precedence();
        List<String> own = stats(tasks, "media-agent-" + INDEX);
        agent.stop();

        assertThat(own).hasSize(1);
        String stat = own.getFirst();
        String nice = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE_FIELD];
        assertThat(told).startsWith("nice " + nice);
    }

    /** What the kernel says of the threads with this name. */
    private static List<String> stats(Path tasks, String name) throws IOException {
        List<String> stats = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                try {
                    if (Files.readString(thread.resolve("comm")).strip().equals(name)) {
                        stats.add(Files.readString(thread.resolve("stat")));
                    }
                } catch (IOException e) {
                    // It has ended meanwhile.
                }
            }
        }
        return stats;
    }
}
