package dev.parley.transport.udp;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens UDP ports with the engine that suits the machine, and says which and why. */
public final class UdpEngines {
    private static final Logger LOG = LoggerFactory.getLogger(UdpEngines.class);
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

    private UdpEngines() {}

    /**
     * The best engine of this machine.
     *
     * @throws UdpException when the port cannot be bound
     */
    public static UdpEngine best(UdpSettings settings) {
        return open(UdpEngineChoice.AUTO, settings);
    }

    /**
     * The engine of this choice.
     *
     * @throws UdpException when the port cannot be bound, or {@link UdpEngineChoice#BATCHED} does not run here
     */
    public static UdpEngine open(UdpEngineChoice choice, UdpSettings settings) {
        Optional<String> refusal = choice == UdpEngineChoice.NIO ? Optional.of("asked for") : refusal();
        if (choice == UdpEngineChoice.BATCHED && refusal.isPresent()) {
            throw new UdpException(
                    "the batched UDP engine does not run here: " + refusal.get(), new IOException(refusal.get()));
        }
        UdpEngine engine = refusal.isEmpty() ? BatchedUdpEngine.open(settings) : NioUdpEngine.open(settings);
        LOG.info(
                "UDP port {}: {} ({})",
                engine.localAddress(),
                engine.describe(),
                refusal.orElse("fastest on this system"));
        return engine;
    }

    /** Why the batched engine does not run here; empty when it does. */
    public static Optional<String> refusal() {
        String system = System.getProperty("os.name");
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        if (!system.equals("Linux") || !ARCHITECTURES.contains(architecture)) {
            return Optional.of(
                    "the batched engine is for Linux on x86_64 and aarch64, this is " + system + " on " + architecture);
        }
        try {
            return LinuxCalls.fits() ? Optional.empty() : Optional.of("the batched engine needs 64-bit little-endian");
        } catch (LinkageError | RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Optional.of("system calls cannot be reached: " + cause.getMessage());
        }
    }
}
