package dev.parley.transport.udp;

/** How many addresses an engine keeps, for tests that look for leaks. */
public final class KeptAddresses {
    private KeptAddresses() {}

    /** Those of this engine; asked on its agent's thread. */
    public static int of(UdpEngine engine) {
        return switch (engine) {
            case BatchedUdpEngine batched -> batched.keptAddresses();
            case NioUdpEngine nio -> nio.keptAddresses();
            default -> throw new IllegalArgumentException(engine.describe());
        };
    }
}
