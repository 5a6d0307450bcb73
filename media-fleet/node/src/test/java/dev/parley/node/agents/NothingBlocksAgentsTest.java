package dev.parley.node.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.transport.CloseReason;
import dev.parley.transport.SessionRequest;
import dev.parley.transport.TransportListener;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.ice.IceCredentials;
import dev.parley.transport.srtp.SrtpChoice;
import dev.parley.transport.udp.UdpEngineChoice;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The detector sees what it is there for: each kind of wait, on an agent's thread alone. */
@Tag("component")
@Timeout(120)
class NothingBlocksAgentsTest {
    private static final long SHORT_NANOS = 2_000_000L;

    @TempDir
    Path folder;

    /** Runs the code in a callback on an agent's thread and answers what the detector saw. */
    private static Map<String, Integer> onAgent(NothingBlocksAgents.Code code) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (AgentUnderTest agent =
                new AgentUnderTest(UdpEngineChoice.AUTO, SrtpChoice.best().crypto(), 1)) {
            return NothingBlocksAgents.watch(() -> {
                agent.agent()
                        .port()
                        .open(
                                new SessionRequest(
                                        IceCredentials.generate(new SecureRandom()),
                                        AgentUnderTest.IDENTITY.fingerprint(),
                                        DtlsRole.SERVER),
                                new OnClosed(() -> {
                                    code.run();
                                    done.set(true);
                                }))
                        .close(CloseReason.LOCAL, "");
                await().untilTrue(done);
            });
        }
    }

    private static void assertSeen(Map<String, Integer> seen, String event) {
        assertThat(seen.keySet())
                .anyMatch(what -> what.startsWith(event + "\n") && what.contains("NothingBlocksAgents"));
    }

    @Test
    void anAgentThatOnlyWorksAndRestsIsLeftAlone() throws Exception {
        assertThat(onAgent(() -> {})).isEmpty();
    }

    @Test
    void aSleepIsSeen() throws Exception {
        assertSeen(onAgent(() -> Thread.sleep(1)), "jdk.ThreadSleep");
    }

    @Test
    void aParkIsSeen() throws Exception {
        assertSeen(onAgent(() -> LockSupport.parkNanos(SHORT_NANOS)), "jdk.ThreadPark");
    }

    @Test
    void aWaitIsSeen() throws Exception {
        Object monitor = new Object();
        assertSeen(
                onAgent(() -> {
                    synchronized (monitor) {
                        monitor.wait(1);
                    }
                }),
                "jdk.JavaMonitorWait");
    }

    @Test
    void aMonitorThatAnotherHoldsIsSeen() throws Exception {
        Object monitor = new Object();
        CountDownLatch held = new CountDownLatch(1);
        AtomicReference<Thread> agent = new AtomicReference<>();
        Thread holder = Thread.ofPlatform().start(() -> {
            synchronized (monitor) {
                held.countDown();
                await().until(() -> agent.get() != null && agent.get().getState() == Thread.State.BLOCKED);
            }
        });
        held.await();
        assertSeen(
                onAgent(() -> {
                    agent.set(Thread.currentThread());
                    synchronized (monitor) {
                        agent.set(null);
                    }
                }),
                "jdk.JavaMonitorEnter");
        holder.join();
    }

    @Test
    void aLockThatAnotherHoldsIsSeen() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        try {
            assertSeen(onAgent(() -> lock.tryLock(SHORT_NANOS, TimeUnit.NANOSECONDS)), "jdk.ThreadPark");
        } finally {
            lock.unlock();
        }
    }

    @Test
    void aFileIsSeen() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertSeen(onAgent(() -> Files.readString(file)), "jdk.FileRead");
    }

    private record OnClosed(NothingBlocksAgents.Code code) implements TransportListener {
        @Override
        public void connected() {}

        @Override
        public void rtp(ByteBuffer buffer, int offset, int length, long nowNanos) {}

        @Override
        public void rtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {}

        @Override
        public void closed(CloseReason reason, String detail) {
            try {
                code.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void text(int channelId, String message) {}
    }
}
