package dev.parley.transport;

import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.udp.UdpEngine;
import dev.parley.transport.udp.UdpEngineChoice;
import dev.parley.transport.udp.UdpEngines;
import dev.parley.transport.udp.UdpSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A port on loopback with an agent thread of its own, whose clock a test may push forward. */
final class RunningPort implements AutoCloseable {
    static final DtlsIdentity IDENTITY = DtlsIdentity.generate(new SecureRandom(), Instant.EPOCH);

    final MediaPort port;
    private final Queue<Runnable> onAgent = new ConcurrentLinkedQueue<>();
    private final Thread agent;
    private volatile long aheadNanos;
    private volatile boolean stopping;

    RunningPort() {
        this(UdpEngineChoice.NIO);
    }

    RunningPort(UdpEngineChoice choice) {
        this(MediaPortSettings.defaults(), SrtpCrypto.best(), choice);
    }

    RunningPort(MediaPortSettings settings, SrtpCrypto crypto) {
        this(settings, crypto, UdpEngineChoice.NIO);
    }

    private RunningPort(MediaPortSettings settings, SrtpCrypto crypto, UdpEngineChoice choice) {
        this(settings, crypto, engine(choice));
    }

    RunningPort(MediaPortSettings settings, SrtpCrypto crypto, UdpEngine engine) {
        port = new MediaPort(settings, engine, IDENTITY, crypto, new SecureRandom(), System::nanoTime);
        agent = Thread.ofPlatform().name("test-agent").start(this::run);
    }

    static UdpEngine engine(UdpEngineChoice choice) {
        return UdpEngines.open(
                choice, new UdpSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1 << 16, 1 << 16));
    }

    private void run() {
        while (!stopping) {
            int work = port.doWork(System.nanoTime() + aheadNanos);
            Runnable task;
            while ((task = onAgent.poll()) != null) {
                task.run();
                work++;
            }
            if (work == 0) {
                port.idle(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        port.close();
    }

    TransportSession open(LoopbackPeer peer, DtlsRole role, TransportListener listener) {
        return port.open(new SessionRequest(peer.ice, peer.identity.fingerprint(), role), listener);
    }

    /** Runs something on the agent's thread and waits for its result. */
    <T> T onAgent(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        onAgent.add(() -> result.complete(task.get()));
        port.wakeup();
        return result.join();
    }

    void advanceSeconds(long seconds) {
        aheadNanos += TimeUnit.SECONDS.toNanos(seconds);
        port.wakeup();
    }

    @Override
    public void close() {
        stopping = true;
        port.wakeup();
        try {
            agent.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
