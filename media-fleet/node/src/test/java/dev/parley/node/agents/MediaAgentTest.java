package dev.parley.node.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MediaAgentTest {
    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.generate(random, Instant.now());
    private final MediaAgent agent = new MediaAgent(
            0,
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
}
